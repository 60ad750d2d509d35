import { say } from '@gatehouse/contract/messages/message';
import type { createOrganization, Organization, updateOrganization } from '@gatehouse/contract/organizations';
import type { z } from 'zod';
import { foreignIdentity, invalid } from '../../kernel/app-error.ts';
import type { CallerUnitOfWork, Change } from '../../change/change.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Trx } from '../../kernel/db/database.ts';
import { requireQuota } from '../../kernel/db/quotas.ts';
import { hostKeyPolicyColumns, mayChangeIdentities } from '../../kernel/host-key-choice.ts';
import { sameOwner, type Owner } from '../../kernel/owner.ts';
import { sees } from '../../kernel/rights.ts';
import type { Settings } from '../../kernel/settings/settings.ts';
import { announceDeletion } from './announce.ts';
import { isOwner, mayChooseDefaultIdentity, mayChooseHostKeyPolicy, mayUpdate } from './policy.ts';
import { findIdentityOwner } from '../identities/public-repository.ts';
import * as repository from './repository.ts';
import { requireAllowed, requireMember, present, memberRights, type OwnMembership } from './membership.ts';
import { recordChange } from './audit-events.ts';

type Creation = z.output<typeof createOrganization.body>;
type Update = z.output<typeof updateOrganization.body>;

interface Dependencies {
  readonly change: Change;
  readonly settings: Settings;
  /** Destroys the key that seals the owner's secrets (the vault's). */
  readonly shredOwner: (trx: Trx, owner: Owner) => Promise<void>;
}

/** Creates, changes and deletes organizations. */
export function createLifeCycle({ change, settings, shredOwner }: Dependencies) {
  return {
    /** For every account, which becomes the owner. */
    async create(caller: Caller, { name, description = '' }: Creation): Promise<Organization> {
      return change(caller, async (unit) => {
        const { trx, now } = unit;
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
        await recordChange(unit, row, { action: 'organization.create', details: {} });
        unit.emit({ type: 'organizations', accountIds: [caller.accountId] });
        return present(row, memberRights({ role: 'owner', permissions: '{}' }));
      });
    },

    /** For the owner and members with `org.manage`; throws `forbidden` for other members. */
    async update(caller: Caller, id: number, update: Update): Promise<Organization> {
      return change(caller, async (unit) => {
        const { trx, emit } = unit;
        const entered = await requireMember(trx, caller, id, 'organization.update');
        await checkChange(unit, entered, update);
        const row = await applyChange(unit, entered, update);
        await recordChange(unit, row, {
          action: 'organization.update',
          details: { fields: Object.keys(update).sort() },
        });
        emit({ type: 'organizations', accountIds: await repository.listMemberIds(trx, id) });
        if (update.defaultIdentityId !== undefined || update.hostKeyPolicy !== undefined)
          emit({ type: 'entries', owners: [{ type: 'organization', id }] });
        return present(row, entered);
      });
    },

    /** For the owner. Deletes everything that belongs to the organization in one transaction; the audit log stays. */
    async remove(caller: Caller, id: number): Promise<void> {
      await change(caller, async (unit) => {
        const { trx } = unit;
        const entered = await requireMember(trx, caller, id, 'organization.delete');
        requireAllowed(isOwner(entered), 'organization_deletion_denied', entered, 'organization.delete');
        const contents = await repository.countContents(trx, id);
        const memberIds = await repository.listMemberIds(trx, id);
        await shredOwner(trx, { type: 'organization', id });
        await repository.deleteOrganization(trx, id);
        await recordChange(unit, entered.organization, {
          action: 'organization.delete',
          details: contents,
        });
        announceDeletion(unit, id, memberIds);
      });
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

function applyChange(unit: CallerUnitOfWork, entered: OwnMembership, update: Update) {
  const columns = columnsOf(unit, entered, update);
  return repository.updateOrganization(unit.trx, entered.organization.id, columns, unit.now);
}

async function checkChange(
  { trx, readRights }: CallerUnitOfWork,
  entered: OwnMembership,
  { defaultIdentityId, hostKeyPolicy }: Update,
): Promise<void> {
  const action = 'organization.update';
  requireAllowed(mayUpdate(entered), 'organization_change_denied', entered, action);
  if (hostKeyPolicy !== undefined)
    requireAllowed(mayChooseHostKeyPolicy(entered), 'host_key_policy_denied', entered, action);
  if (defaultIdentityId === undefined) return;
  requireAllowed(mayChooseDefaultIdentity(entered), 'default_identity_denied', entered, action);
  if (defaultIdentityId === null) return;
  const owner = await findIdentityOwner(trx, defaultIdentityId);
  if (owner !== undefined && sameOwner(owner, { type: 'organization', id: entered.organization.id })) return;
  const isForeign = owner !== undefined && !sees(await readRights(), owner);
  throw invalid(
    'defaultIdentityId',
    say('not_of_organization'),
    isForeign ? foreignIdentity(defaultIdentityId, owner) : undefined,
  );
}

function columnsOf(
  unit: CallerUnitOfWork,
  entered: OwnMembership,
  { name, description, defaultIdentityId, hostKeyPolicy }: Update,
) {
  return {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description: description || null }),
    ...(defaultIdentityId === undefined ? {} : { default_identity_id: defaultIdentityId }),
    ...(hostKeyPolicy === undefined ? {} : policyColumns(unit, entered, hostKeyPolicy)),
  };
}

function policyColumns(
  { caller, now }: CallerUnitOfWork,
  { organization, permissions }: OwnMembership,
  policy: string | null,
) {
  const manages = mayChangeIdentities(caller) && permissions.has('identities.manage');
  return hostKeyPolicyColumns(caller, { before: organization.host_key_policy, policy, manages, now });
}
