import { listAuditLogs, type AuditFilter } from '@gatehouse/contract/audit';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { change } from '../../../test/rendering/changes.ts';
import { answering } from '../../../test/rendering/network.ts';
import { newClient } from '../../../test/rendering/rendered.tsx';
import { auditEntry } from '../../../test/rendering/samples.ts';
import { filterOf } from './filter.ts';
import { auditLog, exportAddress, lastVerification, latestOf, newestEntry, useVerify } from './queries.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

const page = (logs: unknown[], nextCursor: string | null = null) => ({ logs, total: logs.length, nextCursor });

describe('filterOf', () => {
  test('has nothing in it that is not chosen', () => {
    const filter = filterOf({ action: 'identity.*', actor: undefined, outcome: undefined, startDate: undefined });
    expect(Object.keys(filter)).toEqual(['action']);
    expect(filterOf({})).toEqual({});
  });

  test('keeps what is chosen as it is', () => {
    const chosen = {
      organizationId: 7,
      action: 'key.pin',
      actor: 'ada',
      resource: 'identity',
      outcome: 'denied',
    } as const;
    expect(filterOf(chosen)).toEqual(chosen);
    expect(filterOf({ organizationId: 'personal' })).toEqual({ organizationId: 'personal' });
  });

  test('makes moments of the days of the reader’s calendar, the last day included', () => {
    const { startDate, endDate } = filterOf({ startDate: '2026-03-01', endDate: '2026-03-04' });
    expect(startDate).toBe(new Date(2026, 2, 1).toISOString());
    expect(endDate).toBe(new Date(2026, 2, 5, 0, 0, 0, -1).toISOString());
  });

  test('what an address may hold is what the API takes', () => {
    const searches = [{ startDate: '2026-03-01' }, { outcome: 'failed' as const, organizationId: 3 }, { actor: 'ada' }];
    for (const search of searches) expect(listAuditLogs.query.safeParse(filterOf(search)).success).toBe(true);
  });
});

describe('the address of an export', () => {
  test('is the plain one where nothing is filtered', () => {
    expect(exportAddress({})).not.toContain('?');
  });

  test('asks for what the list shows, whatever is in it', () => {
    const filter: AuditFilter = { organizationId: 7, actor: 'a&b=c d', action: 'identity.*' };
    const url = new URL(exportAddress(filter), 'https://gate.example.org');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      organizationId: '7',
      actor: 'a&b=c d',
      action: 'identity.*',
    });
  });
});

describe('the log', () => {
  test('is read page by page, each with the filter', async () => {
    const sent = answering(({ path }) =>
      path.includes('cursor') ? page([auditEntry({ seq: 1 })]) : page([auditEntry({ seq: 2 })], 'next-1'),
    );
    const client = newClient();
    const { pages } = await client.infiniteQuery({ ...auditLog({ actor: 'ada' }), pages: 2 });
    expect(pages.map(({ logs }) => logs.map(({ seq }) => seq))).toEqual([[2], [1]]);
    expect(sent.map(({ path }) => new URL(path, 'http://x').search)).toEqual([
      '?actor=ada&limit=100',
      '?actor=ada&limit=100&cursor=next-1',
    ]);
  });

  test('ends where the server names no next page', () => {
    const next = auditLog({}).getNextPageParam;
    expect(next(page([]) as never, [], undefined, [])).toBeUndefined();
    expect(next(page([], 'c') as never, [], undefined, [])).toBe('c');
  });

  test('of one filter is not taken for that of another', () => {
    expect(auditLog({ actor: 'ada' }).queryKey).not.toEqual(auditLog({ actor: 'bob' }).queryKey);
    expect(newestEntry({ actor: 'ada' }).queryKey).not.toEqual(auditLog({ actor: 'ada' }).queryKey);
  });

  test('tells the last verification, and that there was none', async () => {
    const verification = auditEntry({ action: 'audit.verify', resource: 'audit' });
    for (const [logs, last] of [
      [[verification], verification],
      [[], null],
    ] as const) {
      answering(() => page([...logs]));
      expect(await newClient().query(lastVerification)).toEqual(last);
    }
  });

  test('of an organization asks for one action of it', async () => {
    const sent = answering(() => page([]));
    await newClient().query(latestOf(7, 'session.open'));
    expect(sent[0]?.path).toContain('?organizationId=7&action=session.open&limit=8');
  });

  test('is read again once it was verified, because that is an entry too', async () => {
    const { stale, requests } = await change({ use: useVerify, input: undefined });
    expect(requests).toHaveLength(1);
    expect(stale).toEqual(['audit-log list']);
  });
});
