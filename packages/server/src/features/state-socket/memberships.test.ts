import { expect, test } from 'vitest';
import { createMemberships } from './memberships.ts';

/** Reads that end when the test says so. */
function start() {
  const reads: ((ids: readonly number[]) => void)[] = [];
  const memberships = createMemberships(() => new Promise<readonly number[]>((resolve) => reads.push(resolve)));
  return { reads, memberships };
}

async function answer(reads: ((ids: readonly number[]) => void)[], index: number, ids: readonly number[]) {
  await expect.poll(() => reads.length).toBeGreaterThan(index);
  reads[index]?.(ids);
}

test('are what was read', async () => {
  const { reads, memberships } = start();
  expect(memberships.ids.size).toBe(0);
  const refreshed = memberships.refresh();
  await answer(reads, 0, [1, 2]);
  await refreshed;
  expect([...memberships.ids]).toEqual([1, 2]);
  memberships.lose(1);
  expect([...memberships.ids]).toEqual([2]);
});

test('do not come back with a read that began before they were lost', async () => {
  const { reads, memberships } = start();
  const refreshed = memberships.refresh();
  memberships.lose(1);
  await answer(reads, 0, [1, 2]);
  await answer(reads, 1, [2]);
  await refreshed;
  expect([...memberships.ids]).toEqual([2]);
  expect(reads).toHaveLength(2);
});

test('are read once more for all that asked meanwhile', async () => {
  const { reads, memberships } = start();
  const refreshed = [memberships.refresh(), memberships.refresh(), memberships.refresh()];
  await answer(reads, 0, []);
  await answer(reads, 1, [3]);
  await Promise.all(refreshed);
  expect([...memberships.ids]).toEqual([3]);
  expect(reads).toHaveLength(2);
});

test('can be read again after a read that failed', async () => {
  let fails = true;
  const memberships = createMemberships(() => (fails ? Promise.reject(new Error('gone')) : Promise.resolve([4])));
  await expect(memberships.refresh()).rejects.toThrow('gone');
  fails = false;
  await memberships.refresh();
  expect([...memberships.ids]).toEqual([4]);
});
