import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { gatherInvalidations } from './gather.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A client with these lists on the screen, and how often each was read. */
async function watching(...queryKeys: readonly (readonly string[])[]) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  const reads: string[] = [];
  for (const queryKey of queryKeys)
    new QueryObserver(client, {
      queryKey,
      queryFn: () => Promise.resolve(reads.push(queryKey.join('/'))),
    }).subscribe(() => undefined);
  await vi.runAllTimersAsync();
  reads.length = 0;
  return { client, reads };
}

test('lists that several topics name are read once', async () => {
  const { client, reads } = await watching(['entries', 'tree'], ['entries', 'recent'], ['identities'], ['sessions']);
  const { add } = gatherInvalidations(client);

  add([['entries'], ['identities']]);
  add([['entries', 'recent']]);
  await vi.advanceTimersByTimeAsync(10);
  add([['entries'], ['identities']]);
  await vi.runAllTimersAsync();

  expect(reads.toSorted((one, other) => one.localeCompare(other))).toEqual([
    ...['entries/recent', 'entries/tree', 'identities'],
  ]);
});

test('a later change is read again, and nothing after the end', async () => {
  const { client, reads } = await watching(['sessions']);
  const { add, end } = gatherInvalidations(client);
  for (const expected of [1, 2]) {
    add([['sessions']]);
    await vi.runAllTimersAsync();
    expect(reads).toHaveLength(expected);
  }
  add([['sessions']]);
  end();
  await vi.runAllTimersAsync();
  expect(reads).toHaveLength(2);
});
