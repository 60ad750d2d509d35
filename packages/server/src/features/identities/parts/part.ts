import type { CredentialPart, IdentityType } from '@gatehouse/contract/credential-parts/part';
import type { SecretField } from '@gatehouse/contract/credential-parts/parts';
import type { DetailsOf } from '@gatehouse/contract/audit-actions';
import type { CreateIdentityBody, Warning } from '@gatehouse/contract/identities';
import type { Message, MessageCode } from '@gatehouse/contract/messages/message';
import type { Trx } from '../../../kernel/db/database.ts';
import type { CredentialOffer } from '../../../protocols/protocol.ts';
import type { KeyInspection } from '../../../vault/keys/inspection.ts';
import type { SigningKey } from '../../../vault/keys/signing-key.ts';
import type { Secret } from '../../../vault/secret.ts';
import type { Slot } from '../../../vault/slot.ts';
import type { View } from '../view.ts';
import type { IdentityRow } from '../repository.ts';

/** An already sealed secret and its slot. */
export interface SealedSource {
  readonly kind: 'sealed';
  readonly frame: Buffer;
  readonly slot: Slot;
  /** The field of the request that named it, if it is another one; warnings are about that field. */
  readonly namedBy?: string;
  /** Runs in the transaction that moved it to its new slot. */
  readonly onWritten?: (trx: Trx) => Promise<void>;
}

/** The source of a field's secret. */
export type SecretSource =
  | { readonly kind: 'sent'; readonly secret: Secret }
  /** Destroys the stored one. */
  | { readonly kind: 'none' }
  /** A generated private key; its part looks up the handle. */
  | { readonly kind: 'generated'; readonly handle: string }
  | SealedSource;

/** A credential between the request and the vault: the sources of its secrets, by field. */
export type Credential = ReadonlyMap<SecretField, SecretSource>;

/** The secret fields of a body. */
export type PartRequest = Pick<CreateIdentityBody, 'password' | 'sshKey' | 'generatedKey' | 'passphrase'>;

/** Opens the secret of a field; the caller destroys it. */
export type OpenSecret = (field: SecretField) => Promise<Secret | undefined>;

/** A secret that belongs to another one of its part. */
export interface Companion {
  readonly field: SecretField;
  /** The stored companion is destroyed if a new secret of this field comes without one. */
  readonly of: SecretField;
  /** The fault if no secret of that field will be stored. */
  readonly alone: 'passphrase_without_key';
}

/** The result of inspecting the secrets of a part. */
export interface Inspected {
  /** The facts that lists show, as they are stored. */
  readonly facts: string;
  readonly warnings: readonly Warning[];
}

/** The column of an identity for the facts of a part. */
export type FactsColumn = Extract<keyof IdentityRow, 'key_facts'>;

/** The facts of a part, determined when its secrets change, and stored beside them. */
export interface PartFacts {
  readonly column: FactsColumn;
  /** May take as long as opening a key: never call it inside a transaction. */
  readonly inspect: (
    open: OpenSecret,
    inspectKey: (key: Secret, passphrase: Secret | undefined) => Promise<KeyInspection>,
  ) => Promise<Inspected>;
  /** The audit details of a change; nothing if the facts stay the same. */
  readonly auditOf: (before: string | null, after: string | null) => Partial<DetailsOf<'identity.update', 'ok'>>;
}

/** Asks a person one question and resolves to the answer; empty if there is none. */
export type Ask = (why: Message, what: { readonly text: Message; readonly echo: boolean }) => Promise<string>;

/** The stored part that a login uses. */
export interface HeldPart {
  /** The name of the identity, for questions. */
  readonly name: string;
  readonly fields: ReadonlySet<SecretField>;
  /** The facts of the parts; undefined if they were not inspected yet. */
  readonly facts: Readonly<Record<FactsColumn, string | null>> | undefined;
  /** The caller destroys the secret. */
  readonly open: OpenSecret;
  /** Throws if the secrets may not be used any more; for use after a slow opening. */
  readonly recheck: () => Promise<unknown>;
  /** Opens a private key; counts as work for the account of the login. */
  readonly openKey: (key: Secret, passphrase: Secret | undefined) => Promise<SigningKey>;
}

/** What a login lacks: a message code. */
export type MissingCode = Extract<MessageCode, `lacks_${string}`>;

/** The use of a part in a login. */
export interface LoginPart {
  /** Set if the part can be used as it is. */
  readonly offer?: CredentialOffer;
  /** Otherwise, what is missing: a message code. */
  readonly missing?: MissingCode;
  /** Asks a person for what is missing; absent if they cannot supply it. */
  readonly askFor?: (ask: Ask) => CredentialOffer;
  /** Asks a person after the server refused the offer. */
  readonly askAgain?: ((ask: Ask) => CredentialOffer) | undefined;
}

/** Everything that the server does with one part of a credential. */
export interface Part {
  readonly contract: Pick<CredentialPart, 'id' | 'types'> & {
    readonly secrets: readonly [SecretField, ...SecretField[]];
  };
  /** Logins try the parts in this order, lowest first. */
  readonly turn: number;
  /** Reads the part from a body; `take` converts a text to a secret. */
  readonly read: (body: PartRequest, take: (text: string) => Secret) => Iterable<readonly [SecretField, SecretSource]>;
  /** Looks up what a request only references. Throws `invalid_request`. */
  readonly resolve?: (view: View, credential: Credential, type: IdentityType) => Promise<Credential>;
  readonly companions: readonly Companion[];
  /** The warning if an identity of the type lacks it. */
  readonly missing: (type: IdentityType) => Warning;
  readonly facts?: PartFacts;
  readonly login: (held: HeldPart) => LoginPart;
}

/** Whether identities of the type can have the part. */
export function allowsPart(type: IdentityType, { contract }: Part): boolean {
  return contract.types.includes(type);
}

/** The secrets that identities of the type can have. */
export function fieldsOf(parts: readonly Part[], type: IdentityType): readonly SecretField[] {
  return parts.filter((part) => allowsPart(type, part)).flatMap(({ contract }) => contract.secrets);
}
