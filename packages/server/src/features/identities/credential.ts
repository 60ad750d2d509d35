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

/** An identity, as the places of its secrets name it. */
interface SecretHolder {
  readonly id: number;
  readonly owner: Owner;
}

/** Where the secret of an identity stands in the vault. Versions are the identity's own, so none comes twice. */
export function slotOf(at: SecretHolder, field: SecretField, version: number): Slot {
  return { owner: at.owner, purpose: 'identity', rowId: at.id, field, version };
}

/** Looks up what the credential only names, before anything is decided on it. Throws `invalid_request`. */
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

/** Whether the credential may change what is known of a part. */
export function changesFacts(parts: readonly Part[], credential: Credential): boolean {
  return parts.some(({ facts, contract }) => facts && contract.secrets.some((field) => credential.has(field)));
}

/** What was found out, of each part that was looked at. */
export type Inspections = ReadonlyMap<Part, Inspected>;

interface Inspection {
  readonly plan: SecretPlan;
  readonly credential: Credential;
  /** The identity as it is stored; undefined while it is created. */
  readonly before: (SecretHolder & { readonly stored: readonly StoredSecret[] }) | undefined;
  /** Whom the work is done for. */
  readonly accountId: number;
}

/**
 * Looks at the parts that change as they will be after the plan. Takes as long as a key's own encryption wants, on another thread: never inside
 * of a transaction.
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

/** What is known of the parts, as an identity's row keeps it. */
export type Facts = Readonly<Record<FactsColumn, string | null>>;

/** Of an identity without any secret. */
export const noFacts: Facts = { key_facts: null };

/** What is known of the parts after the plan. */
export function factsAfter(plan: SecretPlan, inspections: Inspections, before: Facts): Facts {
  const after: Record<FactsColumn, string | null> = { key_facts: before.key_facts };
  for (const [part, change] of plan.facts)
    if (part.facts !== undefined && change !== 'same') after[part.facts.column] = inspections.get(part)?.facts ?? null;
  return after;
}

/** What an audit entry says of parts of which something else is known now. */
export function factsChanges(
  parts: readonly Part[],
  before: Facts,
  after: Facts,
): Partial<DetailsOf<'identity.update', 'ok'>> {
  const changes = parts.map(({ facts }) => facts?.auditOf(before[facts.column], after[facts.column]) ?? {});
  return Object.assign({}, ...changes) as Partial<DetailsOf<'identity.update', 'ok'>>;
}

/** Everything that is not right about what was sent, under the names of the fields that it was sent in. */
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
  /** Set where the identity moves: what stays is sealed again for the new owner. */
  readonly moved?: { readonly from: Owner; readonly stored: readonly StoredSecret[] } | undefined;
}

/** What an audit entry says of secrets: the version that was written, null where one was destroyed. */
export type SecretVersions = Partial<Record<SecretField, number | null>>;

/** Carries the plan out: seals, seals again, destroys. */
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
