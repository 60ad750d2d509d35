import type { Revoked } from '../../../access/revocation.ts';
import { refuse } from '../../../kernel/app-error.ts';
import type { Caller } from '../../../kernel/caller.ts';
import type { Logger } from '../../../kernel/logger.ts';
import { createJudge, type Judged } from './judge.ts';
import type { Ending, LiveSession } from './live-session.ts';

/** A reserved place for a running use. It is reserved before any look-up, so that no limit is exceeded and no revocation missed meanwhile. */
export interface Reservation {
  /** From now on revocations end the session; those since the reservation are applied at once. */
  start(session: LiveSession): void;
  /** Reports that its logins are done. Logins check confirmations themselves; from now on, a lost confirmation ends the session. */
  loggedIn(): void;
  /** Safe to call twice. */
  release(): void;
}

/** The running uses, of all kinds. */
export interface Registry {
  /** Throws `too_many_requests` above the limit of the account, `unavailable` while the server stops. */
  reserve(caller: Caller): Reservation;
  get(id: number): LiveSession | undefined;
  all(): readonly LiveSession[];
  /** Ends the sessions whose grants are revoked. */
  revoke(what: Revoked): void;
  /** Ends everything. */
  endAll(ending: Ending): void;
  /** Refuses new reservations. */
  close(): void;
  /** Resolves once nothing runs. */
  idle(): Promise<void>;
}

interface RunningUse extends Judged {
  readonly accountId: number;
  session: LiveSession | undefined;
}

interface Options {
  readonly maxPerAccount: () => number;
  readonly logger: Logger;
}

/** How soon a place may be free, in seconds, for a refused client. */
const retryAfterS = 10;

/** Keeps the running uses of this process. */
export function createRegistry({ maxPerAccount, logger }: Options): Registry {
  const uses = new Set<RunningUse>();
  const byId = new Map<number, LiveSession>();
  let closed = false;
  let waiting: (() => void)[] = [];

  const judge = createJudge(logger);
  const release = (slot: RunningUse) => {
    uses.delete(slot);
    if (typeof slot.session?.id === 'number') byId.delete(slot.session.id);
    if (uses.size > 0) return;
    for (const resolve of waiting) resolve();
    waiting = [];
  };

  return {
    reserve({ accountId }) {
      if (closed) throw refuse('server_stopping', { retryAfterS });
      const own = uses.values().filter((slot) => slot.accountId === accountId);
      const limit = maxPerAccount();
      if ([...own].length >= limit)
        throw refuse(
          'sessions_used_up',
          { count: limit },
          {
            retryAfterS,
          },
        );
      const slot: RunningUse = { accountId, missed: [], isLoggedIn: false, session: undefined };
      uses.add(slot);
      return {
        start(session) {
          slot.session = session;
          if (session.id !== null) byId.set(session.id, session);
          for (const what of slot.missed.splice(0)) judge(slot, what);
        },
        loggedIn() {
          slot.isLoggedIn = true;
          for (const what of slot.missed.splice(0)) judge(slot, what);
        },
        release: () => {
          release(slot);
        },
      };
    },
    get: (id) => byId.get(id),
    all: () => [...uses].flatMap(({ session }) => session ?? []),
    revoke(what) {
      for (const slot of uses) judge(slot, what);
    },
    endAll(ending) {
      for (const { session } of uses) session?.end(ending);
    },
    close() {
      closed = true;
    },
    idle: () => (uses.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  };
}
