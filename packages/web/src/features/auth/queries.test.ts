import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { change } from '../../../test/rendering/changes.ts';
import { answering, refusal } from '../../../test/rendering/network.ts';
import { hookOf, newClient } from '../../../test/rendering/rendered.tsx';
import { problemOf } from '../../lib/api.ts';
import { signOutHere } from './commands.ts';
import { signInSessions, useRevokeSession, useSignIn } from './queries.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('signing in', () => {
  const credentials = { username: 'ada', password: 'correct horse' };

  test('sends username and password once, and keeps neither', async () => {
    const { requests, keptMs, error } = await change({ use: useSignIn, input: credentials });
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatch(/^POST \S+ \{"username":"ada","password":"correct horse"\}$/);
    expect([keptMs, error]).toEqual([0, undefined]);
  });

  test('forgets what the account before it has read', async () => {
    answering(() => ({ message: 'done' }));
    const client = newClient();
    client.setQueryData(['identities', 'list'], ['of another account']);
    await hookOf(useSignIn, { client }).mutateAsync(credentials);
    expect(client.getQueryCache().getAll()).toEqual([]);
  });

  test('that was refused keeps what was read, and has the problem of the server', async () => {
    answering(() => refusal(401, 'unauthenticated'));
    const client = newClient();
    client.setQueryData(['identities', 'list'], ['mine']);
    const error: unknown = await hookOf(useSignIn, { client })
      .mutateAsync(credentials)
      .catch((caught: unknown) => caught);
    expect(problemOf(error)).toMatchObject({ error: 'unauthenticated' });
    expect(client.getQueryData(['identities', 'list'])).toEqual(['mine']);
  });
});

describe('the sign-ins of the person', () => {
  test('are polled while they are shown, because no event reports them', () => {
    expect(signInSessions).toMatchObject({ staleTime: 0, refetchInterval: 10_000 });
  });

  test('are read again after one was ended, also if that was refused', async () => {
    const ended = await change({ use: useRevokeSession, input: 5 });
    expect(ended.requests).toHaveLength(1);
    expect(ended.requests[0]).toMatch(/^(DELETE|POST) \S*5/);
    const refused = await change({ use: useRevokeSession, input: 5, answer: () => refusal(404, 'not_found') });
    expect([ended.stale, refused.stale]).toEqual([['auth sessions'], ['auth sessions']]);
  });
});

describe('signing out', () => {
  const cleared = vi.fn();
  const replaced = vi.fn();
  beforeEach(() => {
    cleared.mockReset();
    replaced.mockReset();
    vi.stubGlobal('sessionStorage', { clear: cleared });
    vi.stubGlobal('window', { location: { replace: replaced } });
  });

  test('ends the sign-in, then clears the storage and loads the sign-in page', async () => {
    const sent = answering(() => ({ message: 'done' }));
    await signOutHere();
    expect(sent).toHaveLength(1);
    expect([cleared.mock.calls.length, replaced.mock.calls]).toEqual([1, [['/sign-in']]]);
  });

  test('without storage loads the sign-in page all the same', async () => {
    answering(() => ({ message: 'done' }));
    cleared.mockImplementation(() => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    });
    await signOutHere();
    expect(replaced).toHaveBeenCalledWith('/sign-in');
  });

  test('stays where it is if the server cannot be reached: the person is still signed in', async () => {
    answering(() => Promise.reject(new TypeError('fetch failed')));
    await expect(signOutHere()).rejects.toThrow();
    expect([cleared.mock.calls, replaced.mock.calls]).toEqual([[], []]);
  });
});
