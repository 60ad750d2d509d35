/** Entity tags with their quotes, without the mark of weak ones (RFC 9110 section 8.8.3). */
const tags = /(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g;
const separators = /^[ \t,]*$/;

/**
 * Whether the client already has the version of this entity tag, so that 304 is enough: the weak comparison of RFC 9110 sections 8.8.3.2 and 13.1.2.
 * A malformed header matches nothing, and the client gets the full answer.
 */
export function hasAlready(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  if (!separators.test(ifNoneMatch.replace(tags, ''))) return false;
  const opaque = etag.replace(/^W\//, '');
  return ifNoneMatch.matchAll(tags).some(([, tag]) => tag === opaque);
}
