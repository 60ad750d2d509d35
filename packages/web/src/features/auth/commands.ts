import { signOut } from '@gatehouse/contract/auth';
import { call } from '../../lib/api.ts';

/**
 * Ends the sign-in of this browser, then reloads the page, so that no socket, cache or terminal of the person remains. Rejects if the server
 * cannot be reached: the person is then still signed in.
 */
export async function signOutHere(): Promise<void> {
  await call(signOut, {});
  try {
    sessionStorage.clear();
  } catch {
    // Without storage, there is nothing to remove.
  }
  window.location.replace('/sign-in');
}
