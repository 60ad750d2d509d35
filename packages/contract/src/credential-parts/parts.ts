import type { CredentialPart } from './part.ts';
import { passwordPart } from './password.ts';
import { sshKeyPart } from './ssh-key.ts';

/** Every part of credentials: a new one is a file beside these and a row here. */
export const credentialParts = [passwordPart, sshKeyPart] as const;

type Part = (typeof credentialParts)[number];
/** The id of a part, such as `password`. */
export type CredentialPartId = Part['id'];
/** The fields of all secrets. */
export type SecretField = Part['secrets'][number];

/** The groups of fields that each part declares. */
type Group = 'writable' | 'direct' | 'facts' | 'has' | 'setAt';

type Intersection<U> = (U extends unknown ? (of: U) => void : never) extends (of: infer I) => void ? I : never;

/** The fields of one group, of every part. */
export function fieldsOfParts<G extends Group>(group: G): Intersection<Part[G]> {
  const fields: Record<string, unknown> = {};
  for (const part of credentialParts) Object.assign(fields, part[group]);
  return fields as Intersection<Part[G]>;
}

/** The slugs of every warning, in the order in which the contract lists them. */
export const partWarnings: readonly (Part['missing'] | 'secret_not_stored' | Part['findings'][number])[] = [
  ...credentialParts.map(({ missing }) => missing),
  'secret_not_stored',
  ...credentialParts.flatMap(({ findings }): readonly Part['findings'][number][] => findings),
];

/** Adds the checks of all parts to the schema of a body. */
export function withPartChecks<S extends { refine: (...check: RefineArguments) => S }>(schema: S): S {
  const checks = credentialParts.flatMap(({ checks: own }): CredentialPart['checks'] => own);
  return checks.reduce((checked, { holds, path, error }) => checked.refine(holds, { path: [path], error }), schema);
}

type RefineArguments = [holds: (body: object) => boolean, options: { path: string[]; error: string }];
