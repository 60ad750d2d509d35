import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, test } from 'vitest';
import type { OwnListener } from './own-listeners.ts';
import { createEgressPolicy, type EgressRequest, type EgressUse } from './policy.ts';
import { destinations, parseDestinations } from './rules.ts';

interface Setup {
  readonly allow?: readonly string[];
  readonly deny?: readonly string[];
  readonly listeners?: readonly OwnListener[];
}

function policy({ allow = [], deny = [], listeners = [] }: Setup = {}) {
  const lists = { allow: destinations(...allow), deny: destinations(...deny) };
  const decide = createEgressPolicy({ lists: () => lists, listeners: () => listeners });
  return (host: string, request: Partial<EgressRequest> = {}, use: EgressUse = 'ssh-login') =>
    decide(use, { host, port: 22, from: 'gateway', ...request });
}

describe('without lists', () => {
  test.for([
    ['169.254.169.254', 'metadata'],
    ['2852039166', 'metadata'],
    ['0xa9.0376.43518', 'metadata'],
    ['::ffff:169.254.169.254', 'metadata'],
    ['64:ff9b::a9fe:a9fe', 'metadata'],
    ['64:ff9b:1:2:3:4:a9fe:a9fe', 'metadata'],
    ['2002:a9fe:a9fe::1', 'metadata'],
    ['2001:0:1:2:3:4:5601:5601', 'metadata'],
    ['::a9fe:a9fe', 'metadata'],
    ['fd00:ec2::254', 'metadata'],
    ['100.100.100.200', 'metadata'],
    ['169.254.0.1', 'link-local'],
    ['fe80::1', 'link-local'],
    ['fe80::1%eth0', 'link-local'],
    ['0.0.0.0', 'unspecified'],
    ['0', 'unspecified'],
    ['::', 'unspecified'],
    ['224.0.0.1', 'multicast'],
    ['ff02::1', 'multicast'],
    ['255.255.255.255', 'broadcast'],
  ] as const)('denies %s for every use, from here and behind a jump host', async ([host, rule]) => {
    const decide = policy();
    expect(await decide(host)).toBe(rule);
    expect(await decide(host, {}, 'other')).toBe(rule);
    expect(await decide(host, { from: 'jump-host' })).toBe(rule);
    if (isIP(host) !== 0) expect(await decide('a.example.org', { address: host })).toBe(rule);
  });

  test.for(['127.0.0.1', '127.9.9.9', '2130706433', '::1', '::ffff:127.0.0.1', '64:ff9b::7f00:1'])(
    'allows the loopback address %s for SSH logins alone',
    async (host) => {
      expect(await policy()(host)).toBeUndefined();
      expect(await policy()(host, {}, 'other')).toBe('loopback');
    },
  );

  test.for(['10.0.0.1', '172.16.0.1', '192.168.1.1', 'fd12::1', '192.0.2.1', '2001:db8::1', 'a.example.org'])(
    'allows %s for everything',
    async (host) => {
      expect(await policy()(host)).toBeUndefined();
      expect(await policy()(host, {}, 'other')).toBeUndefined();
    },
  );

  test('takes a loopback address behind a jump host for that of the jump host', async () => {
    expect(await policy()('127.0.0.1', { from: 'jump-host' }, 'other')).toBeUndefined();
  });

  test('denies the names of metadata services before anything looks them up', async () => {
    expect(await policy()('Metadata.Google.Internal')).toBe('metadata');
    expect(await policy()('metadata.google.internal.', { from: 'jump-host' })).toBe('metadata');
  });
});

