import type { Identity } from '@gatehouse/contract/identities';
import { expect, test } from 'vitest';
import { identity as sample, identityKey } from '../../../test/rendering/samples.ts';
import { countAttention, facetsSchema, select, type Facets } from './facets.ts';

const now = Date.parse('2026-06-30T12:00:00.000Z');

const strongKey = identityKey({ fingerprint: 'SHA256:mP1fT0c', publicKey: 'ssh-ed25519 AAAAdeployX ada@laptop' });

const identity = (id: number, facts: Partial<Identity>): Identity =>
  sample(id, {
    name: `Identity ${id}`,
    username: null,
    createdAt: '2026-06-01T00:00:00.000Z',
    updatedAt: '2026-06-01T00:00:00.000Z',
    keySetAt: null,
    key: strongKey,
    ...facts,
  });

const list = [
  identity(1, { name: 'Deploy key', username: 'deploy', lastUsedAt: '2026-06-30T11:58:00.000Z' }),
  identity(2, { organizationId: 7, scope: 'organization', lastUsedAt: '2026-04-01T11:59:00.000Z' }),
  identity(3, { organizationId: 7, scope: 'organization', key: { ...strongKey, algorithm: 'ssh-rsa', bits: 2048 } }),
  identity(4, { key: { ...strongKey, status: 'locked' }, createdAt: '2026-01-01T00:00:00.000Z' }),
  identity(5, {
    passwordSetAt: '2025-06-01T00:00:00.000Z',
    type: 'password',
    key: null,
    hasPassword: true,
    username: 'CORP\\svc-rdp',
  }),
];

test.each<[Facets, number[]]>([
  [{}, [1, 2, 3, 4, 5]],
  [{ scope: 'mine' }, [1, 4, 5]],
  [{ scope: 7 }, [2, 3]],
  [{ only: 'unused' }, [2, 4]],
  [{ only: 'old' }, [5]],
  [{ only: 'weak' }, [3]],
  [{ only: 'locked' }, [4]],
  [{ kind: 'password' }, [5]],
  [{ scope: 7, only: 'weak' }, [3]],
  [{ search: ' DEPLOY ' }, [1]],
  [{ search: 'corp\\' }, [5]],
  [{ search: 'sha256:mp1', scope: 7 }, [2, 3]],
  [{ search: 'ada@laptop', kind: 'ssh' }, [1, 2, 3, 4]],
  [{ search: 'nobody' }, []],
])('with %j there are %j', (facets, ids) => {
  expect(select(list, facets, now).map(({ id }) => id)).toEqual(ids);
});

test('the base64 of a key is not searched, where any text would be found', () => {
  expect(select(list, { search: 'aaaadeployx' }, now)).toEqual([]);
});

test('counts what needs attention within the scope', () => {
  expect(countAttention(list, undefined, now)).toEqual({ unused: 2, old: 1, weak: 1, locked: 1 });
  expect(countAttention(list, 7, now)).toEqual({ unused: 1, old: 0, weak: 1, locked: 0 });
});

test('an address that names no facet of ours shows everything', () => {
  expect(facetsSchema.parse({ scope: 'them', only: 'ancient', kind: 'magic' })).toEqual({});
  expect(facetsSchema.parse({ scope: '7', search: 42 })).toEqual({ scope: 7, search: '42' });
});
