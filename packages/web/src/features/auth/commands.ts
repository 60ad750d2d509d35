import { signOut } from '@gatehouse/contract/auth';
import { callOnce } from '../../lib/api.ts';

/**
 * Ends the sign-in of this browser, then reloads the page, so that no socket, cache or terminal of the person remains. Rejects if the server
 * cannot be reached: the person is then still signed in.
 */
export async function signOutHere(): Promise<void> {
  await callOnce(signOut, {});
  try {
    sessionStorage.clear();
  } catch {
    // Without storage, there is nothing to remove.
  }
  window.location.replace('/sign-in');
}

/** Ends the sign-in of this browser; the page stays. */
export async function signOutOnce(): Promise<void> {
  await callOnce(signOut, {});
}
