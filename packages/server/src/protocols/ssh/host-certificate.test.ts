import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../../../test/temporary-sqlite.ts';
import { readHostKey } from './host-certificate.ts';
import { LoginFailure } from './hints.ts';

const directory = temporaryDirectory();
afterAll(() => {
  directory[Symbol.dispose]();
});

function keygen(...options: readonly string[]): void {
  execFileSync('ssh-keygen', ['-q', ...options], { cwd: directory.path });
}

function publicKeyOf(file: string): string {
  const [type = '', base64 = ''] = readFileSync(join(directory.path, `${file}.pub`), 'utf8').split(' ');
  return `${type} ${base64.trim()}`;
}

function blobOf(file: string): Buffer {
  return Buffer.from(publicKeyOf(file).split(' ')[1] ?? '', 'base64');
}

const hostOptions = ['-h', '-n', 'db.example.org,*.internal', '-V', '20260101000000Z:20270101000000Z'];

function certificate({ authority = ['ed25519'], host = ['ed25519'], options = hostOptions } = {}): Buffer {
  const name = `key-${Math.random().toString(36).slice(2)}`;
  const make = (file: string, [type = '', bits]: readonly string[]) => {
    keygen('-t', type, ...(bits === undefined ? [] : ['-b', bits]), '-N', '', '-f', file);
  };
  make(`${name}-ca`, authority);
  make(name, host);
  keygen('-s', `${name}-ca`, '-I', 'db', ...options, `${name}.pub`);
  return blobOf(`${name}-cert`);
}

function refusal(blob: Buffer): unknown {
  try {
    return readHostKey(blob);
  } catch (error) {
    return error;
  }
}

describe('readHostKey', () => {
  it('reads a plain key', () => {
    keygen('-t', 'ed25519', '-N', '', '-f', 'plain');
    expect(readHostKey(blobOf('plain'))).toEqual({
      facts: expect.objectContaining({ algorithm: 'ssh-ed25519', publicKey: publicKeyOf('plain') }) as unknown,
    });
  });

  it.each([
    ['ed25519', 'ed25519'],
    ['ecdsa 256', 'ecdsa 384'],
    ['ecdsa 384', 'ecdsa 521'],
    ['ecdsa 521', 'ecdsa 256'],
    ['rsa 2048', 'ed25519'],
  ])('reads what an authority with %s certifies of a key with %s', (authority, host) => {
    const { facts, certificate: found } = readHostKey(
      certificate({ authority: authority.split(' '), host: host.split(' ') }),
    );
    expect(facts.algorithm).toContain(host.split(' ')[0]);
    expect(found).toMatchObject({
      keyId: 'db',
      principals: ['db.example.org', '*.internal'],
      validFromMs: Date.UTC(2026, 0, 1),
      validUntilMs: Date.UTC(2027, 0, 1),
    });
  });

  it('knows a certificate without an end and without names', () => {
    expect(readHostKey(certificate({ options: ['-h'] })).certificate).toMatchObject({
      principals: [],
      validUntilMs: Infinity,
    });
  });

  it.each([
    ['of a user', ['-n', 'root']],
    ['signed with SHA-1', ['-h', '-t', 'ssh-rsa'], ['rsa', '2048']],
  ])('refuses a certificate %s', (_what, options, authority = ['ed25519']) => {
    expect(refusal(certificate({ options, authority }))).toBeInstanceOf(LoginFailure);
  });

  it('refuses whatever was changed, cut off or added, without another error', () => {
    const good = certificate();
    const name = 4 + good.readUInt32BE(0);
    for (let at = name; at < good.length; at++) {
      const changed = Buffer.from(good);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(refusal(changed), `byte ${at}`).toBeInstanceOf(LoginFailure);
      expect(refusal(good.subarray(0, at)), `cut at ${at}`).toBeInstanceOf(LoginFailure);
    }
    expect(refusal(Buffer.concat([good, Buffer.alloc(1)]))).toBeInstanceOf(LoginFailure);
    expect(refusal(Buffer.concat([good, Buffer.alloc(20_000)]))).toBeInstanceOf(LoginFailure);
  });

  it('refuses random bytes behind the name of a certificate', () => {
    const head = certificate().subarray(0, 4 + 'ssh-ed25519-cert-v01@openssh.com'.length);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(refusal(Buffer.concat([head, bytes]))).toBeInstanceOf(LoginFailure);
      }),
    );
  });
});
