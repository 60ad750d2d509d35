import type { listInvitations } from '@gatehouse/contract/organizations';
import type { z } from 'zod';
import { notFound, refuse, type Refusal } from '../../kernel/app-error.ts';
import type { Change } from '../../change/change.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Database, Trx } from '../../kernel/db/database.ts';
import { requireQuota } from '../../kernel/db/quotas.ts';
import type { Settings } from '../../kernel/settings/settings.ts';
import { announceMembership } from './announce.ts';
import { fullName } from './full-name.ts';
import { mayManageMembers } from './policy.ts';
import * as repository from './repository.ts';
import { requireAllowed, requireMember, type OwnMembership } from './membership.ts';
import { recordChange, refusalOf } from './audit-events.ts';

interface Dependencies {
  readonly database: Database;
  readonly change: Change;
  readonly settings: Settings;
}

/** Invites accounts into an organization. */
export function createInvitations({ database, change, settings }: Dependencies) {
  return {
    /**
     * For the owner and members with `org.members.manage`. Throws `not_found` for an unknown username, which the contract reveals to inviters; each
     * such attempt is recorded. Throws `conflict` for members and invited accounts.
     */
    async invite(caller: Caller, id: number, username: string): Promise<void> {
      await change(caller, async (unit) => {
        const { trx, now } = unit;
        const action = 'organization.invite';
        const entered = await requireMember(trx, caller, id, action);
        requireAllowed(mayManageMembers(entered), 'invite_denied', entered, action);
        const invited = await findInvitable(trx, entered, username);
        requireQuota(settings, 'MEMBERS_PER_ORGANIZATION', (await repository.countMembers(trx, id)) + 1);
        await repository.insertMembership(trx, {
          organization_id: id,
          account_id: invited.id,
          role: 'member',
          status: 'pending',
          invited_by: caller.accountId,
          invited_at: now,
          joined_at: null,
        });
        const details = { accountId: invited.id, username: invited.username };
        await recordChange(unit, entered.organization, { action, details });
        unit.emit({ type: 'organizations', accountIds: await repository.listMemberIds(trx, id) });
      });
    },

    async invitations(caller: Caller): Promise<z.input<typeof listInvitations.result>> {
      const rows = await repository.listInvitations(database.read, caller.accountId);
      return rows.map(({ id, name, description, invited_at, invited_by, first_name, last_name, username }) => ({
        organizationId: id,
        organization: { id, name, description },
        // All null if the inviter's account was deleted.
        invitedBy:
          invited_by === null || username === null
            ? null
            : { id: invited_by, name: fullName({ first_name, last_name }), username },
        createdAt: invited_at,
      }));
    },

    /** For the invited account; throws `not_found` for all others, members included. A declined invitation is deleted. */
    async respond(caller: Caller, id: number, accept: boolean): Promise<void> {
      await change(caller, async (unit) => {
        const { trx, now } = unit;
        const organization = await repository.findOrganization(trx, id);
        if (organization === undefined) throw notFound();
        const membership = await repository.findMembership(trx, id, caller.accountId);
        const action = accept ? 'organization.invitation_accept' : 'organization.invitation_decline';
        if (membership?.status !== 'pending') throw notFound(refusalOf(organization, action));
        if (accept) await repository.activateMembership(trx, id, caller.accountId, now);
        else await repository.deleteMembership(trx, id, caller.accountId);
        await recordChange(unit, organization, { action, details: {} });
        announceMembership(unit, caller.accountId, await repository.listMemberIds(trx, id));
      });
    },
  };
}

async function findInvitable(trx: Trx, { organization }: OwnMembership, username: string) {
  const account = await repository.findAccountByName(trx, username.toLowerCase());
  if (account === undefined) {
    const refusal: Refusal<'organization.invite'> = {
      ...refusalOf(organization, 'organization.invite'),
      resource: 'account',
      resourceId: null,
      resourceName: username,
    };
    throw refuse('username_unknown', { refusal });
  }
  const membership = await repository.findMembership(trx, organization.id, account.id);
  if (membership !== undefined)
    throw refuse(membership.status === 'active' ? 'member_already' : 'invited_already', { username: account.username });
  return account;
}
