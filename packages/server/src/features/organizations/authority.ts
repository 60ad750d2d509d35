import { say } from '@gatehouse/contract/messages/message';
import type { MemberPermissions, Organization, setMemberPermissions } from '@gatehouse/contract/organizations';
import { permissions as allPermissions } from '@gatehouse/contract/permissions';
import type { z } from 'zod';
import { forbidden, invalid, notFound, type AppError } from '../../kernel/app-error.ts';
import type { Change } from '../../change/change.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Database, Db } from '../../kernel/db/database.ts';
import { requireQuota } from '../../kernel/db/quotas.ts';
import type { Settings as ServerSettings } from '../../kernel/settings/settings.ts';
import { isOwner } from './policy.ts';
import * as repository from './repository.ts';
import {
  requireAllowed,
  requireMember,
  outsiderRefusal,
  parseOverrides,
  present,
  memberRights,
  type OwnMembership,
} from './membership.ts';
import { recordChange, refusalOf, type MemberAction, type OrganizationRefusal } from './audit-events.ts';

type Settings = z.output<typeof setMemberPermissions.body>['permissions'];

interface Dependencies {
  readonly database: Database;
  readonly change: Change;
  readonly settings: ServerSettings;
}

/** Permissions and ownership of an organization; only its owner changes them. */
export function createAuthority({ database, change, settings: serverSettings }: Dependencies) {
  return {
    /** For the owner; throws `not_found` for an account that is neither a member nor invited. */
    async permissions(caller: Caller, id: number, accountId: number): Promise<MemberPermissions> {
      const action = 'organization.permissions_read';
      await requireOwner(database.read, caller, id, action);
      const membership = await memberOf(database.read, id, accountId, action);
      if (membership.role === 'owner') return settingsOf(() => 'allow');
      const overrides = parseOverrides(membership.permissions);
      return settingsOf((permission) => overrides[permission] ?? 'neutral');
    },

    /** For the owner, about others. Replaces all overrides; omitted ones are `neutral`. An invited account gets them when it accepts. */
    async setPermissions(
      caller: Caller,
      id: number,
      accountId: number,
      settings: Settings,
    ): Promise<MemberPermissions> {
      await change(caller, async (unit) => {
        const { trx, emit } = unit;
        const action = 'organization.permissions_change';
        const { organization } = await requireOwner(trx, caller, id, action);
        const membership = await memberOf(trx, id, accountId, action);
        if (membership.role === 'owner') throw forbidden('owner_has_every_permission', refusalOf(organization, action));
        const overrides = overridesOf(settings);
        await repository.setOverrides(trx, id, accountId, overrides);
        await recordChange(unit, organization, { action, details: { accountId, permissions: overrides } });
        emit({ type: 'revoked', what: { kind: 'permissions', organizationId: id, accountId } });
        emit({ type: 'organizations', accountIds: [accountId] });
      });
      return settingsOf((permission) => settings[permission] ?? 'neutral');
    },

    /** For the owner, who becomes an ordinary member; the new owner must be an active member whose account can sign in. */
    async handOver(caller: Caller, id: number, accountId: number): Promise<Organization> {
      return change(caller, async (unit) => {
        const { trx, emit, now } = unit;
        const action = 'organization.owner_change';
        const { organization } = await requireOwner(trx, caller, id, action);
        const membership = await repository.findMembership(trx, id, accountId);
        const successor = await repository.findEnabledAccount(trx, accountId);
        if (membership?.status !== 'active' || successor === undefined)
          throw await noSuccessor(trx, accountId, membership === undefined ? action : undefined);
        if (membership.role === 'owner') throw invalid('accountId', say('owner_already'));
        const owned = await repository.countOwned(trx, accountId);
        requireQuota(serverSettings, 'ORGANIZATIONS_PER_ACCOUNT', owned + 1);
        await repository.swapOwner(trx, id, caller.accountId, accountId);
        const row = await repository.updateOrganization(trx, id, {}, now);
        await recordChange(unit, organization, { action, details: { accountId, username: successor.username } });
        const what = { kind: 'permissions', organizationId: id, accountId: caller.accountId } as const;
        emit({ type: 'revoked', what });
        emit({ type: 'organizations', accountIds: await repository.listMemberIds(trx, id) });
        return present(row, memberRights({ role: 'member', permissions: '{}' }));
      });
    },
  };
}

/** Throws `not_found` unless the account is a member or invited. */
async function memberOf(db: Db, id: number, accountId: number, action: MemberAction) {
  const membership = await repository.findMembership(db, id, accountId);
  if (membership === undefined) throw notFound(await outsiderRefusal(db, accountId, action));
  return membership;
}

async function noSuccessor(db: Db, accountId: number, foreignTo: MemberAction | undefined): Promise<AppError> {
  const refusal = foreignTo === undefined ? undefined : await outsiderRefusal(db, accountId, foreignTo);
  return invalid('accountId', say('not_an_active_member'), refusal);
}

async function requireOwner(db: Db, caller: Caller, id: number, action: OrganizationRefusal): Promise<OwnMembership> {
  const entered = await requireMember(db, caller, id, action);
  requireAllowed(isOwner(entered), 'organization_owner_required', entered, action);
  return entered;
}

type Setting = MemberPermissions[keyof MemberPermissions];

function settingsOf(setting: (permission: keyof MemberPermissions) => Setting): MemberPermissions {
  const pairs = allPermissions.map((permission) => [permission, setting(permission)] as const);
  return Object.fromEntries(pairs) as MemberPermissions;
}

function overridesOf(settings: Settings): Record<string, 'allow' | 'deny'> {
  const overrides: Record<string, 'allow' | 'deny'> = {};
  for (const permission of allPermissions) {
    const setting = settings[permission];
    if (setting === 'allow' || setting === 'deny') overrides[permission] = setting;
  }
  return overrides;
}
