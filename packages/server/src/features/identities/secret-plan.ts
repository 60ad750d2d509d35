import type { IdentityType } from '@gatehouse/contract/credential-parts/part';
import type { SecretField } from '@gatehouse/contract/credential-parts/parts';
import type { Warning } from '@gatehouse/contract/identities';
import { codedFields } from '@gatehouse/contract/messages/answer-fields';
import { say } from '@gatehouse/contract/messages/message';
import { fieldFault, invalid, invalidFields } from '../../kernel/app-error.ts';
import { fieldsOf, allowsPart, type Credential, type Part } from './parts/part.ts';

interface Situation {
  /** The type that the identity will have. */
  readonly type: IdentityType;
  /** The present type; undefined while it is created. */
  readonly typeBefore: IdentityType | undefined;
  readonly stored: ReadonlySet<SecretField>;
  /** The credential of the request. */
  readonly credential: Credential;
}

/** `changed`: a secret of the part changes, so its facts must be determined again. */
type FactsChange = 'changed' | 'gone' | 'same';

/** The effect of one request on the secrets of an identity: section 5 of the contract. */
export interface SecretPlan {
  readonly write: ReadonlySet<SecretField>;
  readonly remove: ReadonlySet<SecretField>;
  /** What will be stored. */
  readonly after: ReadonlySet<SecretField>;
  /** By part, if it has facts. */
  readonly facts: ReadonlyMap<Part, FactsChange>;
  readonly warnings: readonly Warning[];
}

/** Decides what is stored, what is destroyed and what is missing. Throws `invalid_request` for a secret without the one that it requires. */
export function planSecrets(parts: readonly Part[], { type, typeBefore, stored, credential }: Situation): SecretPlan {
  const placed = new Set(fieldsOf(parts, type));
  const companions = parts.flatMap((part) => part.companions);
  const put = [...credential].filter(([, { kind }]) => kind !== 'none').map(([field]) => field);
  const write = new Set(put.filter((field) => placed.has(field)));
  const isOutdated = (field: SecretField) =>
    credential.get(field)?.kind === 'none' || companions.some((each) => each.field === field && write.has(each.of));
  const remove = new Set([...stored].filter((field) => !write.has(field) && (!placed.has(field) || isOutdated(field))));
  const after = new Set([...stored, ...write].filter((field) => !remove.has(field)));
  for (const { field, of, alone } of companions)
    if (write.has(field) && !after.has(of)) throw invalid(field, say(alone));
  const facts = new Map(
    parts.filter((part) => part.facts).map((part) => [part, factsChange(part, { write, remove, after })]),
  );
  const lacking = type === typeBefore ? [] : parts.filter((part) => allowsPart(type, part) && isMissing(part, after));
  const warnings = [
    ...unplaced(
      put.filter((field) => !placed.has(field)),
      type,
    ),
    ...lacking.map((part) => part.missing(type)),
  ];
  return { write, remove, after, facts, warnings };
}

function isMissing({ contract }: Part, after: ReadonlySet<SecretField>): boolean {
  return !after.has(contract.secrets[0]);
}

function factsChange(
  part: Part,
  { write, remove, after }: Pick<SecretPlan, 'write' | 'remove' | 'after'>,
): FactsChange {
  if (isMissing(part, after)) return 'gone';
  return part.contract.secrets.some((field) => write.has(field) || remove.has(field)) ? 'changed' : 'same';
}

function unplaced(fields: readonly SecretField[], type: IdentityType): Warning[] {
  return fields.map((path) => ({
    path,
    warning: 'secret_not_stored',
    ...codedFields('message', say('secret_not_stored', { type })),
  }));
}

/** Throws the warnings for a strict caller: each becomes a detail. The slug of a warning is also the code of its message. */
export function refuseWarnings(warnings: readonly Warning[]): void {
  const details = warnings.map(({ path, warning, messageParams = {} }) =>
    fieldFault(path, { code: warning, params: messageParams }),
  );
  if (details.length > 0) throw invalidFields(details);
}
