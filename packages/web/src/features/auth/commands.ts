import { signOut } from '@gatehouse/contract/auth';
import { call } from '../../lib/api.ts';

/**
 * Ends the sign-in of this browser. The page is loaded anew after it, so that no socket, no cache and no terminal of the person outlives it.
 * Rejects where the server cannot be reached: the person is then still signed in.
 */
export async function signOutHere(): Promise<void> {
  await call(signOut, {});
  try {
    sessionStorage.clear();
  } catch {
    // Where storage is forbidden, nothing was kept.
  }
  window.location.replace('/sign-in');
}
