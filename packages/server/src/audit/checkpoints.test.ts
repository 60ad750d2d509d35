import { appendFileSync, existsSync, mkdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addEntry } from '../../test/recorded-entry.ts';
import { temporarySqlite, type TemporaryDatabase } from '../../test/temporary-sqlite.ts';
import { localKek } from '../vault/kek/local.ts';
import { createVault, type Vault } from '../vault/vault.ts';
import { verifyChain } from './chain.ts';
import { createCheckpoints, type CheckpointLimits, type Checkpoints } from './checkpoints.ts';
import { verifyLog } from './verify.ts';

const never = 3_600_000;

let temporary: TemporaryDatabase;
let vault: Vault;
let file: string;
let errors: unknown[];

beforeEach(async () => {
  temporary = await temporarySqlite();
  vault = await createVault({ db: temporary.db, kek: localKek(Buffer.alloc(32, 1)) });
  file = join(temporary.dataDir, 'checkpoints.log');
  errors = [];
});

afterEach(async () => {
  await temporary[Symbol.asyncDispose]();
});

function start(limits: CheckpointLimits = { entries: 10, ageMs: never }) {
  return createCheckpoints({ db: temporary.db, vault, file, limits, onError: (error) => errors.push(error) });
}

const recordEntries = (count: number) =>
  temporary.db.transaction(async (trx) => {
    for (let entry = 0; entry < count; entry++) await addEntry(trx, {});
  });

async function sizes(): Promise<number[]> {
  await using checkpoints = start({ entries: never, ageMs: never });
  const collected: number[] = [];
  for await (const note of checkpoints.collected()) if (note.kind === 'signed') collected.push(note.checkpoint.size);
  return collected;
}

/** What the server does again and again. */
async function runJobs({ jobs }: Checkpoints): Promise<void> {
  for (const job of jobs) await job.run(AbortSignal.timeout(30_000));
}

describe('checkpoints', () => {
  it('state on demand how long the log is, signed', async () => {
    await recordEntries(3);
    await using checkpoints = start();
    const note = await checkpoints.make();
    expect(note).toContain(`gatehouse/${vault.instanceId}\n3\n`);
    const checkpoint = checkpoints.open(note);
    if (checkpoint === undefined) throw new Error('the note does not open');
    expect(await verifyChain(temporary.db.read, { checkpoints: [checkpoint] })).toEqual({ ok: true, entries: 3 });
  });

  it('are collected in a private file after so many entries', async () => {
    const running = start();
    await recordEntries(9);
    await runJobs(running);
    expect(existsSync(file)).toBe(false);
    await recordEntries(1);
    await runJobs(running);
    await running[Symbol.asyncDispose]();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await sizes()).toEqual([10]);
  });

  it('are collected after so much time, when there is anything new', async () => {
    await recordEntries(1);
    const running = start({ entries: never, ageMs: 0 });
    for (let run = 0; run < 3; run++) await runJobs(running);
    expect(existsSync(file)).toBe(true);
    await running[Symbol.asyncDispose]();
    expect(await sizes()).toEqual([1]);
  });

  it('are none while there is no file', async () => {
    expect(await sizes()).toEqual([]);
  });

  it('are collected a last time at the end', async () => {
    const running = start();
    await recordEntries(2);
    await running[Symbol.asyncDispose]();
    expect(await sizes()).toEqual([2]);
  });

  it('are read past what a crash or a stranger left in the file', async () => {
    await recordEntries(1);
    await start()[Symbol.asyncDispose]();
    await recordEntries(1);
    await start()[Symbol.asyncDispose]();
    truncateSync(file, statSync(file).size - 20);
    await recordEntries(1);
    await start()[Symbol.asyncDispose]();
    appendFileSync(file, 'nonsense\n— gatehouse/other AAAA\n');
    expect(await sizes()).toEqual([1, 3]);
  });

  it('find a database of yesterday even after the server went on with it', async () => {
    await recordEntries(5);
    await start()[Symbol.asyncDispose]();
    await using yesterday = await temporarySqlite();
    await yesterday.db.transaction(async (trx) => {
      const rows = await temporary.db.read.selectFrom('audit_log').selectAll().where('seq', '<=', 2).execute();
      await trx.insertInto('audit_log').values(rows).execute();
    });
    const options = { db: yesterday.db, vault, file, onError: (error: unknown) => errors.push(error) };
    await createCheckpoints(options)[Symbol.asyncDispose]();
    await using checkpoints = createCheckpoints(options);
    const report = await verifyLog(yesterday.db.read, checkpoints.collected());
    expect(report).toMatchObject({ ok: false, firstBad: 3, checkpoints: { comparison: 'mismatch' } });
  });

  it('report a file that cannot be written, and go on', async () => {
    mkdirSync(file);
    const running = start();
    await recordEntries(10);
    await expect(runJobs(running)).rejects.toMatchObject({ code: 'EISDIR' });
    await running[Symbol.asyncDispose]();
    expect(errors).toMatchObject([{ code: 'EISDIR' }]);
  });
});
