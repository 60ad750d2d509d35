import { ApiError, createClient } from '@gatehouse/contract/client';
import type { Problem } from '@gatehouse/contract/problem';

/** Calls the server of this page; the session cookie goes along by itself and is never seen here. */
export const { call, exchange } = createClient({ baseUrl: '' });

/** The same, where what is accepted but not right (a key without its passphrase) shall be refused, so that a form can say it. */
export const { call: callStrictly } = createClient({ baseUrl: '', headers: { prefer: 'handling=strict' } });

/** The problem that the server answered; undefined for what never reached it. */
export function problemOf(error: unknown): Problem | undefined {
  return error instanceof ApiError ? error.problem : undefined;
}

/**
 * Whether nothing came back from the server: `fetch` fails with a `TypeError`, in the words of the browser, and with a `TimeoutError` where the answer
 * took too long.
 */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof DOMException) return error.name === 'TimeoutError' || error.name === 'NetworkError';
  return error instanceof TypeError && /fetch|load failed|network/i.test(error.message);
}

/** Whether the server does not (any more) know who is asking. */
export function isSignedOut(error: unknown): boolean {
  const code = problemOf(error)?.error;
  return code === 'unauthenticated' || code === 'malformed_authorization';
}
