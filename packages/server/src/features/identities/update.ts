import type { Identity, Warning } from '@gatehouse/contract/identities';
import type { DetailsOf } from '@gatehouse/contract/audit-actions';
import type { CallerUnitOfWork } from '../../change/change.ts';
import { refuse } from '../../kernel/app-error.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Db } from '../../kernel/db/database.ts';
import { ownerColumns, ownerOf, type Owner } from '../../kernel/owner.ts';
import type { Rights } from '../../kernel/rights.ts';
import type { KeyInspection } from '../../vault/keys/inspection.ts';
import { inspectKey, keyChange, keyFacts, sentSecrets, warningsOf, writeSecrets, type Offer } from './credential.ts';
import { committed, type IdentityDependencies, type View } from './dependencies.ts';
import type { Draft } from './draft.ts';
import { requireMatch, type IfMatch } from './entity-tag.ts';
import { listUsable } from './list-repository.ts';
import { mayAdd, requireChange, requireTarget, requireVisible } from './policy.ts';
import type { Handling } from './prefer.ts';
import {
  findIdentity,
  organizationExists,
  ownersOfReferences,
  secretsOf,
  updateIdentity as updateRow,
  type IdentityRow,
  type StoredSecret,
} from './repository.ts';
import { planSecrets, refuseWarnings, type SecretPlan } from './secret-plan.ts';
import { identityRecord } from './trail.ts';
import { requireWaitingKey } from './waiting-key.ts';

/** How often a change starts again because another one came in while the key was looked at. */
const maxAttempts = 5;

/** A change of one identity, as a request asks for it. */
export interface Change {
  readonly id: number;
  /** `move` follows the rules of moving alone: personal ones only. */
  readonly intent: 'update' | 'move';
  readonly draft: Draft;
  readonly handling: Handling;
  readonly ifMatch: IfMatch;
}

/** What became of a change. */
export interface Changed {
  /** The version after it. */
  readonly version: number;
  readonly warnings: Warning[];
  /** As the list shows it after a move; undefined after an update, which nobody asked to see. */
  readonly identity: Identity | undefined;
}

interface Decision {
  readonly rights: Rights;
  readonly row: IdentityRow;
  readonly from: Owner;
  readonly to: Owner;
  readonly stored: readonly StoredSecret[];
  readonly offer: Offer;
  readonly plan: SecretPlan;
}

/** What the key was found to be while the identity had this version. */
interface Finding {
  readonly version: number;
  readonly inspection: KeyInspection | undefined;
}

/**
 * Changes fields, secrets and owner of an identity in one transaction, all or nothing. Throws `not_found`, `forbidden`, `precondition_failed`,
 * `invalid_request`, and `conflict` when others keep changing it.
 */
export async function updateIdentity(
  dependencies: IdentityDependencies,
  caller: Caller,
  change: Change,
): Promise<Changed> {
  const { credential } = change.draft;
  const looksAtKey = credential.key !== undefined || credential.passphrase !== undefined;
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const finding = looksAtKey ? await inspect(dependencies, caller, change) : undefined;
    const changed = await dependencies.change(caller, (unit) => apply({ dependencies, unit, change, finding }));
    if (changed !== 'stale') return changed;
  }
  throw refuse('identity_keeps_changing');
}

/** Opens and reads the key outside of the transaction, which must not wait for that; the transaction repeats every check. */
async function inspect(dependencies: IdentityDependencies, caller: Caller, change: Change): Promise<Finding> {
  const { row, from, stored, plan, offer } = await decide(committed(dependencies, caller), change);
  const before = { at: { id: row.id, owner: from }, stored };
  const inspection = plan.key === 'changed' ? await inspectKey(dependencies, plan, offer, before) : undefined;
  return { version: row.version, inspection };
}

async function decide(view: View, { id, intent, draft, ifMatch }: Change): Promise<Decision> {
  const { db, caller } = view;
  const rights = await view.readRights();
  const row = requireVisible(await findIdentity(db, id), rights, intent);
  requireChange(row, rights, intent);
  const from = ownerOf(row);
  const to = await targetOf(db, rights, row, { intent, organizationId: draft.organizationId });
  requireMatch(ifMatch, row.version);
  const { credential, type = row.type } = draft;
  const { key } = credential;
  const waiting = key?.kind === 'generated' ? await requireWaitingKey(view, key.handle) : undefined;
  const offer = { credential, waiting, accountId: caller.accountId };
  const stored = await secretsOf(db, id);
  const plan = planSecrets({
    type,
    typeBefore: row.type,
    stored: new Set(stored.map(({ field }) => field)),
    sent: sentSecrets(offer, type),
  });
  return { rights, row, from, to, stored, offer, plan };
}

