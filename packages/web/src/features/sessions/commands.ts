import { remembered } from './connection/remembered.ts';

/** Forgets what was typed to log in with, for when nobody is signed in any more. */
export function forgetTyped(): void {
  remembered.forgetAll();
}
