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
  parseKeyLines(lines, host, port).keys.map(({ facts }) => facts.publicKey);

describe('parseKeyLines', () => {
  it('takes a key with or without a comment and computes its fingerprint', () => {
    const line = keyLine();
    const digest = createHash('sha256')
      .update(Buffer.from(line.split(' ')[1] ?? '', 'base64'))
      .digest('base64');
    expect(parseKeyLines([`${line} root@host`, line], 'example.org', 22).keys).toEqual([
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
    expect(parseKeyLines(lines, 'db.example.org', 22).keys).toMatchObject([
      { facts: { publicKey: own }, role: 'authority', source: 'imported' },
    ]);
    expect(() => parsed(['@cert-authority *.example.org'])).toThrow('not a host key');
  });

  it('takes keys of @revoked lines out of those that are given, wherever the line is', () => {
    const [kept, revoked] = [keyLine(), keyLine()];
    const lines = [
      `example.org ${revoked}`,
      `example.org ${kept}`,
      `@revoked *.org ${revoked}`,
      `@revoked other.org ${kept}`,
    ];
    const { keys, revoked: taken, skipped } = parseKeyLines(lines, 'example.org', 22);
    expect(keys.map(({ facts }) => facts.publicKey)).toEqual([kept]);
    expect(taken.map(({ publicKey }) => publicKey)).toEqual([revoked]);
    expect(skipped).toEqual({ otherHosts: 1, unsupported: 0 });
  });

  it('skips and counts lines for other hosts and of unsupported types, as ssh does', () => {
    const line = keyLine();
    const lines = [
      `example.org ${line}`,
      `example.org ssh-ed448 AAAA`,
      `example.org sk-ssh-ed25519@openssh.com AAAA`,
      `example.org ssh-ed25519-cert-v01@openssh.com AAAA`,
      'example.org 2048 65537 1234567890',
      `@unknown-mark example.org ${line}`,
      'other.org ssh-ed448 AAAA',
      'other.org ssh-ed25519 damaged',
    ];
    expect(parseKeyLines(lines, 'example.org', 22)).toMatchObject({
      keys: [{ facts: { publicKey: line } }],
      skipped: { otherHosts: 2, unsupported: 5 },
    });
    expect(() => parsed(lines.slice(1))).toThrow('types of key that are not supported');
  });

  it.each([
    ['2001:db8:0:0:0:0:0:1', 22],
    ['2001:0DB8::0001', 22],
    ['[2001:db8:0::1]:22', 22],
    ['[2001:0db8:0000::1]:2222', 2222],
    ['2001:db8:0:0::1,db.example.org', 22],
  ])('finds 2001:db8::1 written as %s', (hosts, port) => {
    const line = keyLine();
    expect(parsed([`${hosts} ${line}`], '2001:db8::1', port)).toEqual([line]);
    expect(parsed([`${hosts} ${line}`], '2001:DB8:0::0:1', port)).toEqual([line]);
    expect(() => parsed([`*,!${hosts} ${line}`], '2001:db8::1', port)).toThrow('none of the lines');
  });

  it.each([
    ['a certificate', 'ssh-ed25519-cert-v01@openssh.com AAAA', 'is a certificate'],
    ['a type that is not supported', 'ssh-ed448 AAAA', 'unsupported type ssh-ed448'],
    ['a security key', 'sk-ssh-ed25519@openssh.com AAAA', 'unsupported type sk-ssh-ed25519@openssh.com'],
  ])('says what is wrong with %s as a key of its own', (_, line, words) => {
    expect(() => parsed([line])).toThrow(words);
  });

  it.each([
    ['a word', 'hello'],
    ['an algorithm without a key', 'ssh-ed25519'],
    ['base64 with something in it', `${keyLine()}!`],
    ['a key of another algorithm', keyLine('ssh-rsa').replace('ssh-rsa', 'ssh-ed25519')],
    ['a cut key', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5'],
    ['a damaged line for this host', 'example.org ssh-ed25519 AAAA'],
    ['a line without a key', 'example.org'],
  ])('refuses %s', (_, line) => {
    expect(() => parsed([line])).toThrow('keys.0');
  });
});
