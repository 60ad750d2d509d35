import { afterEach, describe, expect, test, vi } from 'vitest';
import { change } from '../../../test/rendering/changes.ts';
import { answering, refusal } from '../../../test/rendering/network.ts';
import { hookOf, newClient } from '../../../test/rendering/rendered.tsx';
import { person } from '../../../test/rendering/samples.ts';
import { problemOf } from '../../lib/api.ts';
import {
  me,
  useChangeName,
  useChangePassword,
  useChangePreferences,
  useCreateApiKey,
  useCreateUser,
  useDeleteApiKey,
  useDeleteUser,
  useDeleteUserApiKey,
  usePreferences,
  userPages,
  useRegister,
  useResetPassword,
  useUpdateUser,
} from './queries.ts';

/** Whatever a busy machine takes. */
const patience = { timeout: 30_000 };

afterEach(() => {
  vi.unstubAllGlobals();
});

const account = { username: 'ada', password: 'correct horse', firstName: 'Ada', lastName: 'Lovelace' };
const createdUser = {
  id: 5,
  username: 'bob',
  firstName: 'Bob',
  lastName: 'B',
  isAdmin: false,
  disabled: false,
  createdAt: '2026-03-01T08:00:00.000Z',
  lastLoginAt: null,
};
const ofUsers = ['accounts users'];
const ofAccounts = ['accounts me', 'accounts api-keys', 'accounts users', 'accounts user-api-keys'];

describe('a change', () => {
  test.each([
    {
      what: 'of the own name',
      run: () => change({ use: useChangeName, input: { firstName: 'Ada', lastName: 'King' } }),
      request: 'PATCH /api/account/name {"firstName":"Ada","lastName":"King"}',
      stale: ['accounts me'],
    },
    {
      what: 'of the own password, which ends sign-ins and API keys',
      run: () => change({ use: useChangePassword, input: { currentPassword: 'old', password: 'new one' } }),
      request: 'PATCH /api/account/password {"currentPassword":"old","password":"new one"}',
      stale: ['accounts api-keys', 'auth sessions'],
      isSecret: true,
    },
    {
      what: 'that ends an API key',
      run: () => change({ use: useDeleteApiKey, input: 8 }),
      request: 'DELETE /api/account/api-keys/8',
      stale: ['accounts api-keys'],
    },
    {
      what: 'of an account by an administrator',
      run: () => change({ use: useUpdateUser, input: { id: 5, disabled: true } }),
      request: 'PATCH /api/users/5 {"disabled":true}',
      stale: ofAccounts,
    },
    {
      what: 'of the password of somebody',
      run: () => change({ use: useResetPassword, input: { id: 5, password: 'a new one' } }),
      request: 'PATCH /api/users/5/password {"password":"a new one"}',
      stale: [],
      isSecret: true,
    },
    {
      what: 'that deletes an account',
      run: () => change({ use: useDeleteUser, input: 5 }),
      request: 'DELETE /api/users/5',
      stale: ofUsers,
    },
    {
      what: 'that ends an API key of somebody',
      run: () => change({ use: () => useDeleteUserApiKey(5), input: 8 }),
      request: 'DELETE /api/users/5/api-keys/8',
      stale: ofAccounts,
    },
  ])('$what is sent, and what shows it is read again', async ({ run, request, stale, isSecret = false }) => {
    const changed = await run();
    expect(changed.requests).toEqual([request]);
    expect(changed.stale).toEqual(stale);
    expect(changed.keptMs).toBe(isSecret ? 0 : undefined);
  });

  test('that was refused leaves everything as it is', async () => {
    const { error, stale } = await change({ use: useDeleteUser, input: 5, answer: () => refusal(403, 'forbidden') });
    expect(problemOf(error)?.error).toBe('forbidden');
    expect(stale).toEqual([]);
  });

  test.each([
    ['an account', useCreateUser, { ...account, isAdmin: false }],
    ['an API key', useCreateApiKey, { name: 'backup', scopes: ['entries:read' as const] }],
  ])('that makes %s keeps nothing of its secrets', async (_, use, input) => {
    const { keptMs, requests } = await change({ use: use as typeof useCreateUser, input: input as never });
    expect(requests).toHaveLength(1);
    expect(keptMs).toBe(0);
  });
});

