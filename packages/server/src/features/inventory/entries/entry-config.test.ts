import { describe, expect, it } from 'vitest';
import { entryConfigSchema } from '@gatehouse/contract/entry-config';
import { normalizeHost } from '@gatehouse/contract/host-address';

const problemOf = (value: unknown) => entryConfigSchema.safeParse(value).error?.issues[0]?.message;

describe('entryConfigSchema', () => {
  it('fills in the protocol and its port', () => {
    expect(entryConfigSchema.parse({ ip: 'host' })).toMatchObject({ protocol: 'ssh', port: 22 });
    expect(entryConfigSchema.parse({ ip: 'host', protocol: 'rdp', port: '' })).toMatchObject({ port: 3389 });
    expect(entryConfigSchema.parse({ ip: 'host', port: '2222' })).toMatchObject({ port: 2222 });
  });

  it('keeps keys that it does not know', () => {
    const extra = { monitoringEnabled: true, nested: { a: [1, null] } };
    expect(entryConfigSchema.parse({ ip: 'host', ...extra })).toMatchObject(extra);
  });

  it('takes empty form fields for none', () => {
    const { macAddress, username, hostKeyPolicy } = entryConfigSchema.parse({
      ip: 'host',
      macAddress: '',
      username: null,
      hostKeyPolicy: '',
    });
    expect([macAddress, username, hostKeyPolicy]).toEqual([undefined, undefined, undefined]);
  });

  it.each([0, 65_536, -1, 1.5, '22a', '0x16', true])('refuses the port %s', (port) => {
    expect(problemOf({ ip: 'host', port })).toBeDefined();
  });

  it('refuses the same jump host twice, and more than eight', () => {
    expect(problemOf({ ip: 'host', jumpHosts: [1, 1] })).toContain('twice');
    expect(problemOf({ ip: 'host', jumpHosts: [1, 2, 3, 4, 5, 6, 7, 8, 9] })).toContain('at most 8');
  });

  it('refuses depth before anything recurses into it', () => {
    const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as unknown;
    expect(problemOf({ ip: 'host', deep })).toContain('nested deeper');
  });

  it('refuses more than 16 KiB in all', () => {
    expect(problemOf({ ip: 'host', blob: 'x'.repeat(17_000) })).toContain('16 KiB');
  });

  it('refuses a key that could reach a prototype, at any level', () => {
    expect(problemOf(JSON.parse('{"ip":"host","__proto__":{"admin":true}}'))).toContain('__proto__');
    expect(problemOf(JSON.parse('{"ip":"host","a":[{"__proto__":1}]}'))).toContain('__proto__');
    expect(({} as { admin?: unknown }).admin).toBeUndefined();
  });

  it.each([null, 'text', [], 7])('refuses %j as a config', (value) => {
    expect(entryConfigSchema.safeParse(value).success).toBe(false);
  });
});

describe('normalizeHost', () => {
  it.each([
    ['WWW.Example.ORG', 'www.example.org'],
    ['example.org.', 'example.org'],
    ['my_server-1', 'my_server-1'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['192.0.2.1', '192.0.2.1'],
    ['2001:DB8:0:0::1', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1%eth0'],
  ])('turns %s into %s', (text, host) => {
    expect(normalizeHost(text)).toBe(host);
  });

  it.each([
    '',
    'user@host',
    'host:22',
    '[::1]:22',
    'a b',
    'a..b',
    '-host',
    'host/path',
    'host?x',
    'host#x',
    '%41',
    '256.1.1.1',
    'a\u0000b',
    'a\nb',
    '\ud800',
    '::1%a%b',
    '1::2::3',
    '-oProxyCommand=x',
    'x'.repeat(64),
  ])('refuses %j', (text) => {
    expect(normalizeHost(text)).toBeUndefined();
  });
});
