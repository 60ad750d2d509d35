import type { IdentityType } from '@gatehouse/contract/credential-parts/part';
import type { SecretField } from '@gatehouse/contract/credential-parts/parts';
import type { DetailsOf } from '@gatehouse/contract/audit-actions';
import type { Warning } from '@gatehouse/contract/identities';
import type { Trx } from '../../kernel/db/database.ts';
import type { Owner } from '../../kernel/owner.ts';
import type { Secret } from '../../vault/secret.ts';
import type { Slot } from '../../vault/slot.ts';
import type { IdentityDependencies } from './dependencies.ts';
import type { View } from './view.ts';
import type { Credential, FactsColumn, Inspected, Part, SecretSource } from './parts/part.ts';
import { putSecret, removeSecrets, type StoredSecret } from './repository.ts';
import type { SecretPlan } from './secret-plan.ts';

/** The identity to which the slots of its secrets belong. */
interface SecretHolder {
  readonly id: number;
  readonly owner: Owner;
}

/** The vault slot of an identity's secret. Versions are those of the identity, so none is used twice. */
export function slotOf(at: SecretHolder, field: SecretField, version: number): Slot {
  return { owner: at.owner, purpose: 'identity', rowId: at.id, field, version };
}

/** Looks up what the credential only references, before anything is decided. Throws `invalid_request`. */
export async function resolveCredential(
  parts: readonly Part[],
  view: View,
  credential: Credential,
  type: IdentityType,
): Promise<Credential> {
  let resolved = credential;
  for (const { resolve } of parts) if (resolve !== undefined) resolved = await resolve(view, resolved, type);
  return resolved;
}

/** Whether the credential may change the facts of a part. */
export function changesFacts(parts: readonly Part[], credential: Credential): boolean {
  return parts.some(({ facts, contract }) => facts && contract.secrets.some((field) => credential.has(field)));
}

/** The results by inspected part. */
export type Inspections = ReadonlyMap<Part, Inspected>;

interface Inspection {
  readonly plan: SecretPlan;
  readonly credential: Credential;
  /** The stored identity; undefined while it is created. */
  readonly before: (SecretHolder & { readonly stored: readonly StoredSecret[] }) | undefined;
  /** The account whose quota of worker time is used. */
  readonly accountId: number;
}

/**
 * Inspects the parts that change, as they will be after the plan. Takes as long as the key's own encryption requires, on another thread: never call
 * it inside a transaction.
 */
export async function inspectParts(
  { vault, keys }: Pick<IdentityDependencies, 'vault' | 'keys'>,
  { plan, credential, before, accountId }: Inspection,
): Promise<Inspections> {
  const opened: Secret[] = [];
  const open = async (field: SecretField): Promise<Secret | undefined> => {
    const source = sourceAfter(field, { plan, credential, before });
    if (source?.kind === 'sent') return source.secret;
    if (source?.kind !== 'sealed') return undefined;
    const secret = await vault.open(source.slot, source.frame);
    opened.push(secret);
    return secret;
  };
  const inspections = new Map<Part, Inspected>();
  try {
    for (const [part, change] of plan.facts) {
      if (change !== 'changed' || part.facts === undefined) continue;
      const inspectKey = (key: Secret, passphrase: Secret | undefined) => keys.inspect(key, passphrase, accountId);
      inspections.set(part, await part.facts.inspect(open, inspectKey));
    }
    return inspections;
  } finally {
    for (const secret of opened) secret.destroy();
  }
}

function sourceAfter(
  field: SecretField,
  { plan, credential, before }: Omit<Inspection, 'accountId'>,
): SecretSource | undefined {
  if (plan.write.has(field)) return credential.get(field);
  const stored = plan.after.has(field) ? before?.stored.find((secret) => secret.field === field) : undefined;
  return before && stored && { kind: 'sealed', frame: stored.frame, slot: slotOf(before, field, stored.version) };
}

/** The facts of the parts, as an identity's row stores them. */
export type Facts = Readonly<Record<FactsColumn, string | null>>;

/** The facts of an identity without secrets. */
export const noFacts: Facts = { key_facts: null };

/** The facts of the parts after the plan. */
export function factsAfter(plan: SecretPlan, inspections: Inspections, before: Facts): Facts {
  const after: Record<FactsColumn, string | null> = { key_facts: before.key_facts };
  for (const [part, change] of plan.facts)
    if (part.facts !== undefined && change !== 'same') after[part.facts.column] = inspections.get(part)?.facts ?? null;
  return after;
}

/** The details of an audit entry about parts whose facts change. */
export function factsChanges(
  parts: readonly Part[],
  before: Facts,
  after: Facts,
): Partial<DetailsOf<'identity.update', 'ok'>> {
  const changes = parts.map(({ facts }) => facts?.auditOf(before[facts.column], after[facts.column]) ?? {});
  return Object.assign({}, ...changes) as Partial<DetailsOf<'identity.update', 'ok'>>;
}

/** All warnings about what was sent, each under the name of the sent field. */
export function warningsOf(plan: SecretPlan, inspections: Inspections, credential: Credential): Warning[] {
  const names = new Map<string, string>();
  for (const [field, source] of credential)
    if (source.kind === 'sealed' && source.namedBy !== undefined) names.set(field, source.namedBy);
  return [...plan.warnings, ...[...inspections.values()].flatMap(({ warnings }) => warnings)].map((warning) => ({
    ...warning,
    path: names.get(warning.path) ?? warning.path,
  }));
}

interface Writing {
  readonly at: SecretHolder;
  readonly version: number;
  /** ISO 8601. */
  readonly now: string;
  readonly plan: SecretPlan;
  readonly credential: Credential;
  /** Set for a move: remaining secrets are sealed again for the new owner. */
  readonly moved?: { readonly from: Owner; readonly stored: readonly StoredSecret[] } | undefined;
}

/** The details of an audit entry about secrets: the written version, null for a destroyed one. */
export type SecretVersions = Partial<Record<SecretField, number | null>>;

/** Executes the plan: seals, reseals, destroys. */
export async function writeSecrets(
  { vault }: Pick<IdentityDependencies, 'vault'>,
  trx: Trx,
  { at, version, now, plan, credential, moved }: Writing,
): Promise<SecretVersions> {
  const written: SecretVersions = {};
  const put = async (field: SecretField, source: SecretSource | undefined, setAt: string | null) => {
    if (source?.kind !== 'sent' && source?.kind !== 'sealed') throw new Error(`there is no secret for ${field}`);
    const slot = slotOf(at, field, version);
    const frame =
      source.kind === 'sealed'
        ? await vault.reseal(trx, source.frame, { from: source.slot, to: slot })
        : await vault.seal(trx, slot, source.secret);
    await putSecret(trx, at.id, { field, version, frame, set_at: setAt });
    if (source.kind === 'sealed') await source.onWritten?.(trx);
    written[field] = version;
  };
  await removeSecrets(trx, at.id, [...plan.remove]);
  for (const field of plan.remove) written[field] = null;
  for (const field of plan.write) await put(field, credential.get(field), now);
  for (const { field, version: old, frame, set_at } of moved?.stored ?? []) {
    if (!plan.after.has(field) || plan.write.has(field) || moved === undefined) continue;
    const slot = slotOf({ id: at.id, owner: moved.from }, field, old);
    await put(field, { kind: 'sealed', frame, slot }, set_at);
  }
  return written;
}
