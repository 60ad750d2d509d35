import { afterEach, describe, expect, test, vi } from 'vitest';
import { answering, refusal } from '../../../test/rendering/network.ts';
import { newClient } from '../../../test/rendering/rendered.tsx';
import { identity, organization, server } from '../../../test/rendering/samples.ts';
import { problemOf } from '../../lib/api.ts';
import { identityList, identityOf, serverChoices, usageOf } from './queries.ts';
import { whereManaging } from './rights.ts';
import { oldestSecretOf } from './stored-since.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('reading identities', () => {
  test('the list and one identity are two entries of the cache', async () => {
    const sent = answering(({ path }) =>
      /\/\d+$/.test(path) ? Response.json(identity(3), { headers: { ETag: '"7"' } }) : [identity(3), identity(4)],
    );
    const client = newClient();
    expect((await client.query(identityList)).map(({ id }) => id)).toEqual([3, 4]);
    expect(await client.query(identityOf(3))).toMatchObject({ result: { id: 3 }, etag: '"7"' });
    expect(sent).toHaveLength(2);
  });

  test('an identity for its form is not kept: the next form starts with the stored state', () => {
    expect(identityOf(3).gcTime).toBe(0);
  });

  test('an identity that is not visible fails with the problem of the server', async () => {
    answering(() => refusal(404, 'not_found'));
    const error: unknown = await newClient()
      .query(identityOf(3))
      .catch((caught: unknown) => caught);
    expect(problemOf(error)).toMatchObject({ error: 'not_found' });
  });

  test('its use is asked for by its id', async () => {
    const sent = answering(() => ({ entries: [], hidden: 0 }));
    await newClient()
      .query(usageOf(3))
      .catch(() => undefined);
    expect(sent[0]?.path).toMatch(/\/3\b/);
  });
});

describe('the servers to choose from', () => {
  test('are searched on the server, fifty at most', async () => {
    const sent = answering(() => ({ entries: [server(1)], nextCursor: null }));
    const found = await newClient().query(serverChoices('web & db'));
    expect(found.map(({ id }) => id)).toEqual([1]);
    const query = new URL(sent[0]?.path ?? '', 'http://gate').searchParams;
    expect(Object.fromEntries(query)).toEqual({ flat: 'true', limit: '50', search: 'web & db' });
  });

  test('without a text are not searched', async () => {
    const sent = answering(() => ({ entries: [], nextCursor: null }));
    await newClient().query(serverChoices(''));
    expect(sent[0]?.path).not.toContain('search');
  });

  test('of a server that answers a tree are none', async () => {
    answering(() => [server(1)]);
    expect(await newClient().query(serverChoices('web'))).toEqual([]);
  });
});

test('identities are added where the person manages them', () => {
  const managed = organization(1, { permissions: ['identities.manage'] });
  const used = organization(2, { permissions: ['connect.ssh'] });
  expect(whereManaging([used, managed])).toEqual([managed]);
});

test.each([
  ['2025-01-01', '2026-01-01', '2025-01-01'],
  ['2026-01-01', '2025-01-01', '2025-01-01'],
  [null, '2025-06-01', '2025-06-01'],
  ['2025-06-01', null, '2025-06-01'],
  [null, null, '2026-06-01'],
])('a password of %s and a key of %s are as old as %s', (passwordSetAt, keySetAt, oldest) => {
  expect(oldestSecretOf({ passwordSetAt, keySetAt, updatedAt: '2026-06-01' })).toBe(oldest);
});
