import type { Scope } from '@gatehouse/contract/scopes';
import { refuse } from './app-error.ts';

/** Where a request came from. */
export interface Client {
  /** The address of the nearest untrusted hop (according to TRUST_PROXY). */
  readonly ip: string;
  readonly userAgent: string;
  readonly requestId: string;
}

/** The types of credentials of requests. */
export type CredentialType = 'session' | 'api-key';

/** One credential of an account: its type, and its row id. */
export interface CallerCredential {
  readonly type: CredentialType;
  readonly id: number;
}

/** Whether both are the same credential. */
export function isSameCredential(one: CallerCredential, other: CallerCredential): boolean {
  return one.type === other.type && one.id === other.id;
}

/** The caller, the first argument of every service method. */
export interface Caller {
  readonly accountId: number;
  readonly username: string;
  /** Administrators manage the server and its accounts; this gives them no right to the identities of others. */
  readonly isAdmin: boolean;
  /** The credential that the request came with. */
  readonly via: CallerCredential;
  /** When that credential expires, in milliseconds since 1970. */
  readonly expiresAtMs: number;
  /** The scopes of an API key; a sign-in has all. */
  readonly scopes: readonly Scope[] | 'all';
  readonly client: Client;
}

/** Throws `forbidden` unless the caller administers the server. */
export function requireAdmin(caller: Caller): void {
  if (!caller.isAdmin) throw refuse('administrator_required');
}
