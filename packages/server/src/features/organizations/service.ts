import type { Organization } from '@gatehouse/contract/organizations';
import type { Change } from '../../change/change.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Database, Trx } from '../../kernel/db/database.ts';
import type { Settings } from '../../kernel/settings/settings.ts';
import type { Owner } from '../../kernel/owner.ts';
import { createAuthority } from './authority.ts';
import { createInvitations } from './invitations.ts';
import { createLifeCycle } from './life-cycle.ts';
import { createMembers } from './members.ts';
import { listOfMember } from './repository.ts';
import { requireMember, present, memberRights } from './membership.ts';

interface Dependencies {
  readonly database: Database;
  readonly change: Change;
  readonly settings: Settings;
  /** Destroys the key that seals the owner's secrets (the vault's). */
  readonly shredOwner: (trx: Trx, owner: Owner) => Promise<void>;
}

export type Organizations = ReturnType<typeof createOrganizations>;

/**
 * Organizations, their members and permissions. Callers who are not active members get `not_found`, administrators of the server included; a member
 * without the right gets `forbidden`. Both are recorded.
 */
export function createOrganizations(dependencies: Dependencies) {
  const { database } = dependencies;
  return {
    /** The organizations in which the caller is an active member. */
    async list(caller: Caller): Promise<Organization[]> {
      const rows = await listOfMember(database.read, caller.accountId);
      return rows.map((row) => present(row, memberRights(row)));
    },

    async get(caller: Caller, id: number): Promise<Organization> {
      const entered = await requireMember(database.read, caller, id, 'organization.read');
      return present(entered.organization, entered);
    },

    ...createLifeCycle(dependencies),
    ...createInvitations(dependencies),
    ...createMembers(dependencies),
    ...createAuthority(dependencies),
  };
}
