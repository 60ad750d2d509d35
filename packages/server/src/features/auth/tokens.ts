import { hash, randomBytes, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

const signInTokenBytes = 48;
const signInTokenPattern = /^[0-9a-f]{96}$/;

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const keyIdLength = 10;
/** 43 digits of base 62 hold 256 bits. */
const keySecretLength = 43;
const checksumLength = 6;
const apiKeyPattern = /^(ghk_([0-9A-Za-z]{10})_([0-9A-Za-z]{43}))_([0-9A-Za-z]{6})$/;

/** A new API key: the token for its holder, and what is stored. */
interface NewApiKey {
  readonly token: string;
  readonly keyId: string;
  readonly secretHash: Buffer;
}

/** 384 random bits as 96 lower-case hexadecimal digits. */
export function newSignInToken(): string {
  return randomBytes(signInTokenBytes).toString('hex');
}

/** Whether a token has the form of a sign-in token, not of an API key. It need not exist. */
export function isSignInToken(token: string): boolean {
  return signInTokenPattern.test(token);
}

/** The stored hash of a token. Its randomness needs no salt. */
export function hashToken(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}

/** `ghk_<key id>_<secret>_<CRC-32>`: the prefix is for secret scanners, the checksum (of all before it) for typing errors. */
export function newApiKey(): NewApiKey {
  const keyId = randomText(keyIdLength);
  const secret = randomText(keySecretLength);
  const body = `ghk_${keyId}_${secret}`;
  return { token: `${body}_${checksum(body)}`, keyId, secretHash: hashToken(secret) };
}

/** The parts of an API key; `undefined` if it is malformed, found without a database query. */
export function parseApiKey(token: string): { keyId: string; secretHash: Buffer } | undefined {
  const [, body = '', keyId = '', secret = '', sum] = apiKeyPattern.exec(token) ?? [];
  return sum === undefined || sum !== checksum(body) ? undefined : { keyId, secretHash: hashToken(secret) };
}

function randomText(length: number): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}

function checksum(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let place = 0; place < checksumLength; place++) {
    digits = alphabet.charAt(rest % alphabet.length) + digits;
    rest = Math.floor(rest / alphabet.length);
  }
  return digits;
}
