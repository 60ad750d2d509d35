import { say } from '@gatehouse/contract/messages/message';
import { invalid } from '../../kernel/app-error.ts';

const radix = 36;
const shape = /^[1-9a-z][0-9a-z]{0,10}$/;

/** The start of a page: the sequence number of its first entry. */
export function encodeCursor(seq: number): string {
  return seq.toString(radix);
}

/** Throws `invalid_request` if it is no cursor of the audit log. */
export function decodeCursor(cursor: string): number {
  const seq = shape.test(cursor) ? Number.parseInt(cursor, radix) : Number.NaN;
  if (!Number.isSafeInteger(seq)) throw invalid('cursor', say('cursor_unknown'));
  return seq;
}
