import type { WebSocket } from 'ws';
import { refuse, type Refusal, type AppError } from '../../kernel/app-error.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Database, Db } from '../../kernel/db/database.ts';
import type { EventStream } from '../../kernel/events.ts';
import type { Job } from '../../kernel/jobs/job.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { Rights } from '../../kernel/rights.ts';
import type { Auth } from '../auth/service.ts';
import { topicsFor } from './topics.ts';
import { createListener, type Listener } from './listener.ts';

/** Far more than the open tabs of a person. */
const maxPerAccount = 20;
const retryAfterS = 10;
/** How often expired sign-ins are looked for; expiry causes no event. */
const signInCheckMs = 1_000;

interface Dependencies {
  readonly database: Database;
  readonly events: EventStream;
  readonly auth: Pick<Auth, 'clock' | 'endsAt'>;
  readonly rightsOf: (db: Db, accountId: number) => Promise<Rights>;
  readonly logger: Logger;
}

/** Notifies clients which of their lists have changed. Disposing closes all sockets. */
export interface StateSockets extends Disposable {
  /**
   * Admits a socket; called before the upgrade. Throws `insufficient_scope` for an API key that may read none of the lists, `too_many_requests`,
   * `unavailable`.
   */
  admit(caller: Caller): (socket: WebSocket) => void;
  readonly jobs: readonly Job[];
}

/** Notifies browsers and programs of changes in what their account may see. */
export function createStateSockets({ database, events, auth, rightsOf, logger }: Dependencies): StateSockets {
  const listeners = new Set<Listener>();
  let stopped = false;
  const organizationsOf = async (accountId: number) => (await rightsOf(database.read, accountId)).organizations.keys();
  const isFull = ({ accountId }: Caller) =>
    [...listeners].filter((listener) => listener.accountId === accountId).length >= maxPerAccount;

  const unsubscribe = events.subscribe((event) => {
    for (const listener of listeners) listener.hear(event);
  });
  const checkSignIns = () => {
    for (const listener of listeners) listener.checkSignIn();
  };

  function join(caller: Caller, socket: WebSocket): void {
    // Several sockets may have been admitted for the last place.
    const full = isFull(caller);
    const listener = createListener(
      { auth, organizationsOf, logger },
      {
        caller,
        socket,
        onGone() {
          listeners.delete(listener);
        },
      },
    );
    listeners.add(listener);
    if (full) listener.close('tooMany');
    if (stopped) listener.close('stops');
  }

  return {
    admit(caller) {
      if (topicsFor(caller).length === 0) throw insufficientScope();
      if (stopped) throw refuse('server_stopping', { retryAfterS });
      if (isFull(caller))
        throw refuse(
          'sockets_used_up',
          { count: maxPerAccount },
          {
            retryAfterS,
          },
        );
      return (socket) => {
        join(caller, socket);
      };
    },
    jobs: [{ name: 'live.sign-ins', everyMs: signInCheckMs, scope: 'node', run: checkSignIns }],
    [Symbol.dispose]() {
      stopped = true;
      unsubscribe();
      for (const listener of listeners) listener.close('stops');
    },
  };
}

function insufficientScope(): AppError {
  const refusal: Refusal<'auth.scope'> = {
    action: 'auth.scope',
    resource: 'operation',
    resourceId: null,
    resourceName: 'live.state',
    organizationId: null,
  };
  return refuse('topics_out_of_scope', {
    refusal,
  });
}
