import type { Grant } from '../../../access/authorize-use.ts';
import type { Revoked } from '../../../access/revocation.ts';
import { AppError } from '../../../kernel/app-error.ts';
import type { Caller } from '../../../kernel/caller.ts';
import type { Revocation } from '../../../kernel/events.ts';
import type { Logger } from '../../../kernel/logger.ts';

/** Why something that runs has to stop. */
export interface Ending {
  readonly cause: 'revoked' | 'person' | 'abandoned' | 'idle' | 'shutdown';
  /** Follows “The session was ended:”. */
  readonly words: string;
}

/** Something that runs on a server right now and can be told to stop. */
export interface LiveSession {
  /** Null for what has no row of its own, as a test. */
  readonly id: number | null;
  /** What it was begun with. */
  readonly grant: Pick<Grant, 'isRevokedBy' | 'recheck' | 'callers'>;
  end(ending: Ending): void;
}

/** A place among what runs. It is taken before anything is looked up, so that no limit is passed and no revocation missed meanwhile. */
export interface Place<T extends LiveSession> {
  /** From here on revocations end the session; those since the place was taken do so at once. */
  occupy(session: T): void;
  /**
   * Says that its logins are done. They ask for confirmations themselves, and say which is missing; from here on one that is lost ends the
   * session.
   */
  loggedIn(): void;
  /** Safe to call twice. */
  leave(): void;
}

/** What runs right now. */
export interface LiveSessions<T extends LiveSession> {
  /** Throws `too_many_requests` above the limit of the account, `unavailable` while the server stops. */
  enter(caller: Caller): Place<T>;
  get(id: number): T | undefined;
  all(): readonly T[];
  /** Ends the sessions whose grants are revoked. */
  revoke(what: Revoked): void;
  /** Ends everything. */
  endAll(ending: Ending): void;
  /** Nobody enters any more. */
  close(): void;
  /** Resolves when nothing runs any more. */
  idle(): Promise<void>;
}

interface Options {
  readonly maxPerAccount: () => number;
  readonly logger: Logger;
}

interface Slot<T> {
  readonly accountId: number;
  /** Revocations since the place was taken that are not judged yet. */
  readonly missed: Revoked[];
  isLoggedIn: boolean;
  session: T | undefined;
}

/** How soon a place may be free again, in seconds: what a client is told that found none. */
const retryAfterS = 10;

/** Where the decision is repeated, and the identity would have to be confirmed first. */
const unconfirmed = 'its identity is no longer confirmed for the server';

const reasons: Readonly<Record<Revocation['kind'] | 'confirmations' | 'unknown', string>> = {
  account: 'the account was changed or closed',
  'login-session': 'the sign-in was ended',
  'api-key': 'the API key was deleted',
  membership: 'the membership in the organization ended',
  permissions: 'the permission to connect was taken away',
  organization: 'the organization was deleted',
  identity: 'the identity was deleted or moved',
  entry: 'the server was deleted or leads somewhere else now',
  confirmations: unconfirmed,
  unknown: 'the access to it has ended',
};

export function createLiveSessions<T extends LiveSession>({ maxPerAccount, logger }: Options): LiveSessions<T> {
  const slots = new Set<Slot<T>>();
  const byId = new Map<number, T>();
  let closed = false;
  let waiting: (() => void)[] = [];

  const judge = createJudge(logger);
  const leave = (slot: Slot<T>) => {
    slots.delete(slot);
    if (typeof slot.session?.id === 'number') byId.delete(slot.session.id);
    if (slots.size > 0) return;
    for (const resolve of waiting) resolve();
    waiting = [];
  };

  return {
    enter({ accountId }) {
      if (closed) throw new AppError('unavailable', 'The server is stopping.', { retryAfterS });
      const own = slots.values().filter((slot) => slot.accountId === accountId);
      const limit = maxPerAccount();
      if ([...own].length >= limit)
        throw new AppError('too_many_requests', `You have ${limit} sessions open, which is the limit.`, {
          retryAfterS,
        });
      const slot: Slot<T> = { accountId, missed: [], isLoggedIn: false, session: undefined };
      slots.add(slot);
      return {
        occupy(session) {
          slot.session = session;
          if (session.id !== null) byId.set(session.id, session);
          for (const what of slot.missed.splice(0)) judge(slot, what);
        },
        loggedIn() {
          slot.isLoggedIn = true;
          for (const what of slot.missed.splice(0)) judge(slot, what);
        },
        leave: () => {
          leave(slot);
        },
      };
    },
    get: (id) => byId.get(id),
    all: () => [...slots].flatMap(({ session }) => session ?? []),
    revoke(what) {
      for (const slot of slots) judge(slot, what);
    },
    endAll(ending) {
      for (const { session } of slots) session?.end(ending);
    },
    close() {
      closed = true;
    },
    idle: () => (slots.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  };
}

/** Ends a session if a revocation revokes its grant, or keeps the revocation until that can be said. */
function createJudge(logger: Logger) {
  /** Why a session may not go on; `undefined` where it may. */
  const refusedBy = async ({ grant }: LiveSession, what: Revoked): Promise<string | undefined> => {
    try {
      await grant.recheck();
      return undefined;
    } catch (error) {
      if (error instanceof AppError) return error.code === 'link_suspended' ? unconfirmed : reasonOf(what);
      logger.error({ err: error }, 'it could not be decided whether a session may go on; it ends');
      return reasonOf(what);
    }
  };
  const endIfHit = async (session: LiveSession, what: Revoked) => {
    const effect = session.grant.isRevokedBy(what);
    if (effect === 'no') return;
    const words = effect === 'yes' ? reasonOf(what) : await refusedBy(session, what);
    if (words !== undefined) session.end({ cause: 'revoked', words });
  };
  return ({ session, missed, isLoggedIn }: Slot<LiveSession>, what: Revoked) => {
    if (session === undefined) missed.push(what);
    else if (isLoggedIn || what === 'unknown' || what.kind !== 'confirmations') void endIfHit(session, what);
    else if (session.grant.isRevokedBy(what) !== 'no') missed.push(what);
  };
}

function reasonOf(what: Revoked): string {
  return reasons[what === 'unknown' ? what : what.kind];
}
