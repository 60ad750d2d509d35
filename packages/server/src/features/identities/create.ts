import type { Warning } from '@gatehouse/contract/identities';
import type { CallerUnitOfWork } from '../../change/change.ts';
import type { Caller } from '../../kernel/caller.ts';
import { ownerColumns, type Owner } from '../../kernel/owner.ts';
import type { KeyInspection } from '../../vault/keys/inspection.ts';
import { inspectKey, keyChange, keyFacts, sentSecrets, warningsOf, writeSecrets, type Offer } from './credential.ts';
import { committed, type IdentityDependencies, type View } from './dependencies.ts';
import type { Draft } from './draft.ts';
import { mayAdd, requireTarget } from './policy.ts';
import type { Handling } from './prefer.ts';
import { insertIdentity, organizationExists } from './repository.ts';
import { planSecrets, refuseWarnings, type SecretPlan } from './secret-plan.ts';
import { identityRecord } from './trail.ts';
import { requireWaitingKey } from './waiting-key.ts';

/** A draft with what an identity cannot be without. */
export type NewIdentity = Draft & { readonly name: string; readonly type: NonNullable<Draft['type']> };

interface Decision {
  readonly owner: Owner;
  readonly offer: Offer;
  readonly plan: SecretPlan;
}

/**
 * Creates an identity for the caller, or for an organization where he is active and manages identities (else `forbidden`). With `strict`,
 * whatever would be a warning is `invalid_request`.
 */
export async function createIdentity(
  dependencies: IdentityDependencies,
  caller: Caller,
  draft: NewIdentity,
  handling: Handling,
): Promise<{ id: number; warnings: Warning[] }> {
  const { change, quotas } = dependencies;
  const inspection = draft.credential.key && (await inspect(dependencies, caller, draft));
  return change(caller, async (unit) => {
    const decision = await decide({ ...unit, db: unit.trx }, draft);
    await quotas.require(unit.trx, 'identities', decision.owner);
    const warnings = warningsOf(decision.plan, inspection, decision.offer);
    if (handling === 'strict') refuseWarnings(warnings);
    const id = await insert({ dependencies, unit, draft }, decision, inspection);
    unit.emit({ type: 'identities', owners: [decision.owner] });
    return { id, warnings };
  });
}

async function inspect(
  dependencies: IdentityDependencies,
  caller: Caller,
  draft: NewIdentity,
): Promise<KeyInspection | undefined> {
  // Decided on twice: nobody makes this server work on a key who may not store it.
  const { plan, offer } = await decide(committed(dependencies, caller), draft);
  return plan.key === 'changed' ? inspectKey(dependencies, plan, offer, undefined) : undefined;
}

async function decide(view: View, { organizationId, type, credential }: NewIdentity): Promise<Decision> {
  const { db, caller } = view;
  const owner: Owner =
    organizationId === undefined
      ? { type: 'account', id: caller.accountId }
      : { type: 'organization', id: organizationId };
  if (owner.type === 'organization') {
    const rights = await view.readRights();
    const exists = mayAdd(rights, owner) || (await organizationExists(db, owner.id));
    requireTarget(rights, owner.id, { intent: 'create', identityId: null, exists });
  }
  const { key } = credential;
  const waiting = key?.kind === 'generated' ? await requireWaitingKey(view, key.handle) : undefined;
  const offer = { credential, waiting, accountId: caller.accountId };
  const plan = planSecrets({ type, typeBefore: undefined, stored: new Set(), sent: sentSecrets(offer, type) });
  return { owner, offer, plan };
}

interface Insertion {
  readonly dependencies: IdentityDependencies;
  readonly unit: CallerUnitOfWork;
  readonly draft: NewIdentity;
}

async function insert(
  { dependencies, unit, draft }: Insertion,
  { owner, plan, offer }: Decision,
  inspection: KeyInspection | undefined,
): Promise<number> {
  const { name, type, username = null } = draft;
  const { trx, now } = unit;
  const key = inspection === undefined ? null : JSON.stringify(keyFacts(inspection));
  const id = await insertIdentity(trx, {
    ...ownerColumns(owner),
    name,
    type,
    username,
    version: 1,
    key_facts: key,
    created_at: now,
    updated_at: now,
    last_used_at: null,
  });
  const secretVersions = await writeSecrets(dependencies, trx, { at: { id, owner }, version: 1, now, plan, offer });
  const fields = ['name', 'type', ...(username === null ? [] : ['username']), ...plan.write];
  const details = { fields, secretVersions, ...keyChange(null, key) };
  await unit.record(identityRecord({ action: 'identity.create', outcome: 'ok', id, name, owner, details }));
  return id;
}
