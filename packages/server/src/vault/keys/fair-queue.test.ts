import { expect, test } from 'vitest';
import { createFairQueue } from './fair-queue.ts';

const [spender, other] = [1, 2];
const job = (name: string, accountId: number | undefined) => ({ name, accountId });

test('one account never has more threads than one may have, however long it has waited', () => {
  const fair = createFairQueue<ReturnType<typeof job>>(1);
  const [first, second] = [job('first', spender), job('second', spender)];
  expect(fair.next([first, second])).toBe(first);
  fair.began('thread 1', spender);
  expect(fair.next([second])).toBeUndefined();
  const quick = job('quick', other);
  expect(fair.next([second, quick])).toBe(quick);
  fair.ended('thread 1');
  expect(fair.next([second])).toBe(second);
});

test('accounts take turns: the one that was served the longest ago is next', () => {
  const fair = createFairQueue<ReturnType<typeof job>>(5);
  const queue = [job('a1', 1), job('a2', 1), job('b1', 2)];
  const order: string[] = [];
  while (queue.length > 0) {
    const next = fair.next(queue);
    if (next === undefined) break;
    order.push(next.name);
    fair.began(next.name, next.accountId);
    queue.splice(queue.indexOf(next), 1);
  }
  expect(order).toEqual(['a1', 'b1', 'a2']);
});

test('what is done for no account is not held back', () => {
  const fair = createFairQueue<ReturnType<typeof job>>(1);
  fair.began('thread 1', undefined);
  const another = job('another', undefined);
  expect(fair.next([another])).toBe(another);
});
