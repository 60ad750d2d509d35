import { searchAccounts } from '@gatehouse/contract/accounts';
import { listIdentities } from '@gatehouse/contract/identities';
import {
  createOrganization,
  deleteOrganization,
  getMemberPermissions,
  getOrganization,
  handOverOrganization,
  inviteMember,
  leaveOrganization,
  listInvitations,
  listMembers,
  listOrganizations,
  removeMember,
  respondToInvitation,
  setMemberPermissions,
  updateOrganization,
  type MemberPermissions,
} from '@gatehouse/contract/organizations';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { call } from '../../lib/api.ts';

/** The minimum length of a search in the contract, in characters. */
const shortestSearch = 3;
/** No event reports new and deleted accounts. */
const searchFreshMs = 30_000;

export type Member = z.output<typeof listMembers.result>[number];
export type Invitation = z.output<typeof listInvitations.result>[number];

/** The organizations in which the caller is an active member. */
export const organizationList = queryOptions({
  queryKey: ['organizations', 'list'],
  queryFn: () => call(listOrganizations, {}),
});

/** One organization as the caller sees it; fails with `not_found` if they are not an active member. */
export function organization(id: number) {
  return queryOptions({
    queryKey: ['organizations', 'one', id],
    queryFn: () => call(getOrganization, { params: { id: String(id) } }),
  });
}

/** The members of an organization, including invited accounts. */
export function members(organizationId: number) {
  return queryOptions({
    queryKey: ['organizations', 'members', organizationId],
    queryFn: () => call(listMembers, { params: { id: String(organizationId) } }),
  });
}

/** The caller's own pending invitations. */
export const invitations = queryOptions({
  queryKey: ['organizations', 'invitations'],
  queryFn: () => call(listInvitations, {}),
});

/** The owner's decision about each permission of a member; only the owner may read it. */
export function memberPermissions(organizationId: number, accountId: number) {
  return queryOptions({
    queryKey: ['organizations', 'permissions', organizationId, accountId],
    queryFn: async () => {
      const params = { id: String(organizationId), accountId: String(accountId) };
      return (await call(getMemberPermissions, { params })).permissions;
    },
  });
}

/** A change of organizations, which are then read again. */
function useChange<Input, Result>(change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: ['organizations'] }),
  });
}

/** Refreshes the list of organizations afterwards. */
export function useCreateOrganization() {
  return useChange((body: z.input<typeof createOrganization.body>) => call(createOrganization, { body }));
}

/** Changes the fields that are given. */
export function useUpdateOrganization(id: number) {
  return useChange((body: z.input<typeof updateOrganization.body>) =>
    call(updateOrganization, { params: { id: String(id) }, body }),
  );
}

/** Invites an account by its username. */
export function useInviteMember(id: number) {
  return useChange((username: string) => call(inviteMember, { params: { id: String(id) }, body: { username } }));
}

/** Removes a member, or withdraws an invitation. */
export function useRemoveMember(id: number) {
  return useChange((accountId: number) =>
    call(removeMember, { params: { id: String(id), accountId: String(accountId) } }),
  );
}

interface Answer {
  readonly organizationId: number;
  readonly accept: boolean;
}

/**
 * Answers an invitation; with `accept`, the shared servers and identities are added to the lists. `onDone` is called before the invitation
 * disappears from the list.
 */
export function useRespondToInvitation(onDone: (answer: Answer) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ organizationId, accept }: Answer) =>
      call(respondToInvitation, { params: { organizationId: String(organizationId) }, body: { accept } }),
    onSuccess: (_, answer) => {
      onDone(answer);
    },
    onSettled: () => invalidateWhatIsShared(client),
  });
}

/** Makes another member the owner. */
export function useTransferOrganization(id: number) {
  return useChange((accountId: number) =>
    call(handOverOrganization, { params: { id: String(id) }, body: { accountId } }),
  );
}

/**
 * Leaves an organization or, for the owner, deletes it. `onDone` navigates away before it is read again: the page would show "not found", and the
 * attempt would be recorded.
 */
export function useEndMembership(id: number, how: 'leave' | 'delete', onDone: () => Promise<void>) {
  const client = useQueryClient();
  const input = { params: { id: String(id) } };
  return useMutation({
    mutationFn: () => (how === 'leave' ? call(leaveOrganization, input) : call(deleteOrganization, input)),
    onSuccess: onDone,
    onSettled: () => invalidateWhatIsShared(client),
  });
}

/** Replaces all permissions of a member. */
export function useSetMemberPermissions(organizationId: number, accountId: number) {
  const client = useQueryClient();
  const { queryKey } = memberPermissions(organizationId, accountId);
  return useMutation({
    mutationFn: (permissions: MemberPermissions) =>
      call(setMemberPermissions, {
        params: { id: String(organizationId), accountId: String(accountId) },
        body: { permissions },
      }),
    onMutate: (permissions) => {
      client.setQueryData(queryKey, permissions);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['organizations'] }),
  });
}

function invalidateWhatIsShared(client: ReturnType<typeof useQueryClient>): Promise<unknown> {
  return Promise.all(
    ['organizations', 'entries', 'identities'].map((first) => client.invalidateQueries({ queryKey: [first] })),
  );
}

/** Accounts whose names contain the text, for invitations; empty below the minimum length. */
export function accountSearch(text: string) {
  return queryOptions({
    queryKey: ['accounts', 'search', text],
    queryFn: () => call(searchAccounts, { query: { search: text } }),
    enabled: text.length >= shortestSearch,
    staleTime: searchFreshMs,
  });
}

/** The shared identities of an organization. */
export function sharedIdentities(organizationId: number) {
  return queryOptions({
    queryKey: ['identities', 'of-organization', organizationId],
    queryFn: () => call(listIdentities, { query: { organizationId } }),
  });
}
