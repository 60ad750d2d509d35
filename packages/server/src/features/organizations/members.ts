import type { listMembers } from '@gatehouse/contract/organizations';
import type { z } from 'zod';
import { notFound } from '../../kernel/app-error.ts';
import type { Change } from '../../change/change.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Database, Trx } from '../../kernel/db/database.ts';
import { unlinkPersonalIdentities } from '../inventory/public-repository.ts';
import { announceEnd } from './announce.ts';
import { mayManageMembers } from './policy.ts';
import { fullName } from './full-name.ts';
import * as repository from './repository.ts';
import { requireAllowed, requireMember, outsiderRefusal } from './membership.ts';
import { recordChange } from './audit-events.ts';

interface Dependencies {
  readonly database: Database;
  readonly change: Change;
}

/** The members of an organization, and the end of memberships. */
export function createMembers({ database, change }: Dependencies) {
  return {
    /** For active members. */
    async members(caller: Caller, id: number): Promise<z.input<typeof listMembers.result>> {
      await requireMember(database.read, caller, id, 'organization.members_read');
      const rows = await repository.listMembers(database.read, id);
      return rows.map((row) => ({
        accountId: row.id,
        name: fullName(row),
        username: row.username,
        role: row.role,
        status: row.status,
      }));
    },

    /** For the owner and members with `org.members.manage`; the owner cannot be removed. Also withdraws an invitation. */
    async removeMember(caller: Caller, id: number, accountId: number): Promise<void> {
      await change(caller, async (unit) => {
        const { trx } = unit;
        const action = 'organization.member_remove';
        const entered = await requireMember(trx, caller, id, action);
        requireAllowed(mayManageMembers(entered), 'member_removal_denied', entered, action);
        const membership = await repository.findMembership(trx, id, accountId);
        if (membership === undefined) throw notFound(await outsiderRefusal(trx, accountId, action));
        requireAllowed(membership.role !== 'owner', 'owner_not_removable', entered, action);
        const links = await endMembership(trx, id, accountId);
        await recordChange(unit, entered.organization, { action, details: { accountId, links } });
        announceEnd(unit, { organizationId: id, accountId }, await repository.listMemberIds(trx, id));
      });
    },

    /** For members; throws `forbidden` for the owner, who must transfer or delete the organization. */
    async leave(caller: Caller, id: number): Promise<void> {
      await change(caller, async (unit) => {
        const { trx } = unit;
        const action = 'organization.leave';
        const entered = await requireMember(trx, caller, id, action);
        requireAllowed(entered.role !== 'owner', 'owner_cannot_leave', entered, action);
        const links = await endMembership(trx, id, caller.accountId);
        await recordChange(unit, entered.organization, { action, details: { links } });
        const ended = { organizationId: id, accountId: caller.accountId };
        announceEnd(unit, ended, await repository.listMemberIds(trx, id));
      });
    },
  };
}

/** Unlinks the member's personal identities from the organization's entries and deletes the membership with its overrides. */
async function endMembership(trx: Trx, organizationId: number, accountId: number): Promise<number> {
  const links = await unlinkPersonalIdentities(trx, organizationId, accountId);
  await repository.deleteMembership(trx, organizationId, accountId);
  return links;
}
