import { ApiError, createClient } from '@gatehouse/contract/client';
import type { Problem } from '@gatehouse/contract/problem';

/** Calls the server of this page; the browser adds the session cookie, which scripts cannot read. */
export const { call, exchange } = createClient({ baseUrl: '' });

/** The same, but the server refuses what it would otherwise accept with a warning (a key without its passphrase), so that a form can show it. */
export const { call: callStrictly } = createClient({ baseUrl: '', headers: { prefer: 'handling=strict' } });

/** The problem that the server answered; undefined if the request did not reach it. */
export function problemOf(error: unknown): Problem | undefined {
  return error instanceof ApiError ? error.problem : undefined;
}

/**
 * Whether there was no answer: `fetch` fails with a `TypeError`, whose message differs by browser, and with a `TimeoutError` if the answer took
 * too long.
 */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof DOMException) return error.name === 'TimeoutError' || error.name === 'NetworkError';
  return error instanceof TypeError && /fetch|load failed|network/i.test(error.message);
}

/** Whether the server refused the request because the person is not signed in (any more). */
export function isSignedOut(error: unknown): boolean {
  const code = problemOf(error)?.error;
  return code === 'unauthenticated' || code === 'malformed_authorization';
}
