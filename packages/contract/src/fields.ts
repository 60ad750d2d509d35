import { z } from 'zod';

/** The second part turns the direction of writing, so that a name reads as another one (Unicode TR 36 section 3.2). */
const controlCharacters = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u;

function isText(value: string): boolean {
  return value.isWellFormed() && !controlCharacters.test(value);
}

function codePoints(value: string): number {
  return Array.from(value).length;
}

/**
 * One line of text that a person reads, in Unicode code points: no control characters, no lone surrogates, trimmed, NFC.
 */
export function line(minimum: number, maximum: number) {
  return z
    .string()
    .max(maximum * 4, `must have at most ${maximum} characters`)
    .refine(isText, 'must not contain control characters or lone surrogates')
    .transform((value) => value.normalize('NFC').trim())
    .refine((value) => codePoints(value) >= minimum, `must have at least ${minimum} characters`)
    .refine((value) => codePoints(value) <= maximum, `must have at most ${maximum} characters`)
    .meta({ minLength: minimum, maxLength: maximum });
}

/** Text of several lines (notes, descriptions): line feeds and tabs are allowed. Maximum in code points. */
export function paragraph(maximum: number) {
  return z
    .string()
    .max(maximum * 4, `must have at most ${maximum} characters`)
    .refine((value) => isText(value.replace(/[\n\r\t]/g, '')), 'must not contain control characters or lone surrogates')
    .transform((value) => value.normalize('NFC').trim())
    .refine((value) => codePoints(value) <= maximum, `must have at most ${maximum} characters`)
    .meta({ maxLength: maximum });
}

const digits = z
  .string()
  .regex(/^\d{1,16}$/, 'must be a whole number')
  .transform(Number);

/** A whole number within bounds; clients may send it as a string of digits. */
export function wholeNumber(minimum: number, maximum: number) {
  const bounded = z.int().min(minimum, `must be at least ${minimum}`).max(maximum, `must be at most ${maximum}`);
  return z.union([bounded, digits.pipe(bounded)], { error: `must be a whole number from ${minimum} to ${maximum}` });
}

/** The id of a stored thing: a positive safe integer, never used twice. */
export const id = wholeNumber(1, Number.MAX_SAFE_INTEGER);

/** An id in a path. What is no id names nothing, so the server answers 404 where this fails. */
export const pathId = z
  .string()
  .regex(/^[1-9]\d{0,15}$/)
  .transform(Number)
  .refine(Number.isSafeInteger);

/** ISO 8601 in UTC with milliseconds. */
export const timestamp = z.iso.datetime({ precision: 3 });

/** What every call answers that has nothing else to say. */
export const message = z.object({ message: z.string() });

/** How many a page holds. */
export const pageLimit = wholeNumber(1, 1000);

/** Where the next page begins; opaque to the caller. */
export const cursor = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[\w-]+$/, 'is not a cursor of this list');
