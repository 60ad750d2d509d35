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

/** What the database and the newest checkpoint of the file say about each other when the server starts. */
export type StartComparison = {
  /** How many notes among the last ones of the file another key signed. */
  readonly forged: number;
  readonly head: Checkpoint;
} & (
  | { readonly kind: 'match'; readonly checkpoint: Checkpoint }
  /** There is no signed checkpoint: a new installation or node, or somebody removed the file. */
  | { readonly kind: 'nothing' }
  /** The database is not one that came after the checkpoint. `code` names this checkpoint to whoever accepts that. */
  | { readonly kind: 'older'; readonly checkpoint: Checkpoint; readonly code: string }
);

const codeDigits = 12;

/**
 * Compares the head of the log with the newest checkpoint of the file, by reading alone. A file that is older than the database is in order: a
 * crash came before the write, or another node went on.
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

/** Of the checkpoint alone, so that it stays the same while other nodes write, and fits no later checkpoint. */
function codeOf({ size, hash: root }: Checkpoint): string {
  return hash('sha256', `gatehouse restore ${size} ${root.toString('hex')}`).slice(0, codeDigits);
}

/** Why a start with an older database stops, and how to go on with it on purpose. */
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

/** Records that an older database was accepted: the entry links the head that is left to the checkpoint that is given up. */
export async function recordRestore(
  trx: Trx,
  { checkpoint, head }: Extract<StartComparison, { kind: 'older' }>,
  now: string,
): Promise<void> {
  const named = ({ size, hash: root }: Checkpoint) => ({ entries: size, hash: root.toString('hex') });
  const details = { givenUp: named(checkpoint), head: named(head) };
  await record(trx, { ...ofLog, action: 'audit.restore', details }, now);
}

/** Records that there was nothing to compare the log with. */
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

/** Puts the file aside, so that the checkpoints of the data that was given up are not compared any more. Resolves to its new path. */
export async function archiveCheckpoints(file: string, code: string): Promise<string> {
  const aside = join(dirname(file), `audit-checkpoints-given-up-${code}.log`);
  await rename(file, aside);
  return aside;
}
