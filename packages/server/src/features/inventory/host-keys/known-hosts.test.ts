import { createHash, createHmac, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseKeyLines } from './known-hosts.ts';

function keyLine(algorithm = 'ssh-ed25519'): string {
  const name = Buffer.from(algorithm);
  const key = randomBytes(32);
  const prefix = (bytes: Buffer) => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes]);
  return `${algorithm} ${Buffer.concat([prefix(name), prefix(key)]).toString('base64')}`;
}

const parsed = (lines: readonly string[], host = 'example.org', port = 22) =>
  parseKeyLines(lines, host, port).map(({ facts }) => facts.publicKey);

describe('parseKeyLines', () => {
  it('takes a key with or without a comment and computes its fingerprint', () => {
    const line = keyLine();
    const digest = createHash('sha256')
      .update(Buffer.from(line.split(' ')[1] ?? '', 'base64'))
      .digest('base64');
    expect(parseKeyLines([`${line} root@host`, line], 'example.org', 22)).toEqual([
      {
        facts: { algorithm: 'ssh-ed25519', fingerprint: `SHA256:${digest.replace(/=+$/, '')}`, publicKey: line },
        role: 'host',
        source: 'confirmed',
      },
    ]);
  });

  it('takes the lines of known_hosts that are for the host and port', () => {
    const [mine, other, ported] = [keyLine(), keyLine('ssh-rsa'), keyLine('ecdsa-sha2-nistp256')];
    const lines = [`# hosts\nexample.org,192.0.2.1 ${mine}\nother.org ${other}\n\n[example.org]:2222 ${ported}`];
    expect(parsed(lines)).toEqual([mine]);
    expect(parsed(lines, 'example.org', 2222)).toEqual([ported]);
    expect(parsed(lines, '192.0.2.1')).toEqual([mine]);
  });

  it('understands patterns and exclusions', () => {
    const line = keyLine();
    expect(parsed([`*.example.org,!db.example.org ${line}`], 'www.example.org')).toEqual([line]);
    expect(() => parsed([`*.example.org,!db.example.org ${line}`], 'db.example.org')).toThrow('none of the lines');
  });

  it('understands hashed names', () => {
    const line = keyLine();
    const salt = randomBytes(20);
    const hashed = (name: string) =>
      `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;
    expect(parsed([`${hashed('example.org')} ${line}`])).toEqual([line]);
    expect(parsed([`${hashed('[example.org]:2222')} ${line}`], 'example.org', 2222)).toEqual([line]);
    expect(() => parsed([`${hashed('other.org')} ${line}`])).toThrow('none of the lines');
  });

  it('takes authorities for the hosts of their line', () => {
    const [own, other] = [keyLine(), keyLine()];
    const lines = [`@cert-authority *.example.org ${own}`, `@cert-authority example.com ${other}`];
    expect(parseKeyLines(lines, 'db.example.org', 22)).toMatchObject([
      { facts: { publicKey: own }, role: 'authority', source: 'imported' },
    ]);
    expect(() => parsed(['@cert-authority *.example.org'])).toThrow('not a host key');
  });

  it('refuses @revoked lines in words', () => {
    expect(() => parsed([`@revoked example.org ${keyLine()}`])).toThrow('@revoked');
  });

  it.each([
    ['a word', 'hello'],
    ['an algorithm without a key', 'ssh-ed25519'],
    ['base64 with something in it', `${keyLine()}!`],
    ['a key of another algorithm', keyLine('ssh-rsa').replace('ssh-rsa', 'ssh-ed25519')],
    ['a cut key', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5'],
    ['a certificate', 'ssh-ed25519-cert-v01@openssh.com AAAA'],
  ])('refuses %s', (_, line) => {
    expect(() => parsed([line])).toThrow('keys.0');
  });
});
