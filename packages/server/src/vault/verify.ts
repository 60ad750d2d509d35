import { setImmediate } from 'node:timers/promises';
import { AppError } from '../kernel/app-error.ts';
import type { Db } from '../kernel/db/database.ts';
import { newestEntry, readRecordedVersions, type RecordedVersions } from './recorded-versions.ts';
import type { RecordedRows, SealedRow, SealedRows } from './sealed-rows.ts';
import type { Secret } from './secret.ts';
import type { Slot } from './slot.ts';

/**
 * What is wrong with a stored secret. `unreadable`: it does not open in its slot. It opens, but the audit log recorded `older`: a newer version;
 * `destroyed`: its destruction; `unrecorded`: no write of this version. `missing`: the audit log recorded a version, and none is stored.
 */
export type SecretFault = 'unreadable' | 'older' | 'destroyed' | 'unrecorded' | 'missing';

/** A stored secret that differs from what was last written. */
export interface SecretProblem {
  /** The name of the `SealedRows`. */
  readonly rows: string;
  readonly rowId: number | string;
  readonly field: string;
  readonly fault: SecretFault;
}

/** The result of `verifySecrets`. */
export interface VaultReport {
  /** How many secrets opened. */
  readonly opened: number;
  readonly problems: readonly SecretProblem[];
}

/** The input of the verification. */
export interface SecretVerification {
  readonly db: Db;
  /** `Vault.open`. */
  readonly open: (slot: Slot, frame: Buffer) => Promise<Secret>;
  readonly sealedRows: readonly SealedRows[];
  /** If aborted, the verification rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

const rowsPerTurn = 20;

/**
 * Opens every sealed row and compares its version with the audit log, so that a restored older row is found. Trusts the audit log: verify its chain,
 * too. Only reads, and takes no lock.
 */
export async function verifySecrets(verification: SecretVerification): Promise<VaultReport> {
  let opened = 0;
  const problems: SecretProblem[] = [];
  for (const rows of verification.sealedRows) {
    const first = await examineAll(verification, rows);
    opened += first.opened;
    if (first.problems.length === 0) continue;
    // A row may change between reading the log and reading the row. A real problem remains at the second look; a changed row is in order then.
    const again = new Set((await examineAll(verification, rows)).problems.map(nameOf));
    for (const found of first.problems) if (again.has(nameOf(found))) problems.push(found.problem);
  }
  return { opened, problems };
}

/** The same for the secrets of some rows: those that the newest `entries` audit entries wrote, `rows` of them at most. */
export async function verifyNewestSecrets(
  { db, open, sealedRows }: SecretVerification,
  limits: { readonly entries: number; readonly rows: number },
): Promise<VaultReport> {
  let opened = 0;
  const problems: SecretProblem[] = [];
  for (const { name, recorded } of sealedRows) {
    if (recorded === undefined) continue;
    const upTo = await newestEntry(db);
    const after = Math.max(0, upTo - limits.entries);
    const all = await readRecordedVersions(db, recorded.resource, { after, upTo });
    const versions = new Map([...all].slice(-limits.rows));
    const examined = createExamination(open, name, versions);
    for (const row of await recorded.find(db, [...versions.keys()])) {
      // Written before these entries, which do not mention it.
      if (versions.get(Number(row.slot.rowId))?.[row.slot.field] !== undefined) await examined.examine(row);
    }
    opened += examined.opened();
    const missing = await examined.missing(db, recorded);
    problems.push(...[...examined.problems, ...missing].map(({ problem }) => problem));
  }
  return { opened, problems };
}

/** A problem, and the stored version. */
interface Found {
  readonly problem: SecretProblem;
  readonly version: number | undefined;
}

function nameOf({ problem, version }: Found): string {
  return JSON.stringify([problem.rowId, problem.field, problem.fault, version]);
}

async function examineAll({ db, open, signal }: SecretVerification, { name, recorded, ...rows }: SealedRows) {
  signal?.throwIfAborted();
  // Read before the rows, so that no row is older than the recorded versions.
  const versions =
    recorded && (await readRecordedVersions(db, recorded.resource, { after: 0, upTo: await newestEntry(db) }, signal));
  const examined = createExamination(open, name, versions);
  let count = 0;
  for await (const page of rows.each(db))
    for (const row of page) {
      await examined.examine(row);
      if (++count % rowsPerTurn === 0) await setImmediate(undefined, { signal });
    }
  const missing = recorded === undefined ? [] : await examined.missing(db, recorded, signal);
  return { opened: examined.opened(), problems: [...examined.problems, ...missing] };
}

/** Examines the rows of one name; `versions` is undefined if they are not recorded. */
function createExamination(open: SecretVerification['open'], name: string, versions: RecordedVersions | undefined) {
  const problems: Found[] = [];
  const seen = new Set<string>();
  let opened = 0;
  return {
    problems,
    opened: () => opened,
    async examine({ slot, frame }: SealedRow): Promise<void> {
      const { rowId, field, version } = slot;
      seen.add(`${rowId} ${field}`);
      const readable = await opens(open, slot, frame);
      if (readable) opened++;
      const fault = readable ? versions && compare(slot, versions) : 'unreadable';
      if (fault !== undefined) problems.push({ problem: { rows: name, rowId, field, fault }, version });
    },
    /** Recorded secrets that were not among the rows. If a whole row is missing, its owner may have been deleted. */
    async missing(db: Db, rows: RecordedRows, signal?: AbortSignal): Promise<Found[]> {
      const absent = [...(versions ?? [])].flatMap(([rowId, fields]) =>
        Object.entries(fields)
          .filter(([field, version]) => version !== null && !seen.has(`${rowId} ${field}`))
          .map(([field]) => ({ rowId, field })),
      );
      const found: Found[] = [];
      for (let start = 0; start < absent.length; start += rowsPerTurn) {
        const some = absent.slice(start, start + rowsPerTurn);
        const there = await rows.existing(
          db,
          some.map(({ rowId }) => rowId),
        );
        for (const { rowId, field } of some)
          if (there.has(rowId))
            found.push({ problem: { rows: name, rowId, field, fault: 'missing' }, version: undefined });
        await setImmediate(undefined, { signal });
      }
      return found;
    },
  };
}

async function opens(open: SecretVerification['open'], slot: Slot, frame: Buffer): Promise<boolean> {
  try {
    (await open(slot, frame)).destroy();
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'secret_unreadable') return false;
    throw error;
  }
}

function compare({ rowId, field, version }: Slot, versions: RecordedVersions): SecretFault | undefined {
  const recorded = versions.get(Number(rowId))?.[field];
  if (recorded === null) return 'destroyed';
  if (recorded === undefined || version > recorded) return 'unrecorded';
  return version < recorded ? 'older' : undefined;
}
