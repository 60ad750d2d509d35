import type {
  Algorithms,
  CipherAlgorithm,
  CompressionAlgorithm,
  KexAlgorithm,
  MacAlgorithm,
  ServerHostKeyAlgorithm,
} from 'ssh2';
import { acceptable } from './ssh2-internals.ts';

/**
 * AES-GCM comes first: authenticated, not affected by prefix truncation (CVE-2023-48795), and fastest on processors with AES. Larger groups than 16
 * are only for servers that have nothing else: 18 takes some 15 ms of the event loop. Group exchange (RFC 4419) is left out, here and below: the
 * server chooses the group, and checking that its prime is one takes seconds of the event loop, before any host key is known. HMAC-SHA1 comes last:
 * collisions of SHA-1 do not affect it, and OpenSSH still offers it.
 */
const current = {
  kex: [
    'curve25519-sha256',
    'curve25519-sha256@libssh.org',
    'ecdh-sha2-nistp256',
    'ecdh-sha2-nistp384',
    'ecdh-sha2-nistp521',
    'diffie-hellman-group16-sha512',
    'diffie-hellman-group18-sha512',
    'diffie-hellman-group17-sha512',
    'diffie-hellman-group15-sha512',
    'diffie-hellman-group14-sha256',
  ],
  serverHostKey: [
    'ssh-ed25519',
    'ecdsa-sha2-nistp256',
    'ecdsa-sha2-nistp384',
    'ecdsa-sha2-nistp521',
    'rsa-sha2-512',
    'rsa-sha2-256',
  ],
  cipher: [
    'aes128-gcm@openssh.com',
    'aes256-gcm@openssh.com',
    'chacha20-poly1305@openssh.com',
    'aes128-ctr',
    'aes192-ctr',
    'aes256-ctr',
  ],
  hmac: [
    'hmac-sha2-256-etm@openssh.com',
    'hmac-sha2-512-etm@openssh.com',
    'hmac-sha2-256',
    'hmac-sha2-512',
    'hmac-sha1',
  ],
} as const satisfies Algorithms;

/** Algorithms that current OpenSSH has retired. Offered last, and only if the entry opts in. */
const retired = {
  kex: ['diffie-hellman-group14-sha1', 'diffie-hellman-group1-sha1'],
  serverHostKey: ['ssh-rsa'],
  cipher: ['aes128-cbc', 'aes192-cbc', 'aes256-cbc', '3des-cbc'],
  hmac: [],
} as const satisfies Algorithms;

/** The names of one kind of algorithm that need the opt-in. */
export function retiredAlgorithms(kind: keyof typeof current): readonly string[] {
  return retired[kind];
}

/** What Gatehouse offers to one server, in its order of preference. */
export interface Offer {
  readonly kex: KexAlgorithm[];
  readonly serverHostKey: ServerHostKeyAlgorithm[];
  readonly cipher: CipherAlgorithm[];
  readonly hmac: MacAlgorithm[];
  readonly compress: CompressionAlgorithm[];
}

type HostKeyAlgorithm = (typeof current.serverHostKey)[number] | (typeof retired.serverHostKey)[number];

/** A type of host key, with the signature algorithms that prove it. */
interface HostKeyFamily {
  readonly keyType: HostKeyAlgorithm;
  readonly signatures: readonly HostKeyAlgorithm[];
}

/** The supported types of host keys, in our order of preference. */
export function hostKeyFamilies(legacy: boolean): readonly HostKeyFamily[] {
  const types = [...current.serverHostKey.filter((name) => !name.startsWith('rsa-')), ...retired.serverHostKey];
  return types.map((keyType) => ({ keyType, signatures: signatureAlgorithms(keyType, legacy) }));
}

/** A pinned RSA key signs with SHA-2 (RFC 8332), whatever its type is called. */
function signatureAlgorithms(keyType: HostKeyAlgorithm, legacy: boolean): HostKeyAlgorithm[] {
  if (keyType !== 'ssh-rsa') return [keyType];
  return legacy ? ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'] : ['rsa-sha2-512', 'rsa-sha2-256'];
}

/** The suffix of a certificate's name (PROTOCOL.certkeys of OpenSSH). */
export const certificateSuffix = '-cert-v01@openssh.com';

/** The supported certificates; that of an RSA key has another name than its algorithm, which ssh2 does not allow. */
const certificateAlgorithms: readonly string[] = current.serverHostKey
  .filter((name) => !name.startsWith('rsa-'))
  .map((name) => name + certificateSuffix);

interface Known {
  /** Types of the pinned keys. */
  readonly pinned: readonly string[];
  readonly certificates: boolean;
}

/** The offer for one hop. Certificates and types of pinned keys come first, so that a server with several keys presents a known one. */
export function offer({ pinned, certificates }: Known, legacy: boolean): Offer {
  const known: readonly HostKeyAlgorithm[] = legacy
    ? [...current.serverHostKey, ...retired.serverHostKey]
    : current.serverHostKey;
  const first = [...known, ...retired.serverHostKey]
    .filter((name) => pinned.includes(name))
    .flatMap((name) => signatureAlgorithms(name, legacy));
  return {
    kex: legacy ? [...current.kex, ...retired.kex] : [...current.kex],
    serverHostKey: [...(certificates ? acceptable(certificateAlgorithms) : []), ...new Set([...first, ...known])],
    cipher: legacy ? [...current.cipher, ...retired.cipher] : [...current.cipher],
    hmac: legacy ? [...current.hmac, ...retired.hmac] : [...current.hmac],
    // Compression before encryption reveals lengths of secrets and gains little on current networks.
    compress: ['none'],
  };
}
