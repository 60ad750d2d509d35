import type { CallerUnitOfWork } from '../../change/change.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Database, Db } from '../../kernel/db/database.ts';
import type { Rights } from '../../kernel/rights.ts';

/** The state that a decision reads: committed rows, or those that a change sees. */
export interface View extends Pick<CallerUnitOfWork, 'caller' | 'now' | 'readRights'> {
  readonly db: Db;
}

interface Committed {
  readonly database: Database;
  readonly rightsOf: (db: Db, accountId: number) => Promise<Rights>;
  readonly now: () => Date;
}

/** The committed rows, for a decision before the change. */
export function committed({ database, rightsOf, now }: Committed, caller: Caller): View {
  const readRights = () => rightsOf(database.read, caller.accountId);
  return { db: database.read, caller, now: now().toISOString(), readRights };
}
