import { hash } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Db, Trx } from '../kernel/db/database.ts';
import type { Checkpoint } from './chain.ts';
import { readNewestCheckpoint } from './checkpoint-file.ts';
import { genesisHash } from './entry-hash.ts';
import type { NoteKey } from './note.ts';
import { systemActor } from './actor.ts';
import { findHead, record } from './record.ts';

/** How the database and the newest checkpoint of the file compare at the start. */
export type StartComparison = {
  /** How many of the last notes in the file were signed with another key. */
  readonly forged: number;
  readonly head: Checkpoint;
} & (
  | { readonly kind: 'match'; readonly checkpoint: Checkpoint }
  /** There is no signed checkpoint: the installation or node is new, or the file was removed. */
  | { readonly kind: 'nothing' }
  /** The database is older than the checkpoint, or another one. `code` identifies this checkpoint in the setting that accepts it. */
  | { readonly kind: 'older'; readonly checkpoint: Checkpoint; readonly code: string }
);

const codeDigits = 12;

/**
 * Compares the head of the log with the newest checkpoint of the file. Only reads. A file that is older than the database is in order: a crash
 * prevented the write, or another node wrote entries.
 */
export async function compareWithCheckpoint(db: Db, file: string, key: NoteKey): Promise<StartComparison> {
  const { newest, forged } = await readNewestCheckpoint(file, key).catch((cause: unknown) => {
    throw new Error(`The checkpoints of the audit log in ${file} cannot be read.`, { cause });
  });
  const last = await findHead(db);
  const head = last === undefined ? { size: 0, hash: genesisHash } : { size: last.seq, hash: last.hash };
  if (newest === undefined) return { kind: 'nothing', forged, head };
  const matches = newest.size === 0 || (await hashAt(db, newest.size))?.equals(newest.hash) === true;
  if (matches) return { kind: 'match', checkpoint: newest, forged, head };
  return { kind: 'older', checkpoint: newest, code: codeOf(newest), forged, head };
}

async function hashAt(db: Db, seq: number): Promise<Buffer | undefined> {
  const row = await db.selectFrom('audit_log').select('hash').where('seq', '=', seq).executeTakeFirst();
  return row?.hash;
}

/** Depends only on the checkpoint: it stays the same while other nodes write, and matches no later checkpoint. */
function codeOf({ size, hash: root }: Checkpoint): string {
  return hash('sha256', `gatehouse restore ${size} ${root.toString('hex')}`).slice(0, codeDigits);
}

/** Why a start with an older database stops, and how to continue with it on purpose. */
export function olderSentence(
  { checkpoint, head, code }: Extract<StartComparison, { kind: 'older' }>,
  file: string,
): string {
  const what =
    head.size < checkpoint.size
      ? `${file} has a checkpoint of ${checkpoint.size} audit entries, and the database ends at entry ${head.size}.`
      : `Entry ${checkpoint.size} of the audit log is not the one that the newest checkpoint in ${file} was made of.`;
  return [
    `The database is older than what this server wrote last: ${what}`,
    'An older copy was put back, or the last writes are lost. Look for the newer database first.',
    `If you restored a backup on purpose, start once with ACCEPT_RESTORED_DATA=${code} (docs/operations.md, Restore).`,
  ].join(' ');
}

/** Records that an older database was accepted. The entry names both the present head and the checkpoint that is given up. */
export async function recordRestore(
  trx: Trx,
  { checkpoint, head }: Extract<StartComparison, { kind: 'older' }>,
  now: string,
): Promise<void> {
  const named = ({ size, hash: root }: Checkpoint) => ({ entries: size, hash: root.toString('hex') });
  const details = { givenUp: named(checkpoint), head: named(head) };
  await record(trx, { ...ofLog, action: 'audit.restore', details }, now);
}

/** Records that there was no checkpoint to compare the log with. */
export async function recordNothingToCompare(trx: Trx, { head, forged }: StartComparison, now: string): Promise<void> {
  await record(trx, { ...ofLog, action: 'audit.no_checkpoints', details: { entries: head.size, forged } }, now);
}

const ofLog = {
  actor: systemActor,
  resource: 'audit',
  resourceId: null,
  resourceName: null,
  organizationId: null,
  outcome: 'ok',
} as const;

/** Renames the file, so that the checkpoints of the replaced data are not compared any more. Resolves to its new path. */
export async function archiveCheckpoints(file: string, code: string): Promise<string> {
  const aside = join(dirname(file), `audit-checkpoints-given-up-${code}.log`);
  await rename(file, aside);
  return aside;
}
