import { afterEach, describe, expect, test, vi } from 'vitest';
import { answering } from '../../../test/rendering/network.ts';
import { hookOf, newClient } from '../../../test/rendering/rendered.tsx';
import { folder, identity, organization, organizationNode, server } from '../../../test/rendering/samples.ts';
import { entryTree } from '../entries/queries.ts';
import { identityList } from '../identities/queries.ts';
import { members, organizationList } from '../organizations/queries.ts';
import { useNames } from './names.ts';
import { useLinkableTargets } from './linkable-targets.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

const member = (accountId: number, username: string) =>
  ({ accountId, username, name: username, role: 'member', status: 'active' }) as const;

describe('the names in a log', () => {
  function names(count = 2) {
    const client = newClient();
    const all = Array.from({ length: count }, (_, index) => organization(index + 1, { name: `Org ${index + 1}` }));
    client.setQueryData(organizationList.queryKey, all);
    for (const { id } of all) client.setQueryData(members(id).queryKey, [member(100 + id, `user-${id}`)]);
    return hookOf(useNames, { client });
  }

  test('are those of the reader’s organizations and of who belongs to them', () => {
    const { organization: nameOf, person } = names();
    expect([nameOf(1), nameOf(2), nameOf(3)]).toEqual(['Org 1', 'Org 2', undefined]);
    expect([person(101), person(102), person(999)]).toEqual(['user-1', 'user-2', undefined]);
  });

  test('of people are asked for in so many organizations and no more: each is a call', () => {
    const { person, organization: nameOf } = names(20);
    expect([person(112), person(113)]).toEqual(['user-12', undefined]);
    expect(nameOf(20)).toBe('Org 20');
  });

  test('are none while nothing is known', () => {
    const { organization: nameOf, person } = hookOf(useNames);
    expect([nameOf(1), person(1)]).toEqual([undefined, undefined]);
  });
});

describe('what can be gone to from a log', () => {
  test('is what the lists of the reader hold, however deep', () => {
    const client = newClient();
    client.setQueryData(identityList.queryKey, [identity(3)]);
    client.setQueryData(entryTree.queryKey, [
      folder(1, [folder(2, [server(7)])]),
      server(8),
      organizationNode(5, 'Ops', [server(9)]),
    ]);
    client.setQueryData(['sessions', 'numbers'], new Set([12]));
    const { identities, entries, sessions } = hookOf(useLinkableTargets, { client });
    expect([[...identities], [...entries], [...sessions]]).toEqual([[3], [7, 8, 9], [12]]);
  });

  test('is nothing while nothing is known, and nothing is asked for one by one', () => {
    const sent = answering(() => []);
    const { identities, entries, sessions } = hookOf(useLinkableTargets);
    expect([identities.size, entries.size, sessions.size]).toEqual([0, 0, 0]);
    expect(sent).toEqual([]);
  });
});
