import type { Database } from '../../kernel/db/database.ts';
import type { Logger } from '../../kernel/logger.ts';
import { touchApiKey, touchSession } from './repository.ts';

const flushEveryMs = 60_000;
/** Small, so that no other writer waits long. */
const rowsPerTransaction = 200;

type Kind = 'session' | 'api-key';

/** When sessions and API keys were last used: noted in memory and written together, because a read must not write. */
export interface Activity extends AsyncDisposable {
  note(kind: Kind, id: number, at: number): void;
  /** What is not written yet. */
  pending(kind: Kind, id: number): number | undefined;
  flush(): Promise<void>;
}

export function createActivity(database: Database, logger: Logger): Activity {
  const noted = { session: new Map<number, number>(), 'api-key': new Map<number, number>() };

  async function flushKind(kind: Kind): Promise<void> {
    const touch = kind === 'session' ? touchSession : touchApiKey;
    const rows = [...noted[kind]];
    for (let start = 0; start < rows.length; start += rowsPerTransaction) {
      const batch = rows.slice(start, start + rowsPerTransaction);
      await database.transaction(async (trx) => {
        for (const [id, at] of batch) await touch(trx, id, at);
      });
      // What was used again meanwhile stays noted.
      for (const [id, at] of batch) if (noted[kind].get(id) === at) noted[kind].delete(id);
    }
  }

  async function flush(): Promise<void> {
    await flushKind('session');
    await flushKind('api-key');
  }

  const timer = setInterval(() => {
    flush().catch((err: unknown) => {
      logger.warn({ err }, 'The last use of sessions could not be written; it is tried again in a minute.');
    });
  }, flushEveryMs);
  timer.unref();

  return {
    note: (kind, id, at) => void noted[kind].set(id, at),
    pending: (kind, id) => noted[kind].get(id),
    flush,
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await flush();
    },
  };
}
