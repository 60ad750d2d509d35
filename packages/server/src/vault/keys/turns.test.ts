import { expect, test } from 'vitest';
import { createTurns } from './turns.ts';

const [spender, other] = [1, 2];
const job = (name: string, accountId: number | undefined) => ({ name, accountId });

test('one account never has more threads than one may have, however long it has waited', () => {
  const turns = createTurns<ReturnType<typeof job>>(1);
  const [first, second] = [job('first', spender), job('second', spender)];
  expect(turns.next([first, second])).toBe(first);
  turns.began('thread 1', spender);
  expect(turns.next([second])).toBeUndefined();
  const quick = job('quick', other);
  expect(turns.next([second, quick])).toBe(quick);
  turns.ended('thread 1');
  expect(turns.next([second])).toBe(second);
});

test('accounts take turns: the one that was served the longest ago is next', () => {
  const turns = createTurns<ReturnType<typeof job>>(5);
  const queue = [job('a1', 1), job('a2', 1), job('b1', 2)];
  const order: string[] = [];
  while (queue.length > 0) {
    const next = turns.next(queue);
    if (next === undefined) break;
    order.push(next.name);
    turns.began(next.name, next.accountId);
    queue.splice(queue.indexOf(next), 1);
  }
  expect(order).toEqual(['a1', 'b1', 'a2']);
});

test('what is done for no account is not held back', () => {
  const turns = createTurns<ReturnType<typeof job>>(1);
  turns.began('thread 1', undefined);
  const another = job('another', undefined);
  expect(turns.next([another])).toBe(another);
});
