import type { Access } from '../../access/authorize-use.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Database, Db } from '../../kernel/db/database.ts';
import type { EventStream } from '../../kernel/events.ts';
import type { Change } from '../../change/change.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { Rights } from '../../kernel/rights.ts';
import type { Settings } from '../../kernel/settings/settings.ts';
import { authorizeLogin, type LoginRequest } from './connect/authorized-login.ts';
import type { LoginDependencies } from './connect/login.ts';
import { recordSession, recordUse, type SessionRecord, type UseRecord } from './registry/record.ts';
import type { Registry } from './registry/registry.ts';
import type { Tickets } from './registry/tickets.ts';

/** The dependencies of this feature; `compose` passes them in. */
export interface SessionDependencies extends LoginDependencies {
  /** The id of this node. */
  readonly nodeId: string;
  readonly database: Database;
  readonly events: EventStream;
  readonly change: Change;
  readonly access: Access;
  /** Whether the sign-in or API key of a caller is still valid; reads the database. */
  readonly isSignedIn: (caller: Caller) => Promise<boolean>;
  readonly rightsOf: (db: Db, accountId: number) => Promise<Rights>;
  readonly now: () => Date;
  readonly logger: Logger;
  readonly settings: Settings;
}

/** The dependencies and state that all parts of this feature use. */
export interface Context extends SessionDependencies {
  readonly registry: Registry;
  readonly tickets: Tickets;
}

/** The request, of any kind. */
export type Opening = Omit<LoginRequest, 'use'>;

/**
 * Authorizes, resolves and records the intent of a session, which gets a row. Call it with a reservation: a sign-in that ended before is noticed
 * here, and one that ends later through the reservation.
 */
export async function beginSession(context: Context, caller: Caller, request: LoginRequest): Promise<SessionRecord> {
  return recordSession(context, await authorizeLogin(context, caller, request));
}

/** The same for a use without a session row. */
export async function beginUse(context: Context, caller: Caller, request: LoginRequest): Promise<UseRecord> {
  return recordUse(context, await authorizeLogin(context, caller, request));
}
