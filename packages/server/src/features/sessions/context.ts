import type { Access } from '../../access/authorize-use.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Database } from '../../kernel/db/database.ts';
import type { Events } from '../../kernel/events.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { Settings } from '../../kernel/settings/settings.ts';
import { authorizeLogin, type LoginRequest } from './connect/authorized-login.ts';
import { openBook, type Book } from './registry/record.ts';
import type { LiveSession, LiveSessions } from './registry/registry.ts';
import type { LoginDependencies } from './connect/login.ts';
import type { Terminal } from './kinds/terminal/terminal.ts';
import type { Tickets } from './registry/tickets.ts';

/** What `compose.ts` passes in. */
export interface SessionDependencies extends LoginDependencies {
  /** Which of the nodes of the database this is. */
  readonly nodeId: string;
  readonly database: Database;
  readonly events: Events;
  readonly access: Access;
  /** Whether the sign-in or API key of a caller is still good; asked of the database. */
  readonly isSignedIn: (caller: Caller) => Promise<boolean>;
  readonly now: () => Date;
  readonly logger: Logger;
  readonly settings: Settings;
}

/** A session that runs; only a terminal can be joined. */
export interface Live extends LiveSession {
  readonly terminal?: LiveTerminal;
}

export interface LiveTerminal extends Pick<Terminal, 'join' | 'resize' | 'lastActivityMs'> {
  readonly openedBy: Caller;
  readonly openedAtMs: number;
  /** From now on the session rests on this sign-in, too. */
  joinedBy(caller: Caller): void;
}

export interface Context extends SessionDependencies {
  readonly live: LiveSessions<Live>;
  readonly tickets: Tickets;
}

/**
 * Authorizes, resolves and records an intent. Called with a place already taken: a sign-in that ended before is noticed here, and one that ends
 * later by the place, however long the request was on its way.
 */
export async function prepare(context: Context, caller: Caller, request: LoginRequest): Promise<Book> {
  return openBook(context, await authorizeLogin(context.access, caller, request));
}
