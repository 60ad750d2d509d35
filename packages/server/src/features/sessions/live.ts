import { AppError } from '../../kernel/app-error.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Revocation } from '../../kernel/events.ts';
import type { Logger } from '../../kernel/logger.ts';
import { isHitBy, type Touches } from './touches.ts';

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
  readonly touches: Touches;
  end(ending: Ending): void;
}

/** A place among what runs. It is taken before anything is looked up, so that no limit is passed and no revocation missed meanwhile. */
export interface Place<T extends LiveSession> {
  /** From here on revocations end the session; those since the place was taken do so at once. */
  occupy(session: T): void;
  /** Safe to call twice. */
  leave(): void;
}

/** What runs right now. */
export interface LiveSessions<T extends LiveSession> {
  /** Throws `too_many_requests` above the limit of the account, `unavailable` while the server stops. */
  enter(caller: Caller): Place<T>;
  get(id: number): T | undefined;
  all(): readonly T[];
  /** Ends what rests on a revoked access, at once; `unknown`: what rests on any access that is no longer there. */
  revoke(what: Revocation | 'unknown'): void;
  /** Ends everything. */
  endAll(ending: Ending): void;
  /** Nobody enters any more. */
  close(): void;
  /** Resolves when nothing runs any more. */
  idle(): Promise<void>;
}

interface Options {
  readonly maxPerAccount: () => number;
  /** Looks up whether what a session rests on is still there, where it is not known. */
  readonly stillMay: (touches: Touches) => Promise<boolean>;
  readonly logger: Logger;
}

interface Slot<T> {
  readonly accountId: number;
  /** Revocations since the place was taken; empty once it is occupied. */
  readonly missed: (Revocation | 'unknown')[];
  session: T | undefined;
}

/** How soon a place may be free again, in seconds: what a client is told that found none. */
const retryAfterS = 10;

const reasons: Readonly<Record<Revocation['kind'] | 'unknown', string>> = {
  account: 'the account was changed or closed',
  'login-session': 'the sign-in was ended',
  'api-key': 'the API key was deleted',
  membership: 'the membership in the organization ended',
  permissions: 'the permission to connect was taken away',
  organization: 'the organization was deleted',
  identity: 'the identity was deleted or moved',
  entry: 'the server was deleted or leads somewhere else now',
  unknown: 'the access to it has ended',
};

export function createLiveSessions<T extends LiveSession>({
  maxPerAccount,
  stillMay,
  logger,
}: Options): LiveSessions<T> {
  const slots = new Set<Slot<T>>();
  const byId = new Map<number, T>();
  let closed = false;
  let waiting: (() => void)[] = [];

  const endIfHit = createEnder(stillMay, logger);
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
      const slot: Slot<T> = { accountId, missed: [], session: undefined };
      slots.add(slot);
      return {
        occupy(session) {
          slot.session = session;
          if (session.id !== null) byId.set(session.id, session);
          for (const what of slot.missed.splice(0)) void endIfHit(session, what);
        },
        leave: () => {
          leave(slot);
        },
      };
    },
    get: (id) => byId.get(id),
    all: () => [...slots].flatMap(({ session }) => session ?? []),
    revoke(what) {
      for (const slot of slots) {
        if (slot.session === undefined) slot.missed.push(what);
        else void endIfHit(slot.session, what);
      }
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

/** What ends a session if a revocation hits it. */
function createEnder(stillMay: Options['stillMay'], logger: Logger) {
  const mayGoOn = async (touches: Touches) => {
    try {
      return await stillMay(touches);
    } catch (error) {
      logger.error({ err: error }, 'it could not be looked up whether a session may go on; it ends');
      return false;
    }
  };
  return async (session: LiveSession, what: Revocation | 'unknown') => {
    const hit = what === 'unknown' ? 'recheck' : isHitBy(session.touches, what);
    if (hit === 'no' || (hit === 'recheck' && (await mayGoOn(session.touches)))) return;
    session.end({ cause: 'revoked', words: reasons[what === 'unknown' ? what : what.kind] });
  };
}
