import type { Identity, Warning } from '@gatehouse/contract/identities';
import type { DetailsOf } from '@gatehouse/contract/audit-actions';
import type { CallerUnitOfWork } from '../../change/change.ts';
import { refuse } from '../../kernel/app-error.ts';
import { requireMatch, type IfMatch } from '../../kernel/http/entity-tag.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Db } from '../../kernel/db/database.ts';
import { ownerColumns, ownerOf, type Owner } from '../../kernel/owner.ts';
import type { Rights } from '../../kernel/rights.ts';
import {
  factsAfter,
  factsChanges,
  inspectParts,
  resolveCredential,
  changesFacts,
  warningsOf,
  writeSecrets,
  type Inspections,
} from './credential.ts';
import type { IdentityDependencies } from './dependencies.ts';
import { committed, type View } from './view.ts';
import type { Draft } from './draft.ts';
import { listUsable } from './list-repository.ts';
import type { Credential } from './parts/part.ts';
import { mayAdd, requireChange, requireTarget, requireVisible } from './policy.ts';
import type { Handling } from './prefer.ts';
import {
  findIdentity,
  ownersOfReferences,
  secretsOf,
  updateIdentity as updateRow,
  type IdentityRow,
  type StoredSecret,
} from './repository.ts';
import { organizationExists } from '../organizations/public-repository.ts';
import { planSecrets, refuseWarnings, type SecretPlan } from './secret-plan.ts';
import { identityRecord } from './audit-events.ts';

/** How often a change is retried if another one was committed while the key was inspected. */
const maxAttempts = 5;

/** A change of one identity, as a request asks for it. */
export interface Change {
  readonly id: number;
  /** `move` follows the rules of moving: only personal identities. */
  readonly intent: 'update' | 'move';
  readonly draft: Draft;
  readonly handling: Handling;
  readonly ifMatch: IfMatch;
}

/** The result of a change. */
export interface Changed {
  /** The version after the change. */
  readonly version: number;
  readonly warnings: Warning[];
  /** After a move, the identity as the list shows it; undefined after an update. */
  readonly identity: Identity | undefined;
}

interface Decision {
  readonly rights: Rights;
  readonly row: IdentityRow;
  readonly from: Owner;
  readonly to: Owner;
  readonly stored: readonly StoredSecret[];
  readonly credential: Credential;
  readonly plan: SecretPlan;
}

/** The inspected facts of the parts while the identity had this version. */
interface Finding {
  readonly version: number;
  readonly inspections: Inspections;
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
  const looks = changesFacts(dependencies.parts, change.draft.credential);
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const finding = looks ? await inspect(dependencies, caller, change) : undefined;
    const changed = await dependencies.change(caller, (unit) => apply({ dependencies, unit, change, finding }));
    if (changed !== 'stale') return changed;
  }
  throw refuse('identity_keeps_changing');
}

/** Opens and inspects secrets before the transaction, which must not wait for that; the transaction repeats every check. */
async function inspect(dependencies: IdentityDependencies, caller: Caller, change: Change): Promise<Finding> {
  const { row, from, stored, plan, credential } = await decide(dependencies, committed(dependencies, caller), change);
  const before = { id: row.id, owner: from, stored };
  const { accountId } = caller;
  return {
    version: row.version,
    inspections: await inspectParts(dependencies, { plan, credential, before, accountId }),
  };
}

async function decide(
  { parts }: IdentityDependencies,
  view: View,
  { id, intent, draft, ifMatch }: Change,
): Promise<Decision> {
  const { db } = view;
  const rights = await view.readRights();
  const row = requireVisible(await findIdentity(db, id), rights, intent);
  requireChange(row, rights, intent);
  const from = ownerOf(row);
  const to = await targetOf(db, rights, row, { intent, organizationId: draft.organizationId });
  requireMatch(ifMatch, row.version, 'identity_changed');
  const { type = row.type } = draft;
  const credential = await resolveCredential(parts, view, draft.credential, type);
  const stored = await secretsOf(db, id);
  const plan = planSecrets(parts, {
    type,
    typeBefore: row.type,
    stored: new Set(stored.map(({ field }) => field)),
    credential,
  });
  return { rights, row, from, to, stored, credential, plan };
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
  const decision = await decide(dependencies, { ...unit, db: trx }, change);
  const { rights, row, from, to, plan, credential } = decision;
  if (finding !== undefined && finding.version !== row.version) return 'stale';
  const warnings = warningsOf(plan, finding?.inspections ?? new Map(), credential);
  if (change.handling === 'strict') refuseWarnings(warnings);
  const moved = from.type !== to.type || from.id !== to.id;
  if (moved) await dependencies.quotas.require(trx, 'identities', to);
  const fields = changedFields(decision, change.draft);
  const version = fields.length === 0 ? row.version : row.version + 1;
  if (fields.length > 0) await write(work, { ...decision, version, fields });
  const [identity] = change.intent === 'move' ? await listUsable(trx, rights, { ids: [row.id] }) : [];
  if (fields.length > 0) unit.emit({ type: 'identities', owners: [from, to] });
  if (moved) await emitMove(unit, row.id, from);
  return { version, warnings, identity };
}

async function emitMove({ trx, emit }: CallerUnitOfWork, id: number, from: Owner): Promise<void> {
  emit({ type: 'entries', owners: await ownersOfReferences(trx, id) });
  // Members may have lost access.
  if (from.type === 'organization') emit({ type: 'revoked', what: { kind: 'identity', identityId: id } });
}

/** The names of the changed fields. A secret that was sent always counts as changed. */
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
  const { row, from, to, stored, plan, credential, version, fields } = decision;
  const { name = row.name, type = row.type, username = row.username } = change.draft;
  const { trx, now } = unit;
  const facts = factsAfter(plan, finding?.inspections ?? new Map(), row);
  const updated = await updateRow(trx, row, {
    ...ownerColumns(to),
    name,
    type,
    username,
    version,
    ...facts,
    updated_at: now,
  });
  if (!updated) throw refuse('identity_changed_meanwhile');
  const moves = fields.includes('organizationId');
  const secretVersions = await writeSecrets(dependencies, trx, {
    at: { id: row.id, owner: to },
    version,
    now,
    plan,
    credential,
    moved: moves ? { from, stored } : undefined,
  });
  const details = { fields, secretVersions, ...factsChanges(dependencies.parts, row, facts) };
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

/** An organization that loses the identity gets an entry in its own log, too. */
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
