import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporarySqlite, type TemporaryDatabase } from '../../../test/temporary-sqlite.ts';
import type { Trx } from './database.ts';
import { deleteInBatches } from './delete-in-batches.ts';

let temporary: TemporaryDatabase;
let batches: number[];

beforeEach(async () => {
  temporary = await temporarySqlite();
  batches = [];
  await temporary.db.transaction(async (trx) => {
    for (let id = 0; id < 1_200; id++)
      await trx
        .insertInto('nodes')
        .values({ id: `node ${id}`, seen_at_ms: id % 1_100 })
        .execute();
  });
});

afterEach(async () => {
  await temporary[Symbol.asyncDispose]();
});

/** All but those that were seen in the first hundred milliseconds. */
async function deleteIn(trx: Trx, atMost: number): Promise<number> {
  const later = trx.selectFrom('nodes').select('id').where('seen_at_ms', '>=', 100).limit(atMost);
  const { numDeletedRows } = await trx.deleteFrom('nodes').where('id', 'in', later).executeTakeFirstOrThrow();
  batches.push(Number(numDeletedRows));
  return Number(numDeletedRows);
}

const deleteSome = (atMost: number) => temporary.db.transaction((trx) => deleteIn(trx, atMost));

const left = async () => (await temporary.db.read.selectFrom('nodes').select('id').execute()).length;

test('deletes all there are in batches, and no more than that', async () => {
  await deleteInBatches(AbortSignal.timeout(30_000), deleteSome);
  expect(batches).toEqual([500, 500, 0]);
  expect(await left()).toBe(200);
});

test('stops between two batches when it is told to', async () => {
  const stop = new AbortController();
  const failure = new Error('the server stops');
  const deleting = deleteInBatches(stop.signal, (atMost) => {
    stop.abort(failure);
    return deleteSome(atMost);
  });
  await expect(deleting).rejects.toBe(failure);
  expect(await left()).toBe(700);
});
