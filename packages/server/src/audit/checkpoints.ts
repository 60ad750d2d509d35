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
  /** The file that collects checkpoints: best on another disk than the database, or copied away from time to time. */
  readonly file: string;
  /** Told when the last checkpoint could not be made or written. */
  readonly onError: (error: unknown) => void;
  readonly limits?: CheckpointLimits;
}

/** When the next checkpoint is due: after so many entries or so much time with at least one, whatever comes first. */
export interface CheckpointLimits {
  readonly entries: number;
  readonly ageMs: number;
}

const defaultLimits: CheckpointLimits = { entries: 1_000, ageMs: 60_000 };
/** How often the log is looked at. */
const lookEveryMs = 1_000;

/** Signed statements of how long the audit log is, so that a log that was cut off or put back to an older state is found out. */
export interface Checkpoints extends AsyncDisposable {
  /** The public key that checks the notes, as C2SP tools take it. */
  readonly verifierKey: string;
  /** A signed note about the log as it is now. */
  make(): Promise<string>;
  /** The notes that the file has collected, for `verifyLog`. */
  collected(): AsyncIterable<StoredNote>;
  /** The checkpoint in a note of this installation, `undefined` for any other text. */
  open(note: string): Checkpoint | undefined;
  /** Adds checkpoints that are due to the file, which each node has for itself. */
  readonly jobs: readonly Job[];
}

/** Whose notes the checkpoints of this installation are. */
export function noteKey({ instanceId, checkpointSigner }: Options['vault']): NoteKey {
  return { origin: `gatehouse/${instanceId}`, publicKey: checkpointSigner.publicKey };
}

/** Makes checkpoints on demand and by its job, and adds a last one to the file when it is disposed. */
export function createCheckpoints({ db, vault, file, onError, limits = defaultLimits }: Options): Checkpoints {
  const key = noteKey(vault);
  const { origin } = key;
  // 0, not what the file ends with: a log that was put back is shorter than that, and its checkpoints must be collected too.
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
