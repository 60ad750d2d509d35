import { expect, test } from 'vitest';
import { createOneByOne, inSlices } from './slices.ts';

test('slices are in order and whole, and others run between them', async () => {
  let turns = 0;
  const count = () => {
    turns++;
    timer = setImmediate(count);
  };
  let timer = setImmediate(count);
  const seen: (readonly number[])[] = [];
  for await (const slice of inSlices([1, 2, 3, 4, 5], 2)) seen.push(slice);
  clearImmediate(timer);

  expect(seen).toEqual([[1, 2], [3, 4], [5]]);
  expect(turns).toBeGreaterThanOrEqual(2);
});

test('nothing has no slices', async () => {
  const slices: unknown[] = [];
  for await (const slice of inSlices([])) slices.push(slice);
  expect(slices).toEqual([]);
});

test('the work of one account is done one after the other, that of another meanwhile', async () => {
  const oneByOne = createOneByOne();
  const log: string[] = [];
  const gate = Promise.withResolvers<undefined>();
  const first = oneByOne(1, async () => {
    log.push('first begins');
    await gate.promise;
    log.push('first ends');
    throw new Error('failed');
  });
  const second = oneByOne(1, () => Promise.resolve(log.push('second')));
  await oneByOne(2, () => Promise.resolve(log.push('other')));
  gate.resolve(undefined);

  await expect(first).rejects.toThrow('failed');
  await second;
  expect(log).toEqual(['first begins', 'other', 'first ends', 'second']);
});
