import { say } from '@gatehouse/contract/messages/message';
import type { ProblemCode } from '@gatehouse/contract/problem-status';
import { AppError } from '../../../kernel/app-error.ts';
import type { Caller } from '../../../kernel/caller.ts';
import type { Ending } from './live-session.ts';
import type { UseRecord } from './record.ts';
import type { Registry } from './registry.ts';

const codes: Readonly<Record<Ending['cause'], ProblemCode>> = {
  revoked: 'forbidden',
  person: 'conflict',
  abandoned: 'timed_out',
  idle: 'timed_out',
  shutdown: 'unavailable',
};

/** What a running use can ask and report. */
export interface Running {
  /** Ends the use, with a reason. */
  readonly stop: AbortSignal;
  /** Call it after the logins, if something follows them. */
  readonly onLoggedIn: () => void;
}

/** Runs a use that ends with the request, or earlier if it must. */
export async function withinRequest<R extends UseRecord, T>(
  registry: Registry,
  caller: Caller,
  begin: () => Promise<R>,
  work: (record: R, running: Running) => Promise<T>,
): Promise<T> {
  const place = registry.reserve(caller);
  try {
    const record = await begin();
    const stop = new AbortController();
    place.start({
      id: record.sessionId,
      grant: record.login.grant,
      atShutdown: 'finishes',
      end: ({ cause, why }) => {
        stop.abort(new AppError(codes[cause], say('session_ended', { why })));
      },
    });
    return await work(record, {
      stop: stop.signal,
      onLoggedIn: () => {
        place.loggedIn();
      },
    });
  } finally {
    place.release();
  }
}
