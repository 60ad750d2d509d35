import type { Offer } from './algorithms.ts';
import type { ServerOffer } from './preamble.ts';
import type { Direction, Protection } from './ssh2-internals.ts';

/** By it, a server says that it uses strict key exchange (OpenSSH PROTOCOL section 1.10). */
const strictKexMarker = 'kex-strict-s-v00@openssh.com';

/**
 * Whether an attacker on the network could remove messages from the start of the connection (Terrapin, CVE-2023-48795): without strict key exchange,
 * ChaCha20-Poly1305 and CBC with encrypt-then-MAC do not detect it. AES-GCM and counter mode do.
 */
export function canBeTruncated({ directions, strictKex }: Protection): boolean {
  return !strictKex && directions.some(isTruncatable);
}

function isTruncatable({ cipher, mac }: Direction): boolean {
  return cipher.startsWith('chacha20-poly1305') || (cipher.endsWith('-cbc') && isEncryptThenMac(mac));
}

function isEncryptThenMac(mac: string): boolean {
  return mac.includes('-etm@');
}

/** Whether a cipher authenticates by itself, so that no MAC is negotiated. */
export function isAuthenticated(cipher: string): boolean {
  return cipher.startsWith('chacha20-poly1305') || cipher.includes('-gcm');
}

/**
 * Our ciphers and MACs with a pair in front that cannot be truncated, if the server has one. Unchanged for a server with strict key exchange. What a
 * server offers is not authenticated yet: it decides only the order here, and the key exchange proves it afterwards.
 */
export function preferUntruncatable(ours: Pick<Offer, 'cipher' | 'hmac'>, server: ServerOffer) {
  if (server.kex.includes(strictKexMarker)) return ours;
  const macs = ours.hmac
    .filter((mac) => server.hmac.includes(mac))
    .toSorted((a, b) => Number(isEncryptThenMac(a)) - Number(isEncryptThenMac(b)));
  for (const cipher of ours.cipher.filter((name) => server.cipher.includes(name))) {
    const [mac] = isAuthenticated(cipher) ? [undefined] : macs;
    if (mac === undefined && !isAuthenticated(cipher)) continue;
    if (isTruncatable({ cipher, mac: mac ?? '' })) continue;
    return { cipher: front(ours.cipher, cipher), hmac: mac === undefined ? ours.hmac : front(ours.hmac, mac) };
  }
  return ours;
}

function front<T>(names: readonly T[], preferred: T): T[] {
  return [preferred, ...names.filter((name) => name !== preferred)];
}
