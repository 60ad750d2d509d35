import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { temporarySqlite, type TemporaryDatabase } from '../../../test/temporary-sqlite.ts';
import type { Lease, Leases } from '../jobs/job.ts';
import { createLeases } from './job-leases.ts';

const hourMs = 3_600_000;
const job = { name: 'test.prune', everyMs: hourMs };

let temporary: TemporaryDatabase;

beforeEach(async () => {
  temporary = await temporarySqlite();
});

afterEach(async () => {
  await temporary[Symbol.asyncDispose]();
});

const node = (nodeId: string, leaseMs?: number): Leases =>
  createLeases({ database: temporary.db, nodeId, ...(leaseMs === undefined ? {} : { leaseMs }) });

async function taken(leases: Leases, asked = job): Promise<Lease> {
  const lease = await leases.take(asked);
  if ('waitMs' in lease) throw new Error(`the lease is not free for ${lease.waitMs} ms`);
  return lease;
}

async function waitMs(leases: Leases, asked = job): Promise<number> {
  const lease = await leases.take(asked);
  return 'waitMs' in lease ? lease.waitMs : 0;
}

const setRow = (values: { readonly held_until_ms?: number; readonly due_at_ms?: number }) =>
  temporary.db.transaction((trx) => trx.updateTable('job_leases').set(values).execute());

describe('the lease of a job', () => {
  test('is one node’s at a time', async () => {
    const leases = await Promise.all(['one', 'two', 'three'].map((id) => node(id).take(job)));
    expect(leases.filter((lease) => 'release' in lease)).toHaveLength(1);
    expect(await waitMs(node('one'))).toBeGreaterThan(30_000);
  });

  test('is free a period after a run began', async () => {
    await (await taken(node('one'))).release(true);
    expect(await waitMs(node('two'))).toBeGreaterThan(hourMs - 60_000);
    await setRow({ due_at_ms: 0 });
    await taken(node('two'));
  });

  test('is free at once where the run came to no end', async () => {
    await (await taken(node('one'))).release(false);
    await taken(node('two'));
  });

  test('of a lost node is taken over when it runs out, and not before', async () => {
    const lost = await taken(node('lost'));
    expect(await waitMs(node('other'))).toBeGreaterThan(0);
    await setRow({ held_until_ms: 1 });
    const other = await taken(node('other'));
    // The lost one is back, and gives back what it no longer has.
    await lost.release(true);
    expect(await waitMs(node('third'))).toBeGreaterThan(0);
    await other.release(true);
    expect(await waitMs(node('third'))).toBeGreaterThan(60_000);
  });

  test('runs out by the clock of the database', async () => {
    await taken(node('lost', 50));
    const left = await waitMs(node('other', 50));
    expect(left).toBeLessThanOrEqual(50);
    await delay(60);
    await taken(node('other', 50));
  });

  test('is no other job’s', async () => {
    await taken(node('one'));
    await taken(node('two'), { name: 'test.other', everyMs: hourMs });
  });

  test('is free where a clock that went back has set it far ahead', async () => {
    await (await taken(node('one'))).release(true);
    await setRow({ due_at_ms: Date.now() + 24 * hourMs });
    await taken(node('two'));
    await setRow({ held_until_ms: Date.now() + 24 * hourMs, due_at_ms: 0 });
    await taken(node('three'));
  });
});
