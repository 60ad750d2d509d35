import { getMe } from '@gatehouse/contract/accounts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { answering, refusal } from '../../test/rendering/network.ts';
import { person } from '../../test/rendering/samples.ts';
import { me } from '../features/accounts/queries.ts';
import { call } from '../lib/api.ts';
import { queryClient, whenSignedOut } from './query-client.ts';

let signedOutCount: number;

beforeEach(() => {
  vi.useFakeTimers();
  signedOutCount = 0;
  whenSignedOut(() => signedOutCount++);
});
afterEach(() => {
  queryClient.clear();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const something = { queryKey: ['entries', 'tree'], queryFn: () => call(getMe, {}) };

/** Runs a query until it has answered or failed, whatever it waits between two tries. */
async function read(run: () => Promise<unknown> = () => queryClient.query(something)): Promise<unknown> {
  const answered = run().catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(60_000);
  return answered;
}

describe('what failed', () => {
  test('is tried twice more where the server was not reached', async () => {
    const sent = answering(() => Promise.reject(new TypeError('fetch failed')));
    await expect(read()).resolves.toBeInstanceOf(TypeError);
    expect(sent).toHaveLength(3);
  });

  test('is there after all where the network comes back meanwhile', async () => {
    let failures = 2;
    const sent = answering(() => (failures-- > 0 ? Promise.reject(new TypeError('fetch failed')) : person()));
    await expect(read()).resolves.toMatchObject({ username: 'ada' });
    expect(sent).toHaveLength(3);
  });

  test.each([
    [404, 'not_found'],
    [403, 'forbidden'],
    [500, 'internal'],
    [401, 'unauthenticated'],
  ])('is not asked for again where the server refused it with %d %s', async (status, error) => {
    const sent = answering(() => refusal(status, error));
    await read();
    expect(sent).toHaveLength(1);
  });
});

describe('a sign-in that has ended', () => {
  test.each(['unauthenticated', 'malformed_authorization'])('is told of where the server answers %s', async (error) => {
    answering(() => refusal(401, error));
    await read();
    expect(signedOutCount).toBe(1);
  });

  test.each([
    [403, 'forbidden'],
    [404, 'not_found'],
    [503, 'unavailable'],
  ])('is not where it answers %d %s', async (status, error) => {
    answering(() => refusal(status, error));
    await read();
    expect(signedOutCount).toBe(0);
  });

  test('is left to whoever asks who is signed in', async () => {
    answering(() => refusal(401, 'unauthenticated'));
    await read(() => queryClient.query(me));
    expect(signedOutCount).toBe(0);
  });
});

test('what was read is kept until somebody says that it has changed', async () => {
  const sent = answering(() => person());
  await read();
  await vi.advanceTimersByTimeAsync(24 * 3_600_000 - 60_000);
  queryClient.setQueryData(something.queryKey, (known: unknown) => known);
  expect(queryClient.getQueryCache().find(something)?.isStale()).toBe(false);
  await queryClient.invalidateQueries(something);
  expect(queryClient.getQueryCache().find(something)?.isStale()).toBe(true);
  expect(sent).toHaveLength(1);
});
