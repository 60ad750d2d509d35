import type { createOrganization, Organization, updateOrganization } from '@gatehouse/contract/organizations';
import type { z } from 'zod';
import { foreignIdentity, invalid } from '../../kernel/app-error.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Database, Trx } from '../../kernel/db/database.ts';
import { requireQuota } from '../../kernel/db/quotas.ts';
import type { Events } from '../../kernel/events.ts';
import { hostKeyPolicyColumns, mayChangeIdentities } from '../../kernel/host-key-choice.ts';
import { sameOwner, type Owner } from '../../kernel/owner.ts';
import { sees } from '../../kernel/rights.ts';
import type { Settings } from '../../kernel/settings/settings.ts';
import { announceDeletion } from './announce.ts';
import { isOwner, mayChooseDefaultIdentity, mayChooseHostKeyPolicy, mayUpdate } from './policy.ts';
import { rightsOf } from './rights-repository.ts';
import * as repository from './repository.ts';
import { demand, enter, present, standingOf, type Entered } from './standing.ts';
import { recordChange } from './trail.ts';

type Creation = z.output<typeof createOrganization.body>;
type Change = z.output<typeof updateOrganization.body>;

interface Dependencies {
  readonly database: Database;
  readonly events: Events;
  readonly settings: Settings;
  /** Destroys the key under which the owner's secrets are sealed (the vault's). */
  readonly shredOwner: (trx: Trx, owner: Owner) => Promise<void>;
}

/** How an organization begins, changes and ends. */
export function createLifeCycle({ database, events, settings, shredOwner }: Dependencies) {
  return {
    /** Anybody may; who does is the owner. */
    async create(caller: Caller, { name, description = '' }: Creation): Promise<Organization> {
      const now = new Date().toISOString();
      const organization = await database.transaction(async (trx) => {
        const row = await insert(trx, settings, caller, { name, description: description || null, now });
        await repository.insertMembership(trx, {
          organization_id: row.id,
          account_id: caller.accountId,
          role: 'owner',
          status: 'active',
          invited_by: null,
          invited_at: now,
          joined_at: now,
        });
        await recordChange(trx, caller, row, { action: 'organization.create', details: {} });
        return row;
      });
      events.emit({ type: 'organizations', accountIds: [caller.accountId] });
      return present(organization, standingOf({ role: 'owner', permissions: '{}' }));
    },

    /** The owner and members with `org.manage`; throws `forbidden` for other members. */
    async update(caller: Caller, id: number, change: Change): Promise<Organization> {
      const { row, entered, memberIds } = await database.transaction(async (trx) => {
        const entered = await enter(trx, caller, id, 'organization.update');
        await checkChange(trx, caller, entered, change);
        const row = await applyChange(trx, caller, entered, change);
        await recordChange(trx, caller, row, {
          action: 'organization.update',
          details: { fields: Object.keys(change).sort() },
        });
        return { row, entered, memberIds: await repository.listMemberIds(trx, id) };
      });
      events.emit({ type: 'organizations', accountIds: memberIds });
      if (change.defaultIdentityId !== undefined || change.hostKeyPolicy !== undefined)
        events.emit({ type: 'entries', owners: [{ type: 'organization', id }] });
      return present(row, entered);
    },

    /** The owner's alone. Everything that belongs to the organization goes in one transaction; the audit log stays. */
    async remove(caller: Caller, id: number): Promise<void> {
      const memberIds = await database.transaction(async (trx) => {
        const entered = await enter(trx, caller, id, 'organization.delete');
        demand(isOwner(entered), 'Only its owner may delete an organization.', entered, 'organization.delete');
        const contents = await repository.countContents(trx, id);
        const memberIds = await repository.listMemberIds(trx, id);
        await shredOwner(trx, { type: 'organization', id });
        await repository.deleteOrganization(trx, id);
        await recordChange(trx, caller, entered.organization, {
          action: 'organization.delete',
          details: contents,
        });
        return memberIds;
      });
      announceDeletion(events, id, memberIds);
    },
  };
}

async function insert(
  trx: Trx,
  settings: Settings,
  { accountId }: Caller,
  { now, ...values }: { readonly name: string; readonly description: string | null; readonly now: string },
) {
  requireQuota(settings, 'ORGANIZATIONS_PER_ACCOUNT', (await repository.countOwned(trx, accountId)) + 1);
  return repository.insertOrganization(trx, values, now);
}

function applyChange(trx: Trx, caller: Caller, entered: Entered, change: Change) {
  const columns = columnsOf(caller, entered, change);
  return repository.updateOrganization(trx, entered.organization.id, columns, new Date().toISOString());
}

async function checkChange(
  trx: Trx,
  caller: Caller,
  entered: Entered,
  { defaultIdentityId, hostKeyPolicy }: Change,
): Promise<void> {
  const action = 'organization.update';
  demand(mayUpdate(entered), 'You may not change this organization.', entered, action);
  if (hostKeyPolicy !== undefined)
    demand(mayChooseHostKeyPolicy(entered), 'You may not choose its host-key policy.', entered, action);
  if (defaultIdentityId === undefined) return;
  demand(mayChooseDefaultIdentity(entered), 'You may not choose its default identity.', entered, action);
  if (defaultIdentityId === null) return;
  const owner = await repository.findIdentityOwner(trx, defaultIdentityId);
  if (owner !== undefined && sameOwner(owner, { type: 'organization', id: entered.organization.id })) return;
  const isForeign = owner !== undefined && !sees(await rightsOf(trx, caller.accountId), owner);
  throw invalid(
    'defaultIdentityId',
    'must be an identity of this organization',
    isForeign ? foreignIdentity(defaultIdentityId, owner) : undefined,
  );
}

function columnsOf(caller: Caller, entered: Entered, { name, description, defaultIdentityId, hostKeyPolicy }: Change) {
  return {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description: description || null }),
    ...(defaultIdentityId === undefined ? {} : { default_identity_id: defaultIdentityId }),
    ...(hostKeyPolicy === undefined ? {} : policyColumns(caller, entered, hostKeyPolicy)),
  };
}

function policyColumns(caller: Caller, { organization, permissions }: Entered, policy: string | null) {
  const manages = mayChangeIdentities(caller) && permissions.has('identities.manage');
  const now = new Date().toISOString();
  return hostKeyPolicyColumns(caller, { before: organization.host_key_policy, policy, manages, now });
}
