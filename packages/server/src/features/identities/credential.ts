import { identityKeySchema, type IdentityKey, type IdentityType, type Warning } from '@gatehouse/contract/identities';
import type { Trx } from '../../kernel/db/database.ts';
import type { SecretField } from '@gatehouse/contract/credential-parts/parts';
import type { Owner } from '../../kernel/owner.ts';
import type { KeyInspection } from '../../vault/keys/inspection.ts';
import type { Secret } from '../../vault/secret.ts';
import type { Slot } from '../../vault/slot.ts';
import type { IdentityDependencies } from './dependencies.ts';
import type { SentCredential } from './draft.ts';
import { places } from './policy.ts';
import { deleteWaitingKey, putSecret, removeSecrets, type StoredSecret, type WaitingKey } from './repository.ts';
import { keyWarnings, type SecretPlan, type SentSecrets } from './secret-plan.ts';
import { waitingSlot } from './waiting-key.ts';

/** The secrets that a request brings, with the generated key that it names. */
export interface Offer {
  readonly credential: SentCredential;
  readonly waiting: WaitingKey | undefined;
  /** Who brings them. */
  readonly accountId: number;
}

/** A secret that is sealed already, and where. */
interface Sealed {
  readonly frame: Buffer;
  readonly slot: Slot;
}

/** Where the secret of an identity stands in the vault. Versions are the identity's own, so none comes twice. */
export function slotOf(at: { id: number; owner: Owner }, field: SecretField, version: number): Slot {
  return { owner: at.owner, purpose: 'identity', rowId: at.id, field, version };
}

/** What the offer puts and clears; a generated key brings its passphrase along unless the request has its own word on it. */
export function sentSecrets({ credential, waiting }: Offer, type: IdentityType): SentSecrets {
  const { password, key, passphrase } = credential;
  const brings =
    passphrase === undefined && waiting?.passphraseFrame instanceof Buffer && places[type].includes('passphrase');
  const put: [SecretField, boolean][] = [
    ['password', password !== undefined],
    ['sshKey', key !== undefined],
    ['passphrase', brings || (passphrase !== undefined && passphrase !== 'none')],
  ];
  return {
    put: new Set(put.filter(([, sent]) => sent).map(([field]) => field)),
    clear: new Set(passphrase === 'none' ? ['passphrase'] : []),
  };
}

/** Where the new secret of a field comes from. */
function sourceOf({ credential, waiting }: Offer, field: SecretField): Secret | Sealed | undefined {
  const { password, key, passphrase } = credential;
  if (field === 'password') return password;
  if (field === 'sshKey') {
    if (key?.kind === 'sent') return key.secret;
    return waiting && { frame: waiting.frame, slot: waitingSlot(waiting, 'sshKey') };
  }
  if (passphrase !== undefined && passphrase !== 'none') return passphrase;
  if (!(waiting?.passphraseFrame instanceof Buffer)) return undefined;
  return { frame: waiting.passphraseFrame, slot: waitingSlot(waiting, 'passphrase') };
}

function isSealed(source: Secret | Sealed): source is Sealed {
  return 'frame' in source;
}

interface KeyBefore {
  readonly at: { readonly id: number; readonly owner: Owner };
  readonly stored: readonly StoredSecret[];
}

/**
 * Looks at the key as it will be after the plan, with the passphrase that it will have. Takes as long as the key's own encryption wants, on
 * another thread: never inside of a transaction.
 */
export async function inspectKey(
  { vault, keys }: IdentityDependencies,
  plan: SecretPlan,
  offer: Offer,
  before: KeyBefore | undefined,
): Promise<KeyInspection> {
  const opened: Secret[] = [];
  const open = async (source: Secret | Sealed): Promise<Secret> => {
    if (!isSealed(source)) return source;
    const secret = await vault.open(source.slot, source.frame);
    opened.push(secret);
    return secret;
  };
  const keySource = plan.write.has('sshKey') ? sourceOf(offer, 'sshKey') : storedKey(before);
  const passphraseSource = plan.write.has('passphrase') ? sourceOf(offer, 'passphrase') : undefined;
  if (keySource === undefined) throw new Error('there is no key to look at');
  try {
    const key = await open(keySource);
    return await keys.inspect(key, passphraseSource && (await open(passphraseSource)), offer.accountId);
  } finally {
    for (const secret of opened) secret.destroy();
  }
}

