import { ApiError, createClient } from '@gatehouse/contract/client';
import type { Problem } from '@gatehouse/contract/problem';

const client = createClient({ baseUrl: '' });
const strictClient = createClient({ baseUrl: '', headers: { prefer: 'handling=strict' } });

/** How requests go on when the sign-in of the page has ended. */
interface SignInAgain {
  /** Lets the person sign in, and resolves once they have; undefined if they are not asked here. */
  readonly ask: () => Promise<void> | undefined;
  /** Resolves when the person who is asked has signed in; undefined if no one is asked. */
  readonly pending: () => Promise<void> | undefined;
}

let signInAgain: SignInAgain = { ask: () => undefined, pending: () => undefined };

/** Sets how requests go on when the sign-in of the page has ended. */
export function resumeBy(by: SignInAgain): void {
  signInAgain = by;
}

/** Resolves when no sign-in is asked for: until then, another account may be signed in to this browser, whose data do not belong into the page. */
export async function untilSignedInHere(): Promise<void> {
  await signInAgain.pending();
}

/** Sends a request again after the person has signed in again: the server did nothing when it refused it. */
async function resuming<T>(send: () => Promise<T>): Promise<T> {
  for (;;) {
    await untilSignedInHere();
    try {
      return await send();
    } catch (error) {
      const signedIn = isSignedOut(error) ? signInAgain.ask() : undefined;
      if (signedIn === undefined) throw error;
      await signedIn;
    }
  }
}

/**
 * Calls the server of this page; the browser adds the session cookie, which scripts cannot read. If the sign-in has ended, the answer comes after the
 * person has signed in again.
 */
export const call: typeof client.call = (...request) => resuming(() => client.call(...request));

/** Like `call`, with the entity tag of the answer. */
export const exchange: typeof client.exchange = (...request) => resuming(() => client.exchange(...request));

/** The same, but the server refuses what it would otherwise accept with a warning (a key without its passphrase), so that a form can show it. */
export const callStrictly: typeof client.call = (...request) => resuming(() => strictClient.call(...request));

/** Calls the server once, also without a sign-in: to sign in or out, or to ask who is signed in. */
export const { call: callOnce } = client;

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
