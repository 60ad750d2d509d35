import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { gatherInput } from './input-gathering.ts';

/** The test moves the clock, so that a busy machine does not decide how much is gathered. */
function gathering() {
  const writes: string[] = [];
  const clock = { nowMs: 0 };
  const { add } = gatherInput(
    (bytes) => writes.push(bytes.toString()),
    () => clock.nowMs,
  );
  return {
    add: (text: string) => {
      add(Buffer.from(text));
    },
    writes,
    clock,
  };
}

test('writes at once what comes after a rest', async () => {
  const { add, writes } = gathering();
  for (const key of ['a', 'b', 'c']) {
    add(key);
    expect(writes.at(-1)).toBe(key);
    for (let turn = 0; turn < 4; turn += 1) await nextTurn();
  }
  expect(writes).toEqual(['a', 'b', 'c']);
});

test('makes few writes of what comes turn after turn, and keeps the order', async () => {
  const { add, writes, clock } = gathering();
  const text = 'the quick brown fox jumps over the lazy dog '.repeat(20);
  for (const key of text) {
    add(key);
    clock.nowMs += 0.1;
    await nextTurn();
  }
  await expect.poll(() => writes.join('')).toBe(text);
  expect(writes.length).toBeLessThan(text.length / 4);
});

test('leaves nothing behind when nothing more comes', async () => {
  const { add, writes } = gathering();
  add('a');
  add('b');
  await expect.poll(() => writes).toEqual(['a', 'b']);
});

test('keeps no more than a write should have', () => {
  const { add, writes } = gathering();
  for (let count = 0; count < 5; count += 1) add('x'.repeat(8 * 1024));
  expect(writes.map(({ length }) => length / 1024)).toEqual([8, 16, 16]);
});