describe('making an account', () => {
  test('signs the browser in to it, and then knows who is signed in', async () => {
    const { requests, keptMs } = await change({
      use: useRegister,
      input: account,
      answer: ({ path }) => (path === '/api/account/me' ? person() : { message: 'done', ...createdUser }),
    });
    expect(requests.map((request) => request.split(' ', 2).join(' '))).toEqual([
      'POST /api/account/register',
      'POST /api/auth/cookie',
      'GET /api/account/me',
    ]);
    expect(requests[1]).toContain('{"username":"ada","password":"correct horse"}');
    expect(keptMs).toBe(0);
  });

  test('does not sign in where the account was not made', async () => {
    const { requests, error } = await change({
      use: useRegister,
      input: account,
      answer: () => refusal(409, 'conflict'),
    });
    expect(requests).toHaveLength(1);
    expect(problemOf(error)?.error).toBe('conflict');
  });
});

describe('preferences', () => {
  function known(preferences: Record<string, unknown>) {
    const client = newClient();
    client.setQueryData(me.queryKey, person({ preferences: { web: preferences, cli: { color: true } } }));
    return client;
  }

  test('are shown as chosen before the server has answered, and the others stay', async () => {
    const client = known({ favourites: [1], terminal: { fontSize: 15, theme: 'nord' } });
    let finish: () => void = () => undefined;
    const answered = new Promise<void>((resolve) => (finish = resolve));
    const sent = answering(() => answered.then(() => ({ message: 'done' })));
    const { mutateAsync } = hookOf(useChangePreferences, { client });
    const running = mutateAsync({ favourites: [1, 2], terminal: { fontSize: 16 } });
    await vi.waitFor(() => expect(sent).toHaveLength(1), patience);
    const { favourites, terminal } = hookOf(usePreferences, { client });
    expect(favourites).toEqual([1, 2]);
    expect(terminal).toMatchObject({ fontSize: 16, theme: 'nord' });
    expect(client.getQueryData(me.queryKey)?.preferences).toMatchObject({ cli: { color: true } });
    expect(sent[0]?.body).toEqual({ web: { favourites: [1, 2], terminal: { fontSize: 16 } } });
    finish();
    await running.catch(() => undefined);
  });

  test('are read again whatever came of the change', async () => {
    const { stale } = await change({
      use: useChangePreferences,
      input: { favourites: [] },
      answer: () => refusal(500, 'internal'),
    });
    expect(stale).toEqual(['accounts me']);
  });

  test('null gives a preference back its default', async () => {
    const client = known({ terminal: { fontSize: 20 } });
    answering(() => new Promise(() => undefined));
    void hookOf(useChangePreferences, { client }).mutateAsync({ terminal: null });
    await vi.waitFor(() => expect(hookOf(usePreferences, { client }).terminal.fontSize).toBe(13), patience);
  });
});

describe('the pages of accounts', () => {
  const next = (total: number, offset: number) => userPages('').getNextPageParam({ users: [], total }, [], offset, []);

  test.each([
    [0, 0, undefined],
    [100, 0, undefined],
    [101, 0, 100],
    [250, 100, 200],
    [250, 200, undefined],
  ])('of %d accounts after those from %d on come those from %s', (total, offset, following) => {
    expect(next(total, offset)).toBe(following);
  });

  test('a search asks for what matches, and no search for all', async () => {
    const sent = answering(() => ({ users: [], total: 0 }));
    const client = newClient();
    for (const search of ['', 'a&b']) await client.infiniteQuery(userPages(search)).catch(() => undefined);
    expect(sent.map(({ path }) => path)).toEqual([
      '/api/users/list?limit=100&offset=0',
      '/api/users/list?limit=100&offset=0&search=a%26b',
    ]);
  });
});
