import { systemActor } from '../../audit/actor.ts';
import type { Change } from '../../change/change.ts';
import type { CallerCredential, CredentialType } from '../../kernel/caller.ts';
import type { Trx } from '../../kernel/db/database.ts';
import type { Job } from '../../kernel/jobs/job.ts';
import { touchApiKey, touchSignIn, type Use } from './repository.ts';

/** How often recorded uses are written; the database is behind by at most this. */
export const flushEveryMs = 60_000;
/** Small, so that other writers do not wait long. */
const rowsPerTransaction = 200;

const touchRow: Readonly<Record<CredentialType, (trx: Trx, id: number, use: Use) => Promise<void>>> = {
  session: touchSignIn,
  'api-key': touchApiKey,
};

/** When credentials were last used, and from where. Kept in memory and written together, because a read must not write. */
export interface Activity extends AsyncDisposable {
  note(credential: CallerCredential, use: Use): void;
  /** The use that is not written yet. */
  pending(credential: CallerCredential): Use | undefined;
  flush(): Promise<void>;
  /** Writes the uses that this node has recorded. */
  readonly jobs: readonly Job[];
}

/** Keeps uses in memory and writes them together, so that requests do not wait for it. */
export function createActivity(change: Change): Activity {
  const noted: Readonly<Record<CredentialType, Map<number, Use>>> = { session: new Map(), 'api-key': new Map() };

  async function flushType(type: CredentialType): Promise<void> {
    const touch = touchRow[type];
    const rows = [...noted[type]];
    for (let start = 0; start < rows.length; start += rowsPerTransaction) {
      const batch = rows.slice(start, start + rowsPerTransaction);
      await change.by(systemActor, async ({ trx }) => {
        for (const [id, use] of batch) await touch(trx, id, use);
      });
      // A credential that was used again meanwhile stays pending.
      for (const [id, use] of batch) if (noted[type].get(id) === use) noted[type].delete(id);
    }
  }

  async function flush(): Promise<void> {
    await flushType('session');
    await flushType('api-key');
  }

  return {
    note: ({ type, id }, use) => void noted[type].set(id, use),
    pending: ({ type, id }) => noted[type].get(id),
    flush,
    jobs: [{ name: 'auth.write-activity', everyMs: flushEveryMs, scope: 'node', run: flush }],
    [Symbol.asyncDispose]: flush,
  };
}
