import type { Database } from '../kernel/db/database.ts';
import type { Job } from '../kernel/jobs/job.ts';
import type { Vault } from '../vault/vault.ts';
import type { Checkpoint } from './chain.ts';
import { appendNote, readNotes, type StoredNote } from './checkpoint-file.ts';
import { genesisHash } from './entry-hash.ts';
import { openNote, signNote, verifierKey, type NoteKey } from './note.ts';
import { findHead } from './record.ts';

interface Options {
  readonly db: Database;
  readonly vault: Pick<Vault, 'instanceId' | 'checkpointSigner'>;
  /** The file of checkpoints: best on another disk than the database, or copied regularly. */
  readonly file: string;
  /** Called if the last checkpoint could not be created or written. */
  readonly onError: (error: unknown) => void;
  readonly limits?: CheckpointLimits;
}

/** The next checkpoint is due after this many entries, or after this time if there is a new entry. */
export interface CheckpointLimits {
  readonly entries: number;
  readonly ageMs: number;
}

const defaultLimits: CheckpointLimits = { entries: 1_000, ageMs: 60_000 };
/** How often the job checks whether a checkpoint is due. */
const lookEveryMs = 1_000;

/** Signed checkpoints of the audit log, which reveal a log that was truncated or restored to an older state. */
export interface Checkpoints extends AsyncDisposable {
  /** The public key that verifies the notes, in the form of C2SP tools. */
  readonly verifierKey: string;
  /** A signed note about the log as it is now. */
  make(): Promise<string>;
  /** The notes of the file, for `verifyLog`. */
  collected(): AsyncIterable<StoredNote>;
  /** The checkpoint in a note of this installation, `undefined` for any other text. */
  open(note: string): Checkpoint | undefined;
  /** Appends checkpoints to the file when they are due. Each node has its own file. */
  readonly jobs: readonly Job[];
}

/** The origin and key of this installation's checkpoints. */
export function noteKey({ instanceId, checkpointSigner }: Options['vault']): NoteKey {
  return { origin: `gatehouse/${instanceId}`, publicKey: checkpointSigner.publicKey };
}

/** Creates checkpoints on demand and in its job, and appends a last one when it is disposed. */
export function createCheckpoints({ db, vault, file, onError, limits = defaultLimits }: Options): Checkpoints {
  const key = noteKey(vault);
  const { origin } = key;
  // Starts at 0, not at the last checkpoint of the file: a restored log is shorter than that, and needs new checkpoints.
  let written = { size: 0, at: Date.now() };
  let turn = Promise.resolve();

  const read = async (): Promise<Checkpoint> => {
    const head = await findHead(db.read);
    return head === undefined ? { size: 0, hash: genesisHash } : { size: head.seq, hash: head.hash };
  };

  const collect = async (isDue: (entries: number) => boolean): Promise<void> => {
    const checkpoint = await read();
    if (checkpoint.size === written.size || !isDue(checkpoint.size - written.size)) return;
    await appendNote(file, signNote(origin, vault.checkpointSigner, checkpoint));
    written = { size: checkpoint.size, at: Date.now() };
  };
  const isDue = (entries: number): boolean => entries >= limits.entries || Date.now() - written.at >= limits.ageMs;
  const collectDue = (): Promise<void> => {
    const collected = collect(isDue);
    turn = collected.catch(() => undefined);
    return collected;
  };

  return {
    verifierKey: verifierKey(key),
    make: async () => signNote(origin, vault.checkpointSigner, await read()),
    collected: () => readNotes(file, key),
    open: (note) => openNote(key, note),
    jobs: [{ name: 'audit.checkpoints', everyMs: lookEveryMs, scope: 'node', run: collectDue }],
    async [Symbol.asyncDispose]() {
      await turn;
      await collect(() => true).catch(onError);
    },
  };
}
