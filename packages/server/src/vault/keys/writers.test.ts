import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Secret } from '../secret.ts';
import { inspectPrivateKey } from './inspect.ts';
import { openSshFile, partsOf } from './testdata/openssh-file.ts';
import { inFolder, isInstalled, run } from './testdata/programs.ts';
import { readText } from './testdata/vectors.ts';

/** Padding depends on the length of the comment, and repeats after a block of 16 bytes. */
const comments = Array.from({ length: 17 }, (_, length) => 'abcdefghijklmnopq'.slice(0, length));
const kinds = ['ed25519', 'ecdsa-256', 'ecdsa-384', 'ecdsa-521', 'rsa-2048'] as const;
const passphrase = 'horse';

interface Request {
  /** A copy of the key, which the writer may change. */
  readonly source: string;
  readonly comment: string;
  /** A file with the passphrase, or an empty one. */
  readonly passphraseFile: string;
  readonly target: string;
}

/** Writes the key with the comment. */
type Writer = (request: Request) => void;

const sshKeygen: Writer = ({ source, comment, passphraseFile, target }) => {
  copyFileSync(source, target);
  run('ssh-keygen', ['-q', '-c', '-C', comment, '-P', '', '-f', target]);
  const given = readFileSync(passphraseFile, 'utf8');
  if (given !== '') run('ssh-keygen', ['-q', '-p', '-a', '1', '-P', '', '-N', given, '-f', target]);
};

const puttyGen =
  (format: string, parameters: string): Writer =>
  ({ source, comment, passphraseFile, target }) => {
    const cost = ['--ppk-param', parameters, '--new-passphrase', passphraseFile];
    run('puttygen', [source, '-C', comment, '-O', format, '-o', target, ...cost]);
  };

const cheap = 'version=3,memory=64,passes=1';
const writers: readonly (readonly [string, string, Writer])[] = [
  ['ssh-keygen', 'OpenSSH', sshKeygen],
  ['puttygen', 'OpenSSH', puttyGen('private-openssh-new', cheap)],
  ['puttygen', 'PEM, or OpenSSH where PEM cannot hold it', puttyGen('private-openssh', cheap)],
  ['puttygen', 'PuTTY 3', puttyGen('private', cheap)],
  ['puttygen', 'PuTTY 2', puttyGen('private', 'version=2')],
];

/** All of it takes minutes (`KEY_MATRIX=all`); every kind of padding occurs in these. */
const everyday = new Set(['ssh-keygen OpenSSH ed25519', 'puttygen OpenSSH ed25519', 'puttygen PuTTY 3 ecdsa-256']);
const everything = process.env['KEY_MATRIX'] === 'all';
const cases = writers
  .flatMap(([program, format, write]) => kinds.map((kind) => ({ program, format, kind, write })))
  .filter(({ program, format, kind }) => everything || everyday.has(`${program} ${format} ${kind}`))
  .flatMap((one) => [
    { ...one, how: 'without passphrase', given: '' },
    { ...one, how: 'with passphrase', given: passphrase },
  ]);

describe('keys that other programs write, under every length of comment', { timeout: 600_000 }, () => {
  it.each(cases)('$program, $format, $kind $how', async ({ program, kind, write, given }) => {
    expect(isInstalled(program)).toBe(true);
    const files = writeAll(write, kind, given);
    const unread: string[] = [];
    for (const [comment, text] of files) {
      const opened = given === '' ? undefined : Secret.fromText(given);
      const { status, facts } = await inspectPrivateKey(Secret.fromText(text), opened);
      if (status !== 'ready' || facts.publicKey.split(' ')[1] !== publicPart(kind)) unread.push(comment);
    }
    expect({ read: files.length - unread.length, unread }).toEqual({ read: comments.length, unread: [] });
  });
});

describe('padding of an OpenSSH key', () => {
  const parts = partsOf('ed25519-openssh.key');
  const unpadded = parts.privatePart.subarray(0, parts.privatePart.lastIndexOf('test-only ed25519') + 17);
  const aligned = 8 - (unpadded.length % 8);
  const padded = (padding: number[]): Secret =>
    Secret.fromText(openSshFile({ ...parts, privatePart: Buffer.concat([unpadded, Buffer.from(padding)]) }));
  const counting = (length: number): number[] => Array.from({ length }, (_, index) => index + 1);

  it.each([aligned, aligned + 8])('may be %i bytes', async (length) => {
    expect(await inspectPrivateKey(padded(counting(length)), undefined)).toMatchObject({ status: 'ready' });
  });

  it.each([
    ['longer than any block', counting(aligned + 16)],
    ['of other bytes', counting(aligned).map(() => 0)],
    ['one too high', counting(aligned).map((byte) => byte + 1)],
  ])('is not %s', async (_, padding) => {
    expect(await inspectPrivateKey(padded(padding), undefined)).toMatchObject({ status: 'unreadable' });
  });
});

/** The key with each comment, as the writer wrote it. */
function writeAll(write: Writer, kind: string, given: string): (readonly [string, string])[] {
  return inFolder((folder) => {
    const [source, passphraseFile, target] = [join(folder, 'key'), join(folder, 'passphrase'), join(folder, 'target')];
    writeFileSync(source, readText(`${kind}-openssh.key`), { mode: 0o600 });
    writeFileSync(passphraseFile, given);
    return comments.map((comment) => {
      write({ source, comment, passphraseFile, target });
      return [comment, readFileSync(target, 'utf8')] as const;
    });
  });
}

function publicPart(kind: string): string | undefined {
  return readText(`${kind}.pub`).split(' ')[1];
}
