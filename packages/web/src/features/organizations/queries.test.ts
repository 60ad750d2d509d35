import { afterEach, describe, expect, test, vi } from 'vitest';
import { change } from '../../../test/rendering/changes.ts';
import { answering, refusal } from '../../../test/rendering/network.ts';
import { hookOf, newClient } from '../../../test/rendering/rendered.tsx';
import { folder, organization, organizationNode, server } from '../../../test/rendering/samples.ts';
import { entryTree } from '../entries/queries.ts';
import {
  accountSearch,
  memberPermissions,
  useCreateOrganization,
  useEndMembership,
  useTransferOrganization,
  useInviteMember,
  useRemoveMember,
  useRespondToInvitation,
  useSetMemberPermissions,
  useUpdateOrganization,
} from './queries.ts';
import { allDefault } from './rights.ts';
import { sharedServers } from './shared-servers.ts';

/** Whatever a busy machine takes. */
const patience = { timeout: 30_000 };

afterEach(() => {
  vi.unstubAllGlobals();
});

const done = () => ({ message: 'done', success: true });
const ofOrganizations = ['organizations list', 'organizations members'];
const ofWhatIsShared = ['entries tree', 'entries recent', 'identities list', ...ofOrganizations];

describe('a change', () => {
  test.each([
    {
      what: 'that makes an organization',
      run: () => change({ use: useCreateOrganization, input: { name: 'Ops' }, answer: () => organization(3) }),
      request: 'PUT /api/organization {"name":"Ops"}',
    },
    {
      what: 'of an organization',
      run: () =>
        change({
          use: () => useUpdateOrganization(3),
          input: { defaultIdentityId: null },
          answer: () => organization(3),
        }),
      request: 'PATCH /api/organization/3 {"defaultIdentityId":null}',
    },
    {
      what: 'that invites somebody',
      run: () => change({ use: () => useInviteMember(3), input: 'bob', answer: done }),
      request: 'POST /api/organization/3/invite {"username":"bob"}',
    },
    {
      what: 'that removes a member',
      run: () => change({ use: () => useRemoveMember(3), input: 5, answer: done }),
      request: 'DELETE /api/organization/3/members/5',
    },
    {
      what: 'that hands the organization over',
      run: () => change({ use: () => useTransferOrganization(3), input: 5, answer: done }),
      request: 'PATCH /api/organization/3/owner {"accountId":5}',
    },
  ])('$what is sent, and what shows organizations is read again', async ({ run, request }) => {
    const { requests, stale } = await run();
    expect(requests).toEqual([request]);
    expect(stale).toEqual(ofOrganizations);
  });

  test('that was refused is read again, too: somebody else may have been faster', async () => {
    const { stale, error } = await change({
      use: () => useRemoveMember(3),
      input: 5,
      answer: () => refusal(404, 'not_found'),
    });
    expect(error).toBeDefined();
    expect(stale).toEqual(ofOrganizations);
  });
});

describe('an invitation', () => {
  test.each([true, false])('that is answered (accepted: %s) brings or keeps what is shared', async (accept) => {
    const answers: unknown[] = [];
    const { requests, stale } = await change({
      use: () => useRespondToInvitation((answer) => answers.push(answer)),
      input: { organizationId: 3, accept },
      answer: done,
    });
    expect(requests).toEqual([expect.stringContaining(`{"accept":${accept}}`)]);
    expect(answers).toEqual([{ organizationId: 3, accept }]);
    expect(stale).toEqual(ofWhatIsShared);
  });

  test('that is gone is not told of as answered', async () => {
    const onDone = vi.fn();
    const { stale } = await change({
      use: () => useRespondToInvitation(onDone),
      input: { organizationId: 3, accept: true },
      answer: () => refusal(404, 'not_found'),
    });
    expect(onDone).not.toHaveBeenCalled();
    expect(stale).toEqual(ofWhatIsShared);
  });
});

describe('the end of a membership', () => {
  test.each([
    ['leave', 'POST /api/organization/3/leave'],
    ['delete', 'DELETE /api/organization/3'],
  ] as const)('(%s) leads away before the organization is looked for again', async (how, request) => {
    const client = newClient();
    client.setQueryData(['organizations', 'one', 3], organization(3));
    const sent = answering(done);
    let staleWhenLeft: boolean | undefined;
    const onDone = async () => {
      await Promise.resolve();
      staleWhenLeft = client.getQueryState(['organizations', 'one', 3])?.isInvalidated;
    };
    await hookOf(() => useEndMembership(3, how, onDone), { client }).mutateAsync();
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([request]);
    expect(staleWhenLeft).toBe(false);
    expect(client.getQueryState(['organizations', 'one', 3])?.isInvalidated).toBe(true);
  });

  test('that was refused leads nowhere', async () => {
    const onDone = vi.fn(() => Promise.resolve());
    await change({
      use: () => useEndMembership(3, 'leave', onDone),
      input: undefined,
      answer: () => refusal(409, 'conflict'),
    });
    expect(onDone).not.toHaveBeenCalled();
  });
});

test('the rights of a member show as they were chosen, and are read again after it', async () => {
  const client = newClient();
  const { queryKey } = memberPermissions(3, 5);
  const neutral = allDefault({ 'connect.ssh': 'deny', 'org.manage': 'allow' } as never);
  client.setQueryData(queryKey, neutral);
  const sent = answering(() => new Promise(() => undefined));
  const chosen = { ...neutral, 'connect.ssh': 'deny' as const };
  void hookOf(() => useSetMemberPermissions(3, 5), { client }).mutateAsync(chosen);
  await vi.waitFor(() => expect(sent).toHaveLength(1), patience);
  expect(client.getQueryData(queryKey)).toEqual({ 'connect.ssh': 'deny', 'org.manage': 'neutral' });
  expect(sent[0]).toMatchObject({ method: 'PUT', path: '/api/organization/3/members/5/permissions' });
});

test.each([
  ['', false],
  ['ab', false],
  ['abc', true],
])('accounts are searched for %j: %s', (text, enabled) => {
  expect(accountSearch(text).enabled).toBe(enabled);
});

describe('what an organization shares', () => {
  const tree = [folder(1, [server(1)]), organizationNode(7, 'Ops', [server(2)]), organizationNode(77, 'Dev', [])];
  const select = (id: number) =>
    sharedServers(id)
      .select?.(tree)
      .map((node) => node.id);

  test('is found in the tree that everybody reads', () => {
    expect(sharedServers(7).queryKey).toEqual(entryTree.queryKey);
    expect(select(7)).toEqual([2]);
    expect(select(77)).toEqual([]);
  });

  test('is nothing for who is no member', () => {
    expect(select(8)).toEqual([]);
  });
});