async function targetOf(
  db: Db,
  rights: Rights,
  row: IdentityRow,
  { intent, organizationId }: { readonly intent: 'update' | 'move'; readonly organizationId: number | undefined },
): Promise<Owner> {
  if (organizationId === undefined || organizationId === row.organization_id) return ownerOf(row);
  const to: Owner = { type: 'organization', id: organizationId };
  const exists = mayAdd(rights, to) || (await organizationExists(db, organizationId));
  requireTarget(rights, organizationId, { intent, identityId: row.id, exists });
  return to;
}

interface Work {
  readonly dependencies: IdentityDependencies;
  readonly unit: CallerUnitOfWork;
  readonly change: Change;
  readonly finding: Finding | undefined;
}

async function apply(work: Work): Promise<Changed | 'stale'> {
  const { dependencies, unit, change, finding } = work;
  const { trx } = unit;
  const decision = await decide({ ...unit, db: trx }, change);
  const { rights, row, from, to, plan, offer } = decision;
  if (finding !== undefined && finding.version !== row.version) return 'stale';
  const warnings = warningsOf(plan, finding?.inspection, offer);
  if (change.handling === 'strict') refuseWarnings(warnings);
  const moved = from.type !== to.type || from.id !== to.id;
  if (moved) await dependencies.quotas.require(trx, 'identities', to);
  const fields = changedFields(decision, change.draft);
  const version = fields.length === 0 ? row.version : row.version + 1;
  if (fields.length > 0) await write(work, { ...decision, version, fields });
  const [identity] = change.intent === 'move' ? await listUsable(trx, rights, { ids: [row.id] }) : [];
  if (fields.length > 0) unit.emit({ type: 'identities', owners: [from, to] });
  if (moved) await tellMove(unit, row.id, from);
  return { version, warnings, identity };
}

async function tellMove({ trx, emit }: CallerUnitOfWork, id: number, from: Owner): Promise<void> {
  emit({ type: 'entries', owners: await ownersOfReferences(trx, id) });
  // People may have lost it.
  if (from.type === 'organization') emit({ type: 'revoked', what: { kind: 'identity', identityId: id } });
}

/** The names of what will be another afterwards. A secret that was sent always is. */
function changedFields({ row, from, to, plan }: Decision, { name, type, username }: Draft): string[] {
  const fields = { name, type, username };
  const plain = (['name', 'type', 'username'] as const).filter(
    (field) => fields[field] !== undefined && fields[field] !== row[field],
  );
  const moves = from.type !== to.type || from.id !== to.id;
  return [...plain, ...plan.write, ...plan.remove, ...(moves ? ['organizationId'] : [])];
}

async function write(
  { dependencies, unit, change, finding }: Work,
  decision: Decision & { readonly version: number; readonly fields: readonly string[] },
): Promise<void> {
  const { row, from, to, stored, plan, offer, version, fields } = decision;
  const { name = row.name, type = row.type, username = row.username } = change.draft;
  const { trx, now } = unit;
  const facts = { changed: finding?.inspection && JSON.stringify(keyFacts(finding.inspection)), gone: null };
  const keyAfter = plan.key === 'same' ? row.key_facts : (facts[plan.key] ?? null);
  const updated = await updateRow(trx, row, {
    ...ownerColumns(to),
    name,
    type,
    username,
    version,
    key_facts: keyAfter,
    updated_at: now,
  });
  if (!updated) throw refuse('identity_changed_meanwhile');
  const moves = fields.includes('organizationId');
  const secretVersions = await writeSecrets(dependencies, trx, {
    at: { id: row.id, owner: to },
    version,
    now,
    plan,
    offer,
    moved: moves ? { from, stored } : undefined,
  });
  const details = { fields, secretVersions, ...keyChange(row.key_facts, keyAfter) };
  if (moves) await recordMove(unit, { id: row.id, name, from, to, details });
  if (!moves || fields.length > 1)
    await unit.record(
      identityRecord({ action: 'identity.update', outcome: 'ok', id: row.id, name, owner: to, details }),
    );
}

interface Move {
  readonly id: number;
  readonly name: string;
  readonly from: Owner;
  readonly to: Owner;
  readonly details: DetailsOf<'identity.update', 'ok'>;
}

/** An organization that an identity leaves reads of it in its own log, too. */
async function recordMove({ record }: CallerUnitOfWork, { id, name, from, to, details }: Move): Promise<void> {
  const fromOrganizationId = ownerColumns(from).organization_id;
  const toOrganizationId = ownerColumns(to).organization_id;
  const logs = from.type === 'organization' ? [from, to] : [to];
  for (const owner of logs)
    await record(
      identityRecord({
        action: 'identity.move',
        outcome: 'ok',
        id,
        name,
        owner,
        details: { ...details, fromOrganizationId, toOrganizationId },
      }),
    );
}
