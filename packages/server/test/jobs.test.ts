import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Database } from '../src/kernel/db/database.ts';
import { createLeases } from '../src/kernel/db/job-leases.ts';
import { openPostgres } from '../src/kernel/db/postgres.ts';
import { createJobs, type Jobs } from '../src/kernel/jobs/jobs.ts';
import { createLogger } from '../src/kernel/logger.ts';
import { createTestDatabase, type TestDatabase } from './databases/postgres.ts';
import { startTestGatehouse, type TestGatehouse } from './harness/gatehouse.ts';

const patience = { timeout: 60_000, interval: 20 };
const periodMs = 300;
const jobTimes = { clusterEveryMs: periodMs };
const deleteExpired = 'idempotency.delete-expired';

let database: TestDatabase;
/** As a person at the database sees it. */
let watcher: Database;

beforeEach(async () => {
  database = await createTestDatabase();
  watcher = openPostgres(database.url, () => undefined);
});

afterEach(async () => {
  await watcher[Symbol.asyncDispose]();
  await database.drop();
});

function runsOf(node: TestGatehouse, job: string): number {
  const lines = node.log().split('\n').filter(Boolean);
  return lines.filter((line) => {
    const entry = JSON.parse(line) as { readonly msg?: string; readonly job?: string };
    return entry.msg === 'a job ran' && entry.job === job;
  }).length;
}

const leaseOf = (name: string) =>
  watcher.read.selectFrom('job_leases').selectAll().where('name', '=', name).executeTakeFirst();

test('a job of the cluster runs at one of two nodes, once per period, and goes on when one of them stops', async () => {
  const environment = { DATABASE_URL: database.url, ENCRYPTION_KEY: randomBytes(32).toString('hex') };
  const first = await startTestGatehouse({ environment, jobTimes });
  await using second = await startTestGatehouse({ environment, jobTimes });
  try {
    const person = await second.administrator();
    await person.call('PUT', '/api/organization', { name: 'Ops' }, { 'idempotency-key': 'a-key' });
    const requests = () => watcher.read.selectFrom('idempotent_requests').select('state').execute();
    expect(await requests()).toHaveLength(1);
    await watcher.transaction((trx) =>
      trx
        .updateTable('idempotent_requests')
        .set({ expires_at: new Date(0).toISOString() })
        .execute(),
    );
    await expect.poll(requests, patience).toEqual([]);

    const runs = () => runsOf(first, deleteExpired) + runsOf(second, deleteExpired);
    const before = runs();
    const sinceMs = performance.now();
    await expect.poll(() => runs() - before, patience).toBeGreaterThan(8);
    // One may have begun before, and one was due at once.
    expect(runs() - before).toBeLessThanOrEqual(2 + (performance.now() - sinceMs) / periodMs);
  } finally {
    await first[Symbol.asyncDispose]();
  }
  const before = runsOf(second, deleteExpired);
  await expect.poll(() => runsOf(second, deleteExpired), patience).toBeGreaterThan(before + 1);
});

test('a job of a node that is lost in the middle of a run is taken over by another one, after its lease', async () => {
  const leaseMs = 1_000;
  const logger = createLogger('silent');
  const node = (nodeId: string, opened: Database): Jobs =>
    createJobs({ leases: createLeases({ database: opened, nodeId, leaseMs }), logger, times: { stopMs: 0 } });
  await watcher.migrate();
  const ofFirst = openPostgres(database.url, () => undefined);
  await using ofSecond = openPostgres(database.url, () => undefined);
  const lost = node('first', ofFirst);
  await using other = node('second', ofSecond);

  const hanging = vi.fn(() => new Promise<void>(() => undefined));
  lost.start([{ name: 'test.prune', everyMs: periodMs, scope: 'cluster', run: hanging }]);
  await vi.waitFor(() => {
    expect(hanging).toHaveBeenCalledOnce();
  }, patience);
  const held = await leaseOf('test.prune');
  expect(held).toMatchObject({ node_id: 'first' });
  // As if it had been killed: it does not even give its lease back.
  await ofFirst[Symbol.asyncDispose]();

  let takenOver: Awaited<ReturnType<typeof leaseOf>>;
  const run = async () => void (takenOver ??= await leaseOf('test.prune'));
  other.start([{ name: 'test.prune', everyMs: periodMs, scope: 'cluster', run }]);
  await vi.waitFor(() => {
    expect(takenOver).toBeDefined();
  }, patience);
  expect(takenOver).toMatchObject({ node_id: 'second' });
  const takenAtMs = Number(takenOver?.held_until_ms) - leaseMs;
  expect(takenAtMs).toBeGreaterThanOrEqual(Number(held?.held_until_ms));
  await lost[Symbol.asyncDispose]();
});
