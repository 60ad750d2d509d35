import type { Json, JsonObject } from './canonical-json.ts';

/** Shorter secrets cannot be recognized by their form. */
const shortestSecret = 40;
/** In base64, nearly two of three characters are of another kind than the one before; in paths and words far fewer. */
const charactersPerChange = 3;
/** A change between lower-case letters, upper-case letters and digits. */
const changeOfKind = /(?<=[a-z])[A-Z0-9]|(?<=[A-Z])[a-z0-9]|(?<=[0-9])[A-Za-z]/g;

const privateKey = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----|$)/g;
const puttyKey = /PuTTY-User-Key-File-\d[\s\S]*$/;
/** The first part is public: it identifies the key. */
const apiKey = /(ghk_[0-9A-Za-z]{10}_)[0-9A-Za-z]{16,}(?:_[0-9A-Za-z]+)?/g;
/** Not fingerprints (`SHA256:…`) and not public keys (base64 of a length, so they begin with AAAA). */
const longToken = /(?<![0-9A-Za-z+/_:-])(?!AAAA)[0-9A-Za-z+/_-]{40,}={0,2}/g;

/** Replaces what looks like a secret: private keys, API keys, and long tokens in hexadecimal or base64. */
export function redactText(text: string): string {
  if (text.length < shortestSecret) return text;
  return text
    .replace(privateKey, '[private key]')
    .replace(puttyKey, '[private key]')
    .replace(apiKey, '$1[redacted]')
    .replace(longToken, (token) => (looksRandom(token) ? '[redacted]' : token));
}

/** The same for every text in the details of an entry. */
export function redactDetails(details: JsonObject): JsonObject {
  // `canonicalJson` refuses other objects.
  if (Object.getPrototypeOf(details) !== Object.prototype) return details;
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => [name, value === undefined ? value : redactJson(value)]),
  );
}

function redactJson(value: Json): Json {
  if (typeof value === 'string') return redactText(value);
  if (value === null || typeof value !== 'object') return value;
  return isArray(value) ? value.map(redactJson) : redactDetails(value);
}

function isArray(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}

function looksRandom(token: string): boolean {
  if (/^[0-9a-f]+$/i.test(token)) return true;
  const changes = token.match(changeOfKind)?.length ?? 0;
  return (
    /\d/.test(token) && /[a-z]/.test(token) && /[A-Z]/.test(token) && changes * charactersPerChange >= token.length
  );
}
