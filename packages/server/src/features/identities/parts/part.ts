import type { CredentialPart, IdentityType } from '@gatehouse/contract/credential-parts/part';
import type { SecretField } from '@gatehouse/contract/credential-parts/parts';
import type { DetailsOf } from '@gatehouse/contract/audit-actions';
import type { CreateIdentityBody, Warning } from '@gatehouse/contract/identities';
import type { MessageCode } from '@gatehouse/contract/messages/message';
import type { Trx } from '../../../kernel/db/database.ts';
import type { CredentialOffer } from '../../../protocols/protocol.ts';
import type { KeyInspection } from '../../../vault/keys/inspection.ts';
import type { SigningKey } from '../../../vault/keys/signing-key.ts';
import type { Secret } from '../../../vault/secret.ts';
import type { Slot } from '../../../vault/slot.ts';
import type { View } from '../view.ts';
import type { IdentityRow } from '../repository.ts';

/** A secret that is sealed already, and where. */
export interface SealedSource {
  readonly kind: 'sealed';
  readonly frame: Buffer;
  readonly slot: Slot;
  /** The field of the request that named it, where that is another one; warnings are about that field. */
  readonly namedBy?: string;
  /** Runs in the transaction that has put it into its new place. */
  readonly onWritten?: (trx: Trx) => Promise<void>;
}

/** Where the secret of a field comes from. */
export type SecretSource =
  | { readonly kind: 'sent'; readonly secret: Secret }
  /** Takes away the stored one. */
  | { readonly kind: 'none' }
  /** A private key that was generated here; its part looks the handle up. */
  | { readonly kind: 'generated'; readonly handle: string }
  | SealedSource;

/** The one shape of a credential between a request and the vault: the sources of its secrets, by their fields. */
export type Credential = ReadonlyMap<SecretField, SecretSource>;

/** What a body says of secrets. */
export type PartRequest = Pick<CreateIdentityBody, 'password' | 'sshKey' | 'generatedKey' | 'passphrase'>;

/** Opens the secret of a field; the part that opened it leaves its end to the caller. */
export type OpenSecret = (field: SecretField) => Promise<Secret | undefined>;

/** A secret that goes with another one of its part. */
export interface Companion {
  readonly field: SecretField;
  /** The stored companion is destroyed when a new secret of this field comes without one. */
  readonly of: SecretField;
  /** What is wrong with it where no secret of that field will be stored. */
  readonly alone: 'passphrase_without_key';
}

/** What was found out about the secrets of a part. */
export interface Inspected {
  /** What lists show, as it is stored. */
  readonly facts: string;
  readonly warnings: readonly Warning[];
}

/** The column of an identity that keeps what is known of a part. */
export type FactsColumn = Extract<keyof IdentityRow, 'key_facts'>;

/** What is found out about a part when its secrets change, and kept beside them. */
export interface PartFacts {
  readonly column: FactsColumn;
  /** May take as long as opening a key takes: never inside of a transaction. */
  readonly inspect: (
    open: OpenSecret,
    inspectKey: (key: Secret, passphrase: Secret | undefined) => Promise<KeyInspection>,
  ) => Promise<Inspected>;
  /** What the audit entry says of a change; nothing where the facts stay what they are. */
  readonly auditOf: (before: string | null, after: string | null) => Partial<DetailsOf<'identity.update', 'ok'>>;
}

/** Puts one question to a person and resolves to the answer; empty where there is none. */
export type Ask = (why: string, what: { readonly text: string; readonly echo: boolean }) => Promise<string>;

/** What a login has of a part. */
export interface HeldPart {
  /** The name of the identity, for questions. */
  readonly name: string;
  readonly fields: ReadonlySet<SecretField>;
  /** What is known of the parts; undefined where they were not looked at yet. */
  readonly facts: Readonly<Record<FactsColumn, string | null>> | undefined;
  /** The secret becomes the caller's to destroy. */
  readonly open: OpenSecret;
  /** Throws where the secrets may not be used any more: for after an opening that takes long. */
  readonly recheck: () => Promise<unknown>;
  /** Opens a private key, as work for the account of the login. */
  readonly openKey: (key: Secret, passphrase: Secret | undefined) => Promise<SigningKey>;
}

/** What a login lacks; the code of the words for it. */
export type MissingCode = Extract<MessageCode, `lacks_${string}`>;

/** What a login does with a part. */
export interface LoginPart {
  /** Set where it can be used as it is. */
  readonly offer?: CredentialOffer;
  /** What is missing otherwise: the code of the words for it. */
  readonly missing?: MissingCode;
  /** Has a person supply what is missing; absent where nobody can. */
  readonly askFor?: (ask: Ask) => CredentialOffer;
}

/** All that the server does with one part of a credential. */
export interface Part {
  readonly contract: Pick<CredentialPart, 'id' | 'types'> & {
    readonly secrets: readonly [SecretField, ...SecretField[]];
  };
  /** Logins try the parts in this order, lowest first. */
  readonly turn: number;
  /** Takes the part out of a body; `take` makes a secret of a text. */
  readonly read: (body: PartRequest, take: (text: string) => Secret) => Iterable<readonly [SecretField, SecretSource]>;
  /** Looks up what a request only names. Throws `invalid_request`. */
  readonly resolve?: (view: View, credential: Credential, type: IdentityType) => Promise<Credential>;
  readonly companions: readonly Companion[];
  /** The warning where an identity of the type is left without it. */
  readonly missing: (type: IdentityType) => Warning;
  readonly facts?: PartFacts;
  readonly login: (held: HeldPart) => LoginPart;
}

/** Whether identities of the type have a place for the part. */
export function allowsPart(type: IdentityType, { contract }: Part): boolean {
  return contract.types.includes(type);
}

/** The secrets that identities of the type have a place for. */
export function fieldsOf(parts: readonly Part[], type: IdentityType): readonly SecretField[] {
  return parts.filter((part) => allowsPart(type, part)).flatMap(({ contract }) => contract.secrets);
}
