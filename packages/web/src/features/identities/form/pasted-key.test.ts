import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { fingerprintOf, inspectPasted } from './pasted-key.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'pasted-key-'));
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

interface Generated {
  readonly text: string;
  readonly publicLine: string;
  readonly fingerprint: string;
}

let made = 0;
function generate(...options: string[]): Generated {
  const file = join(directory, `key-${made++}`);
  execFileSync('ssh-keygen', ['-q', '-f', file, '-C', 'ada at home', ...options]);
  const shown = execFileSync('ssh-keygen', ['-l', '-f', `${file}.pub`], { encoding: 'utf8' });
  return {
    text: readFileSync(file, 'utf8'),
    publicLine: readFileSync(`${file}.pub`, 'utf8'),
    fingerprint: shown.split(' ')[1] ?? '',
  };
}

test.each([
  [['-t', 'ed25519'], 'ssh-ed25519', 256],
  [['-t', 'rsa', '-b', '2048'], 'ssh-rsa', 2048],
  [['-t', 'ecdsa', '-b', '521'], 'ecdsa-sha2-nistp521', 521],
])('tells all of an OpenSSH key of ssh-keygen %j', async (options, algorithm, bits) => {
  const { text, fingerprint } = generate(...options, '-N', '');
  const pasted = inspectPasted(`\ufeff  ${text.replaceAll('\n', '\r\n')}\n\n`);
  expect(pasted).toMatchObject({
    kind: 'private',
    encrypted: false,
    facts: { algorithm, bits },
    comment: 'ada at home',
  });
  vi.stubGlobal('window', { isSecureContext: true });
  const publicKey = pasted.kind === 'private' ? pasted.publicKey : undefined;
  expect(publicKey && (await fingerprintOf(publicKey))).toBe(fingerprint);
});

test('tells of an encrypted OpenSSH key what is in the clear', () => {
  const { text } = generate('-t', 'ed25519', '-N', 'secret');
  expect(inspectPasted(text)).toMatchObject({
    kind: 'private',
    encrypted: true,
    facts: { algorithm: 'ssh-ed25519', bits: 256 },
    comment: undefined,
  });
});

test('a key that was cut off is called damaged', () => {
  const { text } = generate('-t', 'ed25519', '-N', '');
  expect(inspectPasted(text.slice(0, 200)).kind).toBe('damaged');
  expect(inspectPasted(text.replace('b3BlbnNza', 'AAAAAAAAA')).kind).toBe('damaged');
  expect(inspectPasted('-----BEGIN OPENSSH PRIVATE KEY-----\n***').kind).toBe('damaged');
});

test('a public key is told from a private one', () => {
  const { publicLine } = generate('-t', 'ed25519', '-N', '');
  expect(inspectPasted(publicLine).kind).toBe('public');
  expect(inspectPasted('-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----').kind).toBe('public');
  expect(inspectPasted('---- BEGIN SSH2 PUBLIC KEY ----\nAAAA').kind).toBe('public');
});

test.each([
  ['-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----', false, undefined],
  ['-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----', true, undefined],
  ['-----BEGIN EC PRIVATE KEY-----\nMIIB\n-----END EC PRIVATE KEY-----', false, undefined],
  ['-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----', false, 'ssh-rsa'],
  [
    '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nMIIB\n-----END RSA PRIVATE KEY-----',
    true,
    'ssh-rsa',
  ],
])('tells of a PEM file whether it is encrypted: %s', (text, encrypted, algorithm) => {
  const pasted = inspectPasted(text);
  expect(pasted).toMatchObject({ kind: 'private', encrypted });
  expect(pasted.kind === 'private' ? pasted.facts?.algorithm : 'none').toBe(algorithm);
});

test('tells all of a PuTTY key', () => {
  const { publicLine } = generate('-t', 'ed25519', '-N', '');
  const blob = publicLine.split(' ')[1] ?? '';
  const putty = (encryption: string) =>
    [
      'PuTTY-User-Key-File-3: ssh-ed25519',
      `Encryption: ${encryption}`,
      'Comment: ada at home',
      'Public-Lines: 2',
      blob.slice(0, 64),
      blob.slice(64),
      'Private-Lines: 1',
      'AAAA',
      'Private-MAC: 00',
      '',
    ].join('\r\n');
  const facts = { algorithm: 'ssh-ed25519', bits: 256 };
  expect(inspectPasted(putty('none'))).toMatchObject({ encrypted: false, facts, comment: 'ada at home' });
  expect(inspectPasted(putty('aes256-cbc'))).toMatchObject({ encrypted: true, facts });
  expect(inspectPasted(putty('none').slice(0, 120)).kind).toBe('damaged');
});

test('what is no key is said to be none', () => {
  expect(inspectPasted('   \n').kind).toBe('nothing');
  expect(inspectPasted('hunter2').kind).toBe('unknown');
});
