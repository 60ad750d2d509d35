import type { Warning } from '@gatehouse/contract/identities';
import type { CallerUnitOfWork } from '../../change/change.ts';
import type { Caller } from '../../kernel/caller.ts';
import { ownerColumns, type Owner } from '../../kernel/owner.ts';
import {
  factsAfter,
  factsChanges,
  inspectParts,
  noFacts,
  resolveCredential,
  changesFacts,
  warningsOf,
  writeSecrets,
  type Inspections,
} from './credential.ts';
import type { IdentityDependencies } from './dependencies.ts';
import { committed, type View } from './view.ts';
import type { Draft } from './draft.ts';
import type { Credential } from './parts/part.ts';
import { mayAdd, requireTarget } from './policy.ts';
import type { Handling } from './prefer.ts';
import { organizationExists } from '../organizations/public-repository.ts';
import { insertIdentity } from './repository.ts';
import { planSecrets, refuseWarnings, type SecretPlan } from './secret-plan.ts';
import { identityRecord } from './audit-events.ts';

/** A draft with all required fields. */
export type NewIdentity = Draft & { readonly name: string; readonly type: NonNullable<Draft['type']> };

interface Decision {
  readonly owner: Owner;
  readonly credential: Credential;
  readonly plan: SecretPlan;
}

/**
 * Creates an identity for the caller, or for an organization in which they are active and manage identities (otherwise `forbidden`). With `strict`,
 * each warning becomes an `invalid_request`.
 */
export async function createIdentity(
  dependencies: IdentityDependencies,
  caller: Caller,
  draft: NewIdentity,
  handling: Handling,
): Promise<{ id: number; warnings: Warning[] }> {
  const { change, quotas, parts } = dependencies;
  const looks = changesFacts(parts, draft.credential);
  const inspections: Inspections = looks ? await inspect(dependencies, caller, draft) : new Map();
  return change(caller, async (unit) => {
    const decision = await decide(dependencies, { ...unit, db: unit.trx }, draft);
    await quotas.require(unit.trx, 'identities', decision.owner);
    const warnings = warningsOf(decision.plan, inspections, decision.credential);
    if (handling === 'strict') refuseWarnings(warnings);
    const id = await insert({ dependencies, unit, draft }, decision, inspections);
    unit.emit({ type: 'identities', owners: [decision.owner] });
    return { id, warnings };
  });
}

async function inspect(dependencies: IdentityDependencies, caller: Caller, draft: NewIdentity): Promise<Inspections> {
  // Also decided before the inspection, so that a caller who may not store the key cannot make the server work on it.
  const { plan, credential } = await decide(dependencies, committed(dependencies, caller), draft);
  return inspectParts(dependencies, { plan, credential, before: undefined, accountId: caller.accountId });
}

async function decide(
  { parts }: IdentityDependencies,
  view: View,
  { organizationId, type, credential: sent }: NewIdentity,
): Promise<Decision> {
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
  const credential = await resolveCredential(parts, view, sent, type);
  const plan = planSecrets(parts, { type, typeBefore: undefined, stored: new Set(), credential });
  return { owner, credential, plan };
}

interface Insertion {
  readonly dependencies: IdentityDependencies;
  readonly unit: CallerUnitOfWork;
  readonly draft: NewIdentity;
}

async function insert(
  { dependencies, unit, draft }: Insertion,
  { owner, plan, credential }: Decision,
  inspections: Inspections,
): Promise<number> {
  const { name, type, username = null } = draft;
  const { trx, now } = unit;
  const facts = factsAfter(plan, inspections, noFacts);
  const id = await insertIdentity(trx, {
    ...ownerColumns(owner),
    name,
    type,
    username,
    version: 1,
    ...facts,
    created_at: now,
    updated_at: now,
    last_used_at: null,
  });
  const at = { id, owner };
  const secretVersions = await writeSecrets(dependencies, trx, { at, version: 1, now, plan, credential });
  const fields = ['name', 'type', ...(username === null ? [] : ['username']), ...plan.write];
  const details = { fields, secretVersions, ...factsChanges(dependencies.parts, noFacts, facts) };
  await unit.record(identityRecord({ action: 'identity.create', outcome: 'ok', id, name, owner, details }));
  return id;
}
