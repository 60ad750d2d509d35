import i18next from 'i18next';
import { describe, expect, test } from 'vitest';
import { hookOf, newClient } from '../../../../test/rendering/rendered.tsx';
import { identity, organization, organizationNode, person, server } from '../../../../test/rendering/samples.ts';
import { me } from '../../../features/accounts/queries.ts';
import { entryTree, recentEntries } from '../../../features/entries/queries.ts';
import { identityList } from '../../../features/identities/queries.ts';
import { organizationList } from '../../../features/organizations/queries.ts';
import { useItems } from './use-items.ts';

function items(typed: string) {
  const client = newClient();
  client.setQueryData(me.queryKey, person());
  client.setQueryData(entryTree.queryKey, [
    server(1, { name: 'web-1' }),
    organizationNode(7, 'Ops', [server(2, { name: 'db-live', ip: '10.9.9.2' })]),
  ]);
  client.setQueryData(recentEntries.queryKey, [server(2, { name: 'db-live' })]);
  client.setQueryData(identityList.queryKey, [identity(3, { name: 'Deploy key' }), identity(4, { username: null })]);
  client.setQueryData(organizationList.queryKey, [organization(7, { name: 'Ops' })]);
  return hookOf(() => useItems(typed), { client });
}
const keys = (typed: string) => items(typed).map(({ key }) => key);

describe('the palette', () => {
  test.each(['', '  '])(
    'begins, where nothing is typed (%j), with what was used last, then what can be done',
    (typed) => {
      const [first, ...others] = items(typed);
      expect(first).toMatchObject({ key: 'server-2', kind: 'server', name: 'db-live' });
      expect(new Set(others.map(({ kind }) => kind))).toEqual(new Set(['action']));
      expect(others.at(-1)?.key).toBe('action-signOut');
    },
  );

  test.each([
    ['web-1', 'server-1'],
    ['10.9.9.2', 'server-2'],
    ['deploy', 'identity-3'],
    ['ops', 'organization-7'],
  ])('leads with %j to %s', (typed, key) => {
    expect(keys(typed)).toContain(key);
  });

  test.each([
    ['root@web-9', true],
    ['web-9:2222', true],
    ['ssh web-9', true],
    ['ssh -J gate db', true],
    // A bare word is a search, and two are one, too.
    ['web-9', false],
    ['two words', false],
    ['sshd', false],
    ['http://example.org', false],
    ['web:http', false],
  ])('offers to connect to %j: %s', (typed, offered) => {
    expect(keys(typed).includes('quick')).toBe(offered);
  });

  test('offers first what was typed as an address, by its address', () => {
    const [first] = items('ssh -p 2222 Root@WEB-9');
    expect(first?.name).toBe(i18next.t('palette.connectTo', { address: 'Root@web-9:2222' }));
  });

  test('tells two of the same name apart by what they are for', () => {
    const details = new Map(items('').map(({ key, detail }) => [key, detail]));
    expect(details.get('server-2')).toBe('10.0.0.2');
    expect(items('identity-4').find(({ key }) => key === 'identity-4')).not.toHaveProperty('detail');
  });

  test('has an action for every screen, with a name of its own', () => {
    const actions = items('').filter(({ kind }) => kind === 'action');
    expect(new Set(actions.map(({ name }) => name)).size).toBe(actions.length);
    expect(actions.length).toBeGreaterThan(10);
    for (const { name } of actions) expect(name).not.toContain('palette.');
  });

  test.each(['>', '> ', '> s', '> sign'])('with %j has signing out last, so that Enter does not choose it', (typed) => {
    expect(keys(typed).at(-1)).toBe('action-signOut');
  });

  test('with > lists what can be done alone', () => {
    expect(new Set(items('> s').map(({ kind }) => kind))).toEqual(new Set(['action']));
  });
});