describe('the lists', () => {
  test('deny before they allow', async () => {
    const decide = policy({ allow: ['10.0.0.0/8'], deny: ['10.0.0.5'] });
    expect(await decide('10.0.0.5')).toBe('deny-list');
    expect(await decide('::ffff:10.0.0.5')).toBe('deny-list');
    expect(await decide('10.0.0.6')).toBeUndefined();
  });

  test('allow what is denied for what it is only as a network', async () => {
    const decide = policy({ allow: ['169.254.1.0/24', '*.example.org'] });
    expect(await decide('169.254.1.7')).toBeUndefined();
    expect(await decide('169.254.2.7')).toBe('link-local');
    expect(await decide('a.example.org', { address: '169.254.2.7' })).toBe('link-local');
    expect(await policy({ allow: ['127.0.0.0/8'] })('127.0.0.1', {}, 'other')).toBeUndefined();
    expect(await policy({ allow: ['64:ff9b::/96'] })('64:ff9b::a9fe:a9fe')).toBe('metadata');
  });

  test('allow nothing but what they name with * in the deny list', async () => {
    const decide = policy({ allow: ['10.0.0.0/8', '*.example.org'], deny: ['*', 'bad.example.org'] });
    expect(await decide('10.1.2.3')).toBeUndefined();
    expect(await decide('a.example.org', { address: '192.0.2.1' })).toBeUndefined();
    expect(await decide('a.example.org', { from: 'jump-host' })).toBeUndefined();
    expect(await decide('192.0.2.1')).toBe('not-in-allow-list');
    expect(await decide('a.example.net', { address: '192.0.2.1' })).toBe('not-in-allow-list');
    expect(await decide('a.example.net', { address: '10.1.2.3' })).toBeUndefined();
    expect(await decide('a.example.net', { from: 'jump-host' })).toBe('not-in-allow-list');
    expect(await decide('bad.example.org', { address: '10.1.2.3' })).toBe('deny-list');
  });

  test.for(['10.0.0.0/33', '10.0.0', '10.0.0.0/8/8', 'fe80::1%eth0', 'a b', 'http://x', '::/129', '10.0.0.0/'])(
    'are refused with %s in them',
    (rule) => {
      expect(parseDestinations([rule])).toBeUndefined();
    },
  );
});

describe('a listener of the gateway', () => {
  const gateway: OwnListener = { rule: 'gateway', host: undefined, port: 6989 };
  const ownAddresses = Object.values(networkInterfaces()).flatMap((infos = []) => infos.map(({ address }) => address));

  test.for(['127.0.0.1', '127.0.0.9', '2130706433', '::1', '::ffff:127.0.0.1', ...ownAddresses])(
    'is denied at %s, and its port alone',
    async (host) => {
      const decide = policy({ listeners: [gateway], allow: ['0.0.0.0/0', '::/0'] });
      expect(await decide(host, { port: 6989 })).toBe('gateway');
      if (isIP(host) !== 0) expect(await decide('a.example.org', { port: 6989, address: host })).toBe('gateway');
      expect(await decide(host)).toBeUndefined();
    },
  );

  test('is told from the same port of another machine', async () => {
    const decide = policy({ listeners: [gateway] });
    expect(await decide('192.0.2.1', { port: 6989 })).toBeUndefined();
    expect(await decide('127.0.0.1', { port: 6989, from: 'jump-host' })).toBeUndefined();
  });

  test('is also the database, by its name and by its addresses', async () => {
    const listeners = [{ rule: 'database', host: 'localhost', port: 5432 }] as const;
    const decide = policy({ listeners, allow: ['0.0.0.0/0', '::/0'] });
    expect(await decide('localhost', { port: 5432 })).toBe('database');
    expect(await decide('a.example.org', { port: 5432, address: '127.0.0.1' })).toBe('database');
    expect(await decide('127.0.0.7', { port: 5432 })).toBe('database');
    expect(await decide('127.0.0.1', { port: 5433 })).toBeUndefined();
  });

  test('is the public address, too, unless that is allowed', async () => {
    const listeners = [{ rule: 'public-url', host: '192.0.2.7', port: 443 }] as const;
    expect(await policy({ listeners })('192.0.2.7', { port: 443 })).toBe('public-url');
    expect(await policy({ listeners })('192.0.2.7')).toBeUndefined();
    expect(await policy({ listeners, allow: ['192.0.2.7'] })('192.0.2.7', { port: 443 })).toBeUndefined();
  });
});
