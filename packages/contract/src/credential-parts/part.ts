import { z } from 'zod';
import { fault } from '../messages/faults.ts';
import { timestamp } from '../fields.ts';

/** The types of identities; each can have certain parts of a credential (section 2 of the contract). */
export const identityTypes = ['password', 'ssh', 'both', 'password-only'] as const;
export type IdentityType = (typeof identityTypes)[number];

/** A check of a whole body, in addition to those of its fields. */
export interface BodyCheck {
  readonly holds: (body: object) => boolean;
  readonly path: string;
  readonly error: string;
}

/**
 * One part of a credential in requests and lists. The order of parts in their table, and of fields in a part, is the order of the fields in requests,
 * warnings and audit entries.
 */
export interface CredentialPart {
  readonly id: string;
  /** The types of identities that can have it. */
  readonly types: readonly IdentityType[];
  /** The fields of its secrets, with the same names in requests, in the database and in the audit log. The first one is required. */
  readonly secrets: readonly [string, ...string[]];
  /** Its fields in the body of a create or an update. */
  readonly writable: z.ZodRawShape;
  readonly checks: readonly BodyCheck[];
  /** Its fields in a login without a stored identity. */
  readonly direct: z.ZodRawShape;
  /** Its fields in lists: facts, what is stored, since when. */
  readonly facts: z.ZodRawShape;
  readonly has: z.ZodRawShape;
  readonly setAt: z.ZodRawShape;
  /** The warning if the type can have it and nothing is stored. */
  readonly missing: string;
  /** Other warnings about it. */
  readonly findings: readonly string[];
}

/** The longest secret, in bytes of UTF-8. */
export const maxSecretBytes = 65_536;

function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** Secret text, which no answer contains. */
export function secretText(minimum: number) {
  return z
    .string()
    .min(minimum, fault('must_not_be_empty'))
    .refine((value) => value.isWellFormed(), fault('lone_surrogates'))
    .refine((value) => utf8Bytes(value) <= maxSecretBytes, fault('too_many_bytes', { most: maxSecretBytes }))
    .meta({ writeOnly: true });
}

/** A secret that is used for one login and not stored. */
export function directSecret() {
  return verbatim(1, maxSecretBytes).meta({ writeOnly: true }).optional();
}

/** Text that is sent to a server unchanged; half a character would become another one, so it is refused. */
export function verbatim(minimum: number, maximum: number) {
  return z
    .string()
    .min(minimum, fault('must_not_be_empty'))
    .max(maximum)
    .refine((value) => value.isWellFormed(), fault('lone_surrogates'));
}

/** The field with the time when a stored secret was set. */
export function setAt(what: string) {
  return timestamp
    .nullable()
    .meta({ description: `When the stored ${what} was set; null where there is none, or the time is unknown` });
}
