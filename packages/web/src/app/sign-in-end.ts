import { getMe } from '@gatehouse/contract/accounts';
import type { QueryClient } from '@tanstack/react-query';
import { me } from '../features/accounts/queries.ts';
import { forgetTypedCredentials } from '../features/sessions/commands.ts';
import { callOnce, isSignedOut } from '../lib/api.ts';
import { observable } from '../lib/observable.ts';

/** An account, as it is shown. */
export interface Account {
  readonly id: number;
  readonly username: string;
}

/** The sign-in of `account`, whose page this is, has ended. `other` has signed in to this browser since. */
export interface SignInEnd {
  readonly account: Account;
  readonly other?: Account;
}

/** Undefined while the person is signed in. */
export const signInEnd = observable<SignInEnd | undefined>(undefined);

let signedIn = Promise.withResolvers<undefined>();
let isLeaving = false;

/** Shows that the sign-in has ended, above the page. Returns whether there is a page: one that knows whose it is. */
export function showSignInEnd(client: QueryClient): boolean {
  const account = client.getQueryData(me.queryKey);
  if (account === undefined) return false;
  if (isLeaving || signInEnd.get() !== undefined) return true;
  forgetTypedCredentials();
  signedIn = Promise.withResolvers();
  signInEnd.set({ account: { id: account.id, username: account.username } });
  return true;
}

/** Resolves once the person has signed in again. */
export function untilSignedIn(): Promise<void> {
  return signedIn.promise;
}

/** The person signs out, so that the end of the sign-in is no surprise; `isOver` if that failed. */
export function leave(isOver = false): void {
  isLeaving = !isOver;
}

/**
 * Goes on with the page if the account of the page is signed in to this browser; another one is shown. Returns whether it went on; throws if the
 * server cannot be reached.
 */
export async function goOn(client: QueryClient): Promise<boolean> {
  const end = signInEnd.get();
  const who = await whoIsThere();
  if (end === undefined || who === undefined || signInEnd.get() !== end) return false;
  if (who.id !== end.account.id) {
    signInEnd.set({ ...end, other: { id: who.id, username: who.username } });
    return false;
  }
  signInEnd.set(undefined);
  signedIn.resolve(undefined);
  void client.invalidateQueries();
  return true;
}

/** The other account has signed out again. */
export function awaitSignIn(): void {
  const end = signInEnd.get();
  if (end !== undefined) signInEnd.set({ account: end.account });
}

async function whoIsThere(): Promise<Account | undefined> {
  try {
    return await callOnce(getMe, {});
  } catch (error) {
    if (isSignedOut(error)) return undefined;
    throw error;
  }
}
