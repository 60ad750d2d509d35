import type { Protection } from './ssh2-internals.ts';

/**
 * Whether an attacker on the network could remove messages from the start of the connection (Terrapin, CVE-2023-48795): without strict key exchange,
 * ChaCha20-Poly1305 and CBC with encrypt-then-MAC do not detect it. AES-GCM and counter mode do.
 */
export function canBeTruncated({ directions, strictKex }: Protection): boolean {
  if (strictKex) return false;
  return directions.some(
    ({ cipher, mac }) => cipher.startsWith('chacha20-poly1305') || (cipher.endsWith('-cbc') && mac.includes('-etm@')),
  );
}
