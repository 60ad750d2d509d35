import { z } from 'zod';
import { coded } from './messages/answer-fields.ts';
import { fault } from './messages/faults.ts';

/** The second part changes the direction of writing, so that a name looks like another one (Unicode TR 36 section 3.2). */
const controlCharacters = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u;

function isText(value: string): boolean {
  return value.isWellFormed() && !controlCharacters.test(value);
}

function codePoints(value: string): number {
  return Array.from(value).length;
}

function tooShort(least: number): string {
  return least === 1 ? fault('value_empty') : fault('too_few_characters', { least });
}

/** One line of text for people, in Unicode code points: no control characters, no lone surrogates, trimmed, NFC. */
export function line(minimum: number, maximum: number) {
  return z
    .string()
    .max(maximum * 4, fault('too_many_characters', { most: maximum }))
    .refine(isText, fault('control_characters'))
    .transform((value) => value.normalize('NFC').trim())
    .refine((value) => codePoints(value) >= minimum, tooShort(minimum))
    .refine((value) => codePoints(value) <= maximum, fault('too_many_characters', { most: maximum }))
    .meta({ minLength: minimum, maxLength: maximum });
}

/** Text of several lines (notes, descriptions): line feeds and tabs are allowed. Maximum in code points. */
export function paragraph(maximum: number) {
  return z
    .string()
    .max(maximum * 4, fault('too_many_characters', { most: maximum }))
    .refine((value) => isText(value.replace(/[\n\r\t]/g, '')), fault('control_characters'))
    .transform((value) => value.normalize('NFC').trim())
    .refine((value) => codePoints(value) <= maximum, fault('too_many_characters', { most: maximum }))
    .meta({ maxLength: maximum });
}

const digits = z
  .string()
  .regex(/^\d{1,16}$/, fault('not_whole'))
  .transform(Number);

/** A whole number within bounds; clients may send it as a string of digits. */
export function wholeNumber(minimum: number, maximum: number) {
  const bounded = z
    .int()
    .min(minimum, fault('too_small', { least: minimum }))
    .max(maximum, fault('too_large', { most: maximum }));
  const wrong = fault('not_whole_within', { least: minimum, most: maximum });
  const missing = fault('value_missing', { expected: 'number' });
  return z.union([bounded, digits.pipe(bounded)], { error: ({ input }) => (input === undefined ? missing : wrong) });
}

/** The id of a stored thing: a positive safe integer, never reused. */
export const id = wholeNumber(1, Number.MAX_SAFE_INTEGER);

/** An id in a path. A malformed id names nothing, so the server answers 404. */
export const pathId = z
  .string()
  .regex(/^[1-9]\d{0,15}$/)
  .transform(Number)
  .refine(Number.isSafeInteger)
  .meta({ type: 'integer', minimum: 1 });

/** ISO 8601 in UTC with milliseconds. */
export const timestamp = z.iso.datetime({ precision: 3 });

/** The answer of operations without another result. */
export const message = z.object({ message: z.string(), ...coded('message') }).meta({ id: 'Acknowledgement' });

/** The size of a page. */
export const pageLimit = wholeNumber(1, 1000);

/** The start of the next page; opaque to the caller. */
export const cursor = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[\w-]+$/, fault('cursor_unknown'));
