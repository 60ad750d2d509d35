import type { Database } from '../../kernel/db/database.ts';
import type { Job } from '../../kernel/jobs/job.ts';
import { touchApiKey, touchSession, type Use } from './repository.ts';

/** How often what was noted is written: what the database says of the last use is older by that much at most. */
export const flushEveryMs = 60_000;
/** Small, so that no other writer waits long. */
const rowsPerTransaction = 200;

type Kind = 'session' | 'api-key';

/** When sessions and API keys were last used, and from where: noted in memory and written together, because a read must not write. */
export interface Activity extends AsyncDisposable {
  note(kind: Kind, id: number, use: Use): void;
  /** What is not written yet. */
  pending(kind: Kind, id: number): Use | undefined;
  flush(): Promise<void>;
  /** Writes what this node has noted. */
  readonly jobs: readonly Job[];
}

export function createActivity(database: Database): Activity {
  const noted = { session: new Map<number, Use>(), 'api-key': new Map<number, Use>() };

  async function flushKind(kind: Kind): Promise<void> {
    const touch = kind === 'session' ? touchSession : touchApiKey;
    const rows = [...noted[kind]];
    for (let start = 0; start < rows.length; start += rowsPerTransaction) {
      const batch = rows.slice(start, start + rowsPerTransaction);
      await database.transaction(async (trx) => {
        for (const [id, use] of batch) await touch(trx, id, use);
      });
      // What was used again meanwhile stays noted.
      for (const [id, use] of batch) if (noted[kind].get(id) === use) noted[kind].delete(id);
    }
  }

  async function flush(): Promise<void> {
    await flushKind('session');
    await flushKind('api-key');
  }

  return {
    note: (kind, id, use) => void noted[kind].set(id, use),
    pending: (kind, id) => noted[kind].get(id),
    flush,
    jobs: [{ name: 'auth.write-activity', everyMs: flushEveryMs, scope: 'node', run: flush }],
    [Symbol.asyncDispose]: flush,
  };
}
