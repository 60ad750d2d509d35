import { expect, test } from 'vitest';
import { createBatches, largestBatchBytes } from './batches.ts';

function slowTerminal() {
  const writes: { readonly bytes: Uint8Array; readonly done: () => void }[] = [];
  const written: number[] = [];
  const write = createBatches((bytes, done) => writes.push({ bytes, done }));
  return {
    writes,
    written,
    write: (...bytes: number[]) => {
      write(Uint8Array.from(bytes), () => written.push(bytes.length));
    },
    writeMany: (count: number) => {
      write(new Uint8Array(count), () => written.push(count));
    },
  };
}

test('writes at once what comes alone', () => {
  const terminal = slowTerminal();
  terminal.write(1, 2);
  expect(terminal.writes.map(({ bytes }) => [...bytes])).toEqual([[1, 2]]);
  terminal.writes[0]?.done();
  terminal.write(3);
  expect(terminal.writes).toHaveLength(2);
});

test('joins what comes meanwhile, in order, and tells each part when it is worked off', () => {
  const terminal = slowTerminal();
  terminal.write(1);
  terminal.write(2);
  terminal.write(3, 4);
  expect(terminal.written).toEqual([]);
  terminal.writes[0]?.done();
  expect(terminal.written).toEqual([1]);
  expect(terminal.writes.map(({ bytes }) => [...bytes])).toEqual([[1], [2, 3, 4]]);
  terminal.writes[1]?.done();
  expect(terminal.written).toEqual([1, 1, 2]);
});

test('never joins more than a machine works off without being noticed', () => {
  const terminal = slowTerminal();
  terminal.write(1);
  for (let part = 0; part < 5; part++) terminal.writeMany(largestBatchBytes / 2);
  terminal.writeMany(largestBatchBytes * 2);
  // Each of them begins the next one.
  for (const { done } of terminal.writes) done();
  expect(terminal.writes.map(({ bytes }) => bytes.byteLength)).toEqual([
    1,
    largestBatchBytes,
    largestBatchBytes,
    largestBatchBytes / 2,
    largestBatchBytes * 2,
  ]);
});
