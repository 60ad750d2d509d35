import { expect, test } from 'vitest';
import { keptSize, targetSchema } from './target.ts';

const pane = { id: 'a', kind: 'terminal', target: { name: 'web-1', entryId: 1 } };

test('a terminal is on a server', () => {
  expect(targetSchema.parse({ name: 'web-1', entryId: 1, identityId: 2 })).toMatchObject({ entryId: 1, identityId: 2 });
  expect(targetSchema.safeParse({ name: 'web-1' }).success).toBe(false);
});

test.each([[undefined], ['100x30'], [{ cols: 0, rows: 30 }], [{ cols: 100 }]])('a kept size of %j is none', (state) => {
  expect(keptSize({ ...pane, state })).toBeUndefined();
});

test('joins a session with the size that its output was written for', () => {
  expect(keptSize({ ...pane, state: { cols: 100, rows: 30 } })).toEqual({ cols: 100, rows: 30 });
});
