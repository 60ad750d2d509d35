import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporarySqlite, type TemporaryDatabase } from '../../../test/temporary-sqlite.ts';
import { readAll, readPage } from './pages.ts';
import { headOf } from './repository.ts';
import type { Selection } from './selection.ts';
import { createCountIndexes } from './count-index.ts';

const length = 12_345;
const rare = [3, 4_999, 5_000, 5_001, 12_000];
const perInsert = 1_000;

let temporary: TemporaryDatabase;

beforeEach(async () => {
  temporary = await temporarySqlite();
  await append(1, length);
});

afterEach(async () => {
  await temporary[Symbol.asyncDispose]();
});

/** The chain does not matter here, so the hashes are empty. */
async function append(from: number, to: number): Promise<void> {
  const entry = {
    timestamp: '2026-01-01T00:00:00.000Z',
    actor: 'a',
    via: 'session',
    ip_address: null,
    user_agent: null,
  };
  const of = { organization_id: null, resource: 'key', resource_id: null, resource_name: null, outcome: 'ok' };
  const none = { details: '{}', prev_hash: Buffer.alloc(0), hash: Buffer.alloc(0) };
  await temporary.db.transaction(async (trx) => {
    for (let start = from; start <= to; start += perInsert) {
      const rows = Array.from({ length: Math.min(perInsert, to - start + 1) }, (_, index) => {
        const seq = start + index;
        // Two alternating owners, so that a selection of both comes from two partitions.
        return {
          ...entry,
          ...of,
          ...none,
          seq,
          account_id: 1 + (seq % 2),
          action: rare.includes(seq) ? 'rare' : 'key.use',
        };
      });
      await trx.insertInto('audit_log').values(rows).execute();
    }
  });
}

const both: Selection['slices'] = [
  { kind: 'own', accountId: 1, outside: [] },
  { kind: 'own', accountId: 2, outside: [] },
];
const ofRare: Selection = { slices: both, conditions: { action: 'rare' } };

describe('a survey', () => {
  it('covers the log without gap or overlap and counts what matches', async () => {
    const { total, segments } = await createCountIndexes(temporary.db.read).survey(ofRare, length);
    expect(total).toBe(rare.length);
    expect(segments[0]?.from).toBe(1);
    expect(segments.at(-1)?.to).toBe(length);
    for (const [index, { from }] of segments.entries())
      if (index > 0) expect(from).toBe((segments[index - 1]?.to ?? 0) + 1);
    expect(segments.reduce((sum, { count }) => sum + count, 0)).toBe(total);
  });

  it('leads a page to rare entries, over several segments and from a given entry on', async () => {
    const { read } = temporary.db;
    const survey = await createCountIndexes(read).survey(ofRare, length);
    const page = async (newest: number, limit: number) =>
      (await readPage(read, ofRare, survey, { newest, limit })).map(({ seq }) => seq);
    expect(await page(length, 10)).toEqual([12_000, 5_001, 5_000, 4_999, 3]);
    expect(await page(length, 2)).toEqual([12_000, 5_001]);
    expect(await page(5_000, 2)).toEqual([5_000, 4_999]);
    expect(await page(2, 10)).toEqual([]);
  });

  it('counts only what was added since, and stays short however often that happens', async () => {
    const surveys = createCountIndexes(temporary.db.read);
    const all: Selection = { slices: both, conditions: {} };
    const { segments } = await surveys.survey(all, length);
    for (let seq = length + 1; seq <= length + 50; seq++) {
      await append(seq, seq);
      expect((await surveys.survey(all, await headOf(temporary.db.read))).total).toBe(seq);
    }
    expect((await surveys.survey(all, length + 50)).segments.length).toBeLessThanOrEqual(segments.length + 2);
  });
});

describe('reading all', () => {
  it('gives each entry once, oldest first', async () => {
    const numbers: number[] = [];
    for await (const rows of readAll(temporary.db.read, { slices: both, conditions: {} }, length - 1))
      numbers.push(...rows.map(({ seq }) => seq));
    expect(numbers).toEqual(Array.from({ length: length - 1 }, (_, index) => index + 1));
  });
});
