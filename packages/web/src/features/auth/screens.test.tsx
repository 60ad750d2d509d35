import i18next from 'i18next';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { change } from '../../../test/rendering/changes.ts';
import { answering, refusal } from '../../../test/rendering/network.ts';
import { hookOf, markupOf, newClient, textOf, wordsOf } from '../../../test/rendering/rendered.tsx';
import { problemOf } from '../../lib/api.ts';
import { Blocked } from './blocked.tsx';
import { signOutHere } from './commands.ts';
import { signInSessions, useRevokeSession, useSignIn, type SignInSession } from './queries.ts';
import { SessionsSection } from './sessions-section.tsx';

afterEach(() => {
  vi.unstubAllGlobals();
});

const credentials = { username: 'ada', password: 'secret' };

describe('signing in', () => {
  test('forgets what was read before it, and keeps nothing of the password', async () => {
    const client = newClient();
    client.setQueryData(['entries', 'tree'], 'of somebody else');
    const sent = answering(() => ({ message: 'done' }));
    const signIn = hookOf(useSignIn, { client });
    const running = signIn.mutateAsync(credentials);
    expect(client.getMutationCache().getAll()[0]?.options.gcTime).toBe(0);
    await running;
    expect(client.getQueryData(['entries', 'tree'])).toBeUndefined();
    expect(client.getMutationCache().getAll()).toEqual([]);
    expect(sent).toMatchObject([{ method: 'POST', body: credentials }]);
  });

  test('that was refused leaves what was read, and says what was wrong', async () => {
    const { error, stale } = await change({
      use: useSignIn,
      input: credentials,
      answer: () => refusal(401, 'invalid_credentials'),
    });
    expect(problemOf(error)?.error).toBe('invalid_credentials');
    expect(stale).toEqual([]);
  });
});

test.each([
  [29.2, 'auth:blocked.seconds', 30],
  [400, 'auth:blocked.minutes', 7],
  [10_000, 'auth:blocked.hours', 3],
] as const)('a block of %d seconds is told as a person counts it', (seconds, key, count) => {
  vi.useFakeTimers({ now: 0 });
  const text = textOf(<Blocked until={seconds * 1000} onOver={() => undefined} />);
  vi.useRealTimers();
  expect(text).toContain(i18next.t(key, { count }));
});

describe('where the person is signed in', () => {
  const session = (id: number, facts: Partial<SignInSession> = {}): SignInSession => ({
    id,
    ip: `192.0.2.${id}`,
    userAgent: `program-${id}/1.0`,
    createdAt: '2026-03-01T08:00:00.000Z',
    lastActivity: `2026-03-0${id}T08:00:00.000Z`,
    current: false,
    ...facts,
  });
  const section = (sessions: readonly SignInSession[]) => {
    const client = newClient();
    client.setQueryData(signInSessions.queryKey, [...sessions]);
    return markupOf(<SessionsSection />, { client });
  };

  test('begins with this browser, then the latest', () => {
    const text = wordsOf(section([session(1), session(3), session(2, { current: true })]));
    const order = [2, 3, 1].map((id) => text.indexOf(`program-${id}`));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(Math.min(...order)).toBeGreaterThan(0);
  });

  test('this browser is not ended here', () => {
    const end = i18next.t('auth:sessions.end');
    const buttons = (markup: string) => markup.match(/<button/g)?.length ?? 0;
    expect(buttons(section([session(1, { current: true })]))).toBe(0);
    expect(buttons(section([session(1, { current: true }), session(2)]))).toBe(1);
    expect(wordsOf(section([session(2)]))).toContain(end);
  });

  test('a program that a stranger made up is shown as text', () => {
    const markup = section([session(1, { userAgent: '<script>alert(1)</script>' }), session(2, { userAgent: '' })]);
    expect(markup).not.toContain('<script>alert');
    expect(wordsOf(markup)).toContain(i18next.t('auth:sessions.unknown'));
  });

  test('is read again when one was ended, also where it had ended already', async () => {
    for (const answer of [() => ({ message: 'done' }), () => refusal(404, 'not_found')]) {
      const { stale } = await change({ use: useRevokeSession, input: 2, answer });
      expect(stale).toEqual(['auth sessions']);
    }
  });
});

describe('signing out', () => {
  function page(clear: () => void) {
    const went: string[] = [];
    vi.stubGlobal('sessionStorage', { clear });
    vi.stubGlobal('window', { location: { replace: (address: string) => went.push(address) } });
    return went;
  }

  test('forgets what this tab kept, and loads the page anew', async () => {
    const clear = vi.fn();
    const went = page(clear);
    answering(() => ({ message: 'done' }));
    await signOutHere();
    expect(clear).toHaveBeenCalledOnce();
    expect(went).toEqual(['/sign-in']);
  });

  test('goes on where storage is forbidden', async () => {
    const went = page(() => {
      throw new DOMException('forbidden', 'SecurityError');
    });
    answering(() => ({ message: 'done' }));
    await signOutHere();
    expect(went).toEqual(['/sign-in']);
  });

  test('leaves everything where the server was not reached: the person is still signed in', async () => {
    const clear = vi.fn();
    const went = page(clear);
    answering(() => Promise.reject(new TypeError('fetch failed')));
    await expect(signOutHere()).rejects.toThrow('fetch failed');
    expect(clear).not.toHaveBeenCalled();
    expect(went).toEqual([]);
  });
});
