import { QueryObserver } from '@tanstack/react-query';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { change } from '../../../test/rendering/changes.ts';
import { answering, refusal } from '../../../test/rendering/network.ts';
import { hookOf, newClient } from '../../../test/rendering/rendered.tsx';
import { identity, session } from '../../../test/rendering/samples.ts';
import { problemOf } from '../../lib/api.ts';
import { destinationOf, sessionById, sessionList, useEndSession, useSessionIdentity } from './queries.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('reading', () => {
  test('the history asks for the latest 500 sessions', async () => {
    const sent = answering(() => [session(2), session(1)]);
    const found = await newClient().query(sessionList);
    expect(found.map(({ id }) => id)).toEqual([2, 1]);
    expect(sent.map(({ path }) => path)).toEqual(['/api/connection?limit=500']);
  });

  test('one session is kept apart from the others', async () => {
    const sent = answering(({ path }) => session(Number(path.split('/').at(-1))));
    const client = newClient();
    expect((await client.query(sessionById(7))).id).toBe(7);
    expect((await client.query(sessionById(8))).id).toBe(8);
    await client.query(sessionById(7));
    expect(sent.map(({ path }) => path)).toEqual(['/api/connection/7', '/api/connection/8']);
  });

  test('a session that is not visible fails with the problem of the server', async () => {
    answering(() => refusal(404, 'not_found'));
    const error: unknown = await newClient()
      .query(sessionById(7))
      .catch((caught: unknown) => caught);
    expect(problemOf(error)).toMatchObject({ error: 'not_found' });
  });

  test('a destination is read again for every form, because it may have changed', async () => {
    const sent = answering(() => ({
      host: '10.0.0.4',
      port: 22,
      jumpHosts: [],
      username: null,
      hostKeys: [],
      tag: 'tag-1',
      changes: [],
      lastLoginAt: null,
    }));
    const client = newClient();
    const options = destinationOf(4);
    expect([options.staleTime, options.gcTime]).toEqual([0, 0]);
    for (let form = 0; form < 2; form++) {
      const observer = new QueryObserver(client, options);
      const close = observer.subscribe(() => undefined);
      await vi.waitFor(() => expect(observer.getCurrentResult().data).toMatchObject({ tag: 'tag-1' }));
      close();
      await vi.waitFor(() => expect(client.getQueryCache().getAll()).toEqual([]));
    }
    expect(sent.map(({ path }) => path)).toEqual(['/api/connection/4/destination', '/api/connection/4/destination']);
  });
});

describe('the identity of a session', () => {
  function identityIn(identityId: number | null, known: boolean) {
    const client = newClient();
    client.setQueryData(sessionById(7).queryKey, session(7, { identityId }));
    if (known) client.setQueryData(['identities', 'of-session', 3], identity(3));
    return hookOf(() => useSessionIdentity(7), { client });
  }

  test('is the one that it was opened with', () => {
    expect(identityIn(3, true)).toMatchObject({ id: 3, name: 'identity-3' });
  });

  test('is undefined if it was deleted or is not read yet, and for a typed credential', () => {
    expect(identityIn(3, false)).toBeUndefined();
    expect(identityIn(null, true)).toBeUndefined();
  });

  test('is undefined before there is a session, whatever the cache has', () => {
    const client = newClient();
    client.setQueryData(sessionById(0).queryKey, session(0, { identityId: 3 }));
    client.setQueryData(['identities', 'of-session', 3], identity(3));
    expect(hookOf(() => useSessionIdentity(undefined), { client })).toBeUndefined();
  });
});

describe('ending a session', () => {
  test('asks the server, then reads the sessions again', async () => {
    const { requests, stale, error } = await change({ use: useEndSession, input: 12 });
    expect([requests, error]).toEqual([['DELETE /api/connection/12'], undefined]);
    expect(stale).toEqual(['sessions list']);
  });

  test('that was refused reads them again as well: it may have ended meanwhile', async () => {
    const { stale, error } = await change({ use: useEndSession, input: 12, answer: () => refusal(404, 'not_found') });
    expect(problemOf(error)).toMatchObject({ error: 'not_found' });
    expect(stale).toEqual(['sessions list']);
  });
});
