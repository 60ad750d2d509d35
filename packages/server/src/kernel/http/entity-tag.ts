import { createHash, type Hash } from 'node:crypto';
import { say } from '@gatehouse/contract/messages/message';
import { invalid, refuse } from '../app-error.ts';

/** The versions that a client accepts to change: any, or one of these entity tags. */
export type IfMatch = 'any' | readonly string[];

const tags = /(?:W\/)?"[\x21\x23-\x7e]*"/g;
const separators = /^[ \t,]*$/;

/** The strong entity tag of a version, with its quotes (RFC 9110 section 8.8.3). */
export function entityTag(version: number): string {
  return `"${version}"`;
}

/** The strong entity tag of an answer by its content, with its quotes. */
export function contentTag(parts: Iterable<Buffer>): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return digestTag(hash);
}

/** The same, if the content was hashed in pieces (SHA-256). */
export function digestTag(hash: Hash): string {
  return `"${hash.digest('base64url')}"`;
}

/** Parses If-Match (RFC 9110 section 13.1.1); throws `invalid_request` if it is malformed. */
export function ifMatchOf(header: string | undefined): IfMatch {
  if (header === undefined || header.trim() === '*') return 'any';
  if (!separators.test(header.replace(tags, ''))) throw invalid('If-Match', say('entity_tags_malformed'));
  return header.match(tags) ?? [];
}

/**
 * Throws `precondition_failed`, with this message, if the client names another version. A weak tag never matches: the comparison is the strong one.
 */
export function requireMatch(ifMatch: IfMatch, version: number, changed: 'identity_changed' | 'server_changed'): void {
  if (ifMatch === 'any' || ifMatch.includes(entityTag(version))) return;
  throw refuse(changed);
}