function storedKey(before: KeyBefore | undefined): Sealed | undefined {
  const key = before?.stored.find(({ field }) => field === 'sshKey');
  return before && key && { frame: key.frame, slot: slotOf(before.at, 'sshKey', key.version) };
}

/** The public facts of a key, as they are stored and shown. */
export function keyFacts({ status, facts, encrypted }: KeyInspection): IdentityKey {
  return {
    algorithm: facts?.algorithm ?? null,
    bits: facts?.bits ?? null,
    fingerprint: facts?.fingerprint ?? null,
    publicKey: facts?.publicKey ?? null,
    encrypted: encrypted ?? null,
    status,
  };
}

/**
 * What an audit entry says of a key that came, went or was replaced: its fingerprints before and after, null where there is none. Nothing where
 * the key is what it was.
 */
export function keyChange(before: string | null, after: string | null) {
  const [old, current] = [before, after].map((text) =>
    text === null ? null : identityKeySchema.parse(JSON.parse(text)).fingerprint,
  );
  return old === current ? {} : { keyFingerprints: { old: old ?? null, new: current ?? null } };
}

/** Everything that is not right about what was sent, under the names of the fields that it was sent in. */
export function warningsOf(plan: SecretPlan, inspection: KeyInspection | undefined, { waiting }: Offer): Warning[] {
  const warnings = [...plan.warnings, ...(inspection === undefined ? [] : keyWarnings(inspection))];
  if (waiting === undefined) return warnings;
  return warnings.map((warning) => (warning.path === 'sshKey' ? { ...warning, path: 'generatedKey' } : warning));
}

interface Writing {
  readonly at: { readonly id: number; readonly owner: Owner };
  readonly version: number;
  /** ISO 8601. */
  readonly now: string;
  readonly plan: SecretPlan;
  readonly offer: Offer;
  /** Set where the identity moves: what stays is sealed again for the new owner. */
  readonly moved?: { readonly from: Owner; readonly stored: readonly StoredSecret[] } | undefined;
}

/** What an audit entry says of secrets: the version that was written, null where one was destroyed. */
export type SecretVersions = Partial<Record<SecretField, number | null>>;

/** Carries the plan out: seals, seals again, destroys. */
export async function writeSecrets(
  { vault }: IdentityDependencies,
  trx: Trx,
  { at, version, now, plan, offer, moved }: Writing,
): Promise<SecretVersions> {
  const written: SecretVersions = {};
  const put = async (field: SecretField, source: Secret | Sealed, setAt: string | null) => {
    const slot = slotOf(at, field, version);
    const frame = isSealed(source)
      ? await vault.reseal(trx, source.frame, { from: source.slot, to: slot })
      : await vault.seal(trx, slot, source);
    await putSecret(trx, at.id, { field, version, frame, set_at: setAt });
    written[field] = version;
  };
  await removeSecrets(trx, at.id, [...plan.remove]);
  for (const field of plan.remove) written[field] = null;
  for (const field of plan.write) {
    const source = sourceOf(offer, field);
    if (source !== undefined) await put(field, source, now);
  }
  for (const { field, version: old, frame, set_at } of moved?.stored ?? []) {
    if (!plan.after.has(field) || plan.write.has(field) || moved === undefined) continue;
    await put(field, { frame, slot: slotOf({ id: at.id, owner: moved.from }, field, old) }, set_at);
  }
  if (offer.waiting !== undefined && plan.write.has('sshKey')) await deleteWaitingKey(trx, offer.waiting);
  return written;
}
