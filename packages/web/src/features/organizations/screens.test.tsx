import i18next from 'i18next';
import { describe, expect, test } from 'vitest';
import { markupOf, newClient, textOf, wordsOf } from '../../../test/rendering/rendered.tsx';
import { identity, organization, person } from '../../../test/rendering/samples.ts';
import { me } from '../accounts/queries.ts';
import { Avatar } from './avatar.tsx';
import { DefaultIdentity } from './default-identity.tsx';
import { OrganizationPolicy } from './host-key-policy.tsx';
import { InvitationList } from './invitation-list.tsx';
import { MemberList } from './member-list.tsx';
import { OrganizationList } from './organization-list.tsx';
import { members, type Member } from './queries.ts';
import { en } from './texts/en.ts';

const made = '2026-03-01T08:00:00.000Z';
const member = (accountId: number, facts: Partial<Member> = {}): Member => ({
  accountId,
  username: `user-${accountId}`,
  name: `Person ${accountId}`,
  role: 'member',
  status: 'active',
  ...facts,
});

test.each([
  ['Ada Lovelace', 'AL'],
  ['ada', 'A'],
  ['web-ops_team', 'WT'],
  ['Ada King Lovelace', 'AL'],
  ['  ', ''],
  ['𝒜da', '𝒜'],
  ['-ops-', 'O'],
])('the letters for %j are %j', (name, letters) => {
  expect(textOf(<Avatar name={name} of="person" />)).toBe(letters);
});

describe('the members of an organization', () => {
  function list(all: readonly Member[], of: Parameters<typeof organization>[1] = {}): string {
    const client = newClient();
    client.setQueryData(me.queryKey, person({ id: 1 }));
    client.setQueryData(members(7).queryKey, [...all]);
    return markupOf(<MemberList organization={organization(7, of)} />, { client });
  }
  const owner = member(9, { role: 'owner' });
  const everyone = [owner, member(1), member(2), member(3, { status: 'pending' })];
  const named = (key: 'removeNamed' | 'withdrawNamed' | 'rightsOf', id: number) =>
    i18next.t(`organizations:members.${key}`, { name: `Person ${id}` });

  test('are told apart: who owns it, who was invited, and oneself', () => {
    const text = wordsOf(list(everyone));
    expect(text).toContain(`Person 9 user-9 ${en.owner}`);
    expect(text).toContain(`Person 1 ${en.you}`);
    expect(text).toContain(en.members.waiting);
    expect(text.split(en.you)).toHaveLength(2);
  });

  test('can be changed by nobody without a right', () => {
    const markup = list(everyone);
    for (const id of [1, 2, 3]) expect(markup).not.toContain(named('removeNamed', id));
    expect(markup).not.toContain(en.members.rights);
  });

  test('can be removed by who manages them, but for the owner and oneself', () => {
    const markup = list(everyone, { permissions: ['org.members.manage'] });
    expect(markup).toContain(named('removeNamed', 2));
    expect(markup).toContain(named('withdrawNamed', 3));
    for (const id of [1, 9]) expect(markup).not.toContain(named('removeNamed', id));
    expect(markup).not.toContain(named('rightsOf', 2));
  });

  test('have rights that the owner alone sets, and none are set for the owner', () => {
    const mine = [member(1, { role: 'owner' }), member(2)];
    const markup = list(mine, { isOwner: true, role: 'owner', permissions: ['org.members.manage'] });
    expect(markup).toContain(named('rightsOf', 2));
    expect(markup).not.toContain(named('rightsOf', 1));
  });

  test('are searched where they are many', () => {
    const many = Array.from({ length: 13 }, (_, id) => member(id + 1));
    expect(list(many)).toContain(en.members.search);
    expect(list(many.slice(1))).not.toContain(en.members.search);
  });
});

describe('invitations', () => {
  const invitation = (invitedBy: { id: number; name: string; username: string } | null) => ({
    organizationId: 7,
    organization: { id: 7, name: 'Ops', description: null },
    invitedBy,
    createdAt: made,
  });

  test('name who sent them, where the account is still there', () => {
    const from = (invitedBy: Parameters<typeof invitation>[0]) =>
      textOf(<InvitationList invitations={[invitation(invitedBy)]} />);
    expect(from({ id: 2, name: 'Bob', username: 'bob' })).toContain(
      i18next.t('organizations:invitations.by', { name: 'Bob' }),
    );
    expect(from(null)).toContain(en.invitations.byUnknown);
  });

  test('have two answers that a screen reader tells apart', () => {
    const markup = markupOf(<InvitationList invitations={[invitation(null)]} />);
    expect(markup).toContain(`aria-label="${en.invitations.accept}: Ops"`);
    expect(markup).toContain(`aria-label="${en.invitations.decline}: Ops"`);
  });
});

test('the list of organizations counts who has joined, not who was invited', () => {
  const client = newClient();
  client.setQueryData(members(7).queryKey, [member(1), member(2), member(3, { status: 'pending' })]);
  const text = textOf(<OrganizationList organizations={[organization(7, { isOwner: true }), organization(8)]} />, {
    client,
  });
  expect(text).toContain(i18next.t('organizations:people', { count: 2 }));
  expect(text.split(en.owner)).toHaveLength(2);
  expect(text).toContain(en.member);
});

test.each([
  [
    'the default identity',
    <DefaultIdentity organization={governed()} identities={[identity(3, { organizationId: 7 })]} />,
  ],
  ['the host-key policy', <OrganizationPolicy organization={governed()} />],
])('the field of %s is tied to what is said about it', (_, row) => {
  const markup = markupOf(row);
  const [field = ''] = /<input[^>]*aria-label=[^>]*>/.exec(markup) ?? [];
  const [, id = ''] = /aria-describedby="([^"]+)"/.exec(field) ?? [];
  expect(id).not.toBe('');
  expect(markup).toContain(`id="${id}"`);
});

function governed() {
  return organization(7, { permissions: ['org.manage', 'identities.manage', 'resources.manage'] });
}
