import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { InputQueue } from './input-queue.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A socket whose browser keeps what was sent until `flush`. */
function slowSocket() {
  const sent: Uint8Array[] = [];
  const waiting: number[] = [];
  let buffered = 0;
  const queue = new InputQueue({ onWaiting: (bytes) => waiting.push(bytes), onAsk: () => undefined });
  queue.attach({
    send: (bytes) => {
      sent.push(bytes);
      buffered += bytes.byteLength;
    },
    bufferedBytes: () => buffered,
  });
  queue.counted(0);
  const flush = () => {
    buffered = 0;
    queue.counted(joined(sent).byteLength);
    vi.advanceTimersByTime(100);
  };
  return { queue, sent, waiting, flush, buffered: () => buffered };
}

const joined = (pieces: readonly Uint8Array[]) => Buffer.concat(pieces);
const typed = (text: string) => new TextEncoder().encode(text);

test('sends a paste of 3 MiB in pieces, no more of it at once than the browser should keep, and all of it', () => {
  const { queue, sent, waiting, flush, buffered } = slowSocket();
  queue.ready();
  const paste = Uint8Array.from({ length: 3 * 1024 * 1024 }, (_, index) => index % 251);
  queue.send(paste);
  queue.send(typed('after'));
  for (let turns = 0; waiting.at(-1) !== 0; turns++) {
    expect(buffered()).toBeLessThanOrEqual(80 * 1024);
    expect(turns).toBeLessThan(1_000);
    flush();
  }
  expect(Math.max(...sent.map(({ byteLength }) => byteLength))).toBeLessThanOrEqual(16 * 1024);
  expect(joined(sent).equals(joined([paste, typed('after')]))).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

test('sends nothing while the server does not read, and goes on when it does', () => {
  const { queue, sent, flush } = slowSocket();
  queue.ready();
  queue.send(new Uint8Array(1024 * 1024));
  const before = sent.length;
  vi.advanceTimersByTime(60_000);
  expect(sent).toHaveLength(before);
  flush();
  expect(sent.length).toBeGreaterThan(before);
});

test('before the shell is there sends what is typed, and keeps what Gatehouse would not', () => {
  const { queue, sent, flush } = slowSocket();
  queue.send(typed('ls\n'));
  expect(joined(sent).toString()).toBe('ls\n');
  queue.send(new Uint8Array(200 * 1024));
  flush();
  expect(joined(sent).byteLength).toBeLessThanOrEqual(32 * 1024);
  queue.ready();
  while (vi.getTimerCount() > 0) flush();
  expect(joined(sent).byteLength).toBe(3 + 200 * 1024);
});

test('drops what waits when it is cancelled, and sends what comes then', () => {
  const { queue, sent, waiting, flush } = slowSocket();
  queue.ready();
  queue.send(new Uint8Array(1024 * 1024));
  const before = joined(sent).byteLength;
  queue.clear();
  expect(waiting.at(-1)).toBe(0);
  flush();
  queue.send(typed('x'));
  expect(joined(sent).byteLength).toBe(before + 1);
});

test('keeps no more than the server may have to be sent again, until it has counted it', () => {
  const { queue, sent } = slowSocket();
  const quick = { send: (bytes: Uint8Array) => sent.push(bytes), bufferedBytes: () => 0 };
  queue.attach({ ...quick, send: (bytes) => void quick.send(bytes) });
  queue.counted(0);
  queue.ready();
  queue.send(new Uint8Array(3 * 1024 * 1024));
  vi.advanceTimersByTime(1_000);
  expect(joined(sent).byteLength).toBe(1024 * 1024);
  queue.counted(512 * 1024);
  vi.advanceTimersByTime(1_000);
  expect(joined(sent).byteLength).toBe(1536 * 1024);
});

test('drops what a server that has forgotten its count may have got', () => {
  const { queue, sent } = slowSocket();
  queue.ready();
  queue.send(typed('abc'));
  queue.counted(2);
  queue.detach();
  queue.attach({ send: (bytes) => void sent.push(bytes), bufferedBytes: () => 0 });
  queue.counted(0);
  queue.ready();
  queue.send(typed('d'));
  expect(joined(sent).toString()).toBe('abcd');
});
