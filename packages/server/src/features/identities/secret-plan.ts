import { codedFields } from '@gatehouse/contract/messages/answer-fields';
import { say } from '@gatehouse/contract/messages/message';
import type { IdentityType, Warning } from '@gatehouse/contract/identities';
import { fieldFault, invalid, invalidFields } from '../../kernel/app-error.ts';
import type { SecretField } from '@gatehouse/contract/credential-parts/parts';
import type { KeyInspection } from '../../vault/keys/inspection.ts';
import type { KeyFindingSlug } from '../../vault/keys/finding.ts';
import { places } from './policy.ts';

/** Which secrets a request brings and which it takes away, without the secrets. */
export interface SentSecrets {
  readonly put: ReadonlySet<SecretField>;
  /** `passphrase` alone can be cleared. */
  readonly clear: ReadonlySet<SecretField>;
}

interface Situation {
  /** The type that the identity will have. */
  readonly type: IdentityType;
  /** The type that it has; undefined while it is created. */
  readonly typeBefore: IdentityType | undefined;
  readonly stored: ReadonlySet<SecretField>;
  readonly sent: SentSecrets;
}

/** What one request does to the secrets of an identity: section 5 of the contract. */
export interface SecretPlan {
  readonly write: ReadonlySet<SecretField>;
  readonly remove: ReadonlySet<SecretField>;
  /** What is stored afterwards. */
  readonly after: ReadonlySet<SecretField>;
  /** `changed`: the key or its passphrase is another, so what is known of it has to be found out again. */
  readonly key: 'changed' | 'gone' | 'same';
  readonly warnings: readonly Warning[];
}

/** Decides what is stored, what is destroyed and what is missing. Throws `invalid_request` for a passphrase without a key. */
export function planSecrets({ type, typeBefore, stored, sent }: Situation): SecretPlan {
  const placed = new Set(places[type]);
  const write = new Set([...sent.put].filter((field) => placed.has(field)));
  const forgetsPassphrase = sent.clear.has('passphrase') || write.has('sshKey');
  const remove = new Set(
    [...stored].filter(
      (field) => !write.has(field) && (!placed.has(field) || (field === 'passphrase' && forgetsPassphrase)),
    ),
  );
  const after = new Set([...stored, ...write].filter((field) => !remove.has(field)));
  if (write.has('passphrase') && !after.has('sshKey')) throw invalid('passphrase', say('passphrase_without_key'));
  const touched = write.has('sshKey') || write.has('passphrase') || remove.has('passphrase');
  return {
    write,
    remove,
    after,
    key: !after.has('sshKey') ? 'gone' : touched ? 'changed' : 'same',
    warnings: [...unplaced(sent.put, type), ...(type === typeBefore ? [] : missing(type, after))],
  };
}

function unplaced(fields: ReadonlySet<SecretField>, type: IdentityType): Warning[] {
  const homeless = [...fields].filter((field) => !places[type].includes(field));
  return homeless.map((path) => ({
    path,
    warning: 'secret_not_stored',
    ...codedFields('message', say('secret_not_stored', { type })),
  }));
}

function missing(type: IdentityType, after: ReadonlySet<SecretField>): Warning[] {
  const lacks = (field: SecretField) => places[type].includes(field) && !after.has(field);
  const found: Warning[] = [];
  if (lacks('password'))
    found.push({
      path: 'password',
      warning: 'password_missing',
      ...codedFields('message', say('password_missing', { type })),
    });
  if (lacks('sshKey'))
    found.push({ path: 'sshKey', warning: 'key_missing', ...codedFields('message', say('key_missing', { type })) });
  return found;
}

const passphraseFindings: ReadonlySet<KeyFindingSlug> = new Set([
  'key_locked',
  'passphrase_wrong',
  'passphrase_not_needed',
]);

/** What is wrong with the key, in the words of the contract. */
export function keyWarnings(inspection: KeyInspection): Warning[] {
  return inspection.findings.map(({ finding }) => ({
    path: passphraseFindings.has(finding) ? 'passphrase' : 'sshKey',
    warning: finding,
    ...codedFields('message', say(finding)),
  }));
}

/** Throws what a strict caller does not want accepted: each warning is a detail. The slug of a warning is the code of its message, too. */
export function refuseWarnings(warnings: readonly Warning[]): void {
  const details = warnings.map(({ path, warning, messageParams = {} }) =>
    fieldFault(path, { code: warning, params: messageParams }),
  );
  if (details.length > 0) throw invalidFields(details);
}
