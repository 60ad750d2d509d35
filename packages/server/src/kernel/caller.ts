import type { Scope } from '@gatehouse/contract/scopes';
import { refuse } from './app-error.ts';

/** Where a request came from. */
export interface Client {
  /** The address of the nearest untrusted hop (TRUST_PROXY says whom to believe). */
  readonly ip: string;
  readonly userAgent: string;
  readonly requestId: string;
}

/** The types of credentials that requests are made with. */
export type CredentialType = 'session' | 'api-key';

/** One credential of an account: its type, and its row among those of that type. */
export interface CallerCredential {
  readonly type: CredentialType;
  readonly id: number;
}

/** Whether both are the same credential. */
export function isSameCredential(one: CallerCredential, other: CallerCredential): boolean {
  return one.type === other.type && one.id === other.id;
}

/** Who calls, as every service takes it first. */
export interface Caller {
  readonly accountId: number;
  readonly username: string;
  /** Administrators manage the server and its accounts; that gives them no right to anybody's identities. */
  readonly isAdmin: boolean;
  /** The credential that the request came with. */
  readonly via: CallerCredential;
  /** When that credential ends by itself, in milliseconds since 1970. */
  readonly expiresAtMs: number;
  /** What an API key may do; a session may do all. */
  readonly scopes: readonly Scope[] | 'all';
  readonly client: Client;
}

/** Throws `forbidden` unless the caller administers the server. */
export function requireAdmin(caller: Caller): void {
  if (!caller.isAdmin) throw refuse('administrator_required');
}
