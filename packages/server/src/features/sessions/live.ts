import type { Revocation } from '../../kernel/events.ts';
import { isHitBy, type Touches } from './touches.ts';

/** Something that runs on a server right now and can be told to stop. */
export interface LiveSession {
  readonly touches: Touches;
  /** Ends it; the words go to whoever watches it. */
  end(why: string): void;
}

/** What runs right now, by session id. */
export interface LiveSessions<T extends LiveSession> {
  add(id: number, session: T): void;
  remove(id: number): void;
  get(id: number): T | undefined;
  all(): readonly T[];
  /** Resolves when nothing runs any more. */
  idle(): Promise<void>;
}

export function createLiveSessions<T extends LiveSession>(): LiveSessions<T> {
  const sessions = new Map<number, T>();
  let waiting: (() => void)[] = [];
  return {
    add: (id, session) => void sessions.set(id, session),
    remove(id) {
      sessions.delete(id);
      if (sessions.size > 0) return;
      for (const resolve of waiting) resolve();
      waiting = [];
    },
    get: (id) => sessions.get(id),
    all: () => [...sessions.values()],
    idle: () => (sessions.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  };
}

const reasons: Readonly<Record<Revocation['kind'], string>> = {
  account: 'the account was changed or closed',
  'login-session': 'the sign-in was ended',
  'api-key': 'the API key was deleted',
  membership: 'the membership in the organization ended',
  permissions: 'the permission to connect was taken away',
  organization: 'the organization was deleted',
  identity: 'the identity was deleted',
  entry: 'the server was deleted or leads somewhere else now',
};

/** Ends what rests on a revoked access, at once; `stillMay` looks up the permission where that is what changed. */
export async function endRevoked(
  what: Revocation,
  sessions: readonly LiveSession[],
  stillMay: (touches: Touches) => Promise<boolean>,
): Promise<void> {
  for (const session of sessions) {
    const hit = isHitBy(session.touches, what);
    if (hit === 'yes' || (hit === 'recheck' && !(await stillMay(session.touches)))) session.end(reasons[what.kind]);
  }
}
