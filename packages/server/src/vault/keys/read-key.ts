import { checkKey } from './check.ts';
import { describePublicKey } from './public-key.ts';
import type { KeyFacts, KeyInspection } from './inspection.ts';
import { KeyFault, withContext } from './fault.ts';
import { finding } from './finding.ts';
import type { KeyFinding } from './finding.ts';
import { minRsaBits, strongRsaBits } from './limits.ts';
import { splitLines, startsWith, trimBlanks } from './lines.ts';
import type { DecodedKey } from './material.ts';
import { hasPrivatePem, readPem } from './pem.ts';
import { isPuttyFile, readPutty } from './putty.ts';
import type { Scratch } from './scratch.ts';

/** The result of reading a key: the key itself only if it is ready. */
export interface ReadKey {
  readonly inspection: KeyInspection;
  /** PKCS#8 DER, kept in the scratch. */
  readonly pkcs8: Buffer | undefined;
  /** The public key in SSH wire format. */
  readonly publicKey: Buffer | undefined;
}

const publicPrefixes = [
  'ssh-',
  'ecdsa-sha2-',
  'sk-ssh-',
  'sk-ecdsa-',
  '---- BEGIN SSH2 PUBLIC KEY',
  '-----BEGIN PUBLIC KEY',
  '-----BEGIN RSA PUBLIC KEY',
  '-----BEGIN CERTIFICATE',
];

/** Reads a private key of any supported format and checks that its halves match. Blocks for as long as the derivation takes. */
export function readKey(text: Buffer, passphrase: Buffer | undefined, scratch: Scratch): ReadKey {
  try {
    const { material, encrypted, comment, publicKey: stated } = decode(text, passphrase, scratch);
    const { pkcs8, publicKey } = withContext({ encrypted }, () => checkKey(material, scratch));
    if (stated && !stated.equals(publicKey)) throw new KeyFault('key_unreadable', { encrypted });
    const facts = describePublicKey(publicKey, comment);
    if (isRsa(facts) && facts.bits < minRsaBits) throw new KeyFault('key_too_weak', { encrypted, facts });
    const findings = remarks(facts, passphrase !== undefined && !encrypted);
    return { inspection: { status: 'ready', facts, encrypted, findings }, pkcs8, publicKey };
  } catch (error) {
    if (!(error instanceof KeyFault)) throw error;
    return { inspection: inspectionOf(error), pkcs8: undefined, publicKey: undefined };
  }
}

function decode(text: Buffer, passphrase: Buffer | undefined, scratch: Scratch): DecodedKey {
  const lines = splitLines(text);
  if (isPuttyFile(lines)) return readPutty(lines, passphrase, scratch);
  const trimmed = lines.map(trimBlanks);
  if (hasPrivatePem(trimmed)) return readPem(trimmed, passphrase, scratch);
  const isPublic = trimmed.some((line) => publicPrefixes.some((prefix) => startsWith(line, prefix)));
  throw new KeyFault(isPublic ? 'key_is_public' : 'key_unreadable');
}

function remarks(facts: KeyFacts, unusedPassphrase: boolean): KeyFinding[] {
  const findings: KeyFinding[] = [];
  if (unusedPassphrase) findings.push(finding('passphrase_not_needed'));
  if (isRsa(facts) && facts.bits < strongRsaBits) findings.push(finding('key_too_weak'));
  return findings;
}

function isRsa(facts: KeyFacts): boolean {
  return facts.algorithm === 'ssh-rsa';
}

function inspectionOf(fault: KeyFault): KeyInspection {
  const findings = [finding(fault.finding)];
  const { encrypted } = fault.context;
  // Facts that a damaged file states about itself are not worth showing.
  const facts = fault.finding === 'key_unreadable' ? undefined : fault.context.facts;
  const locked = fault.finding === 'key_locked' || fault.finding === 'passphrase_wrong';
  return locked
    ? { status: 'locked', facts, encrypted: true, findings }
    : { status: 'unreadable', facts, encrypted, findings };
}
