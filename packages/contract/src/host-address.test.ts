import { describe, expect, test } from 'vitest';
import { hostAddress, normalizeHost } from './host-address.ts';
import { faultsOf } from './testdata/faults.ts';

describe('a host is kept', () => {
  test.each([
    ['a name', 'web-1.example.com', 'web-1.example.com'],
    ['a name of one label', 'localhost', 'localhost'],
    ['in lower case', 'Web-1.EXAMPLE.com', 'web-1.example.com'],
    ['without the dot of the root', 'example.com.', 'example.com'],
    ['with underscores', 'db_1.internal', 'db_1.internal'],
    ['with an international name in its ASCII form', 'bücher.example', 'xn--bcher-kva.example'],
    ['with an international name whose letters come in parts', 'bu\u0308cher.example', 'xn--bcher-kva.example'],
    ['with full-width letters in their common form', 'ｗｅｂ.example', 'web.example'],
    ['an IPv4 address', '192.0.2.10', '192.0.2.10'],
    ['an IPv4 address that is written in another way', '192.0.522', '192.0.2.10'],
    ['an IPv4 address in hexadecimal', '0xc0.0.2.10', '192.0.2.10'],
    ['an IPv6 address', '2001:db8::1', '2001:db8::1'],
    ['an IPv6 address in its shortest form', '2001:0DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['an IPv6 address without its brackets', '[2001:db8::1]', '2001:db8::1'],
    ['an IPv6 address with its zone', 'fe80::1%eth0', 'fe80::1%eth0'],
    ['an IPv6 address that holds an IPv4 one', '::ffff:192.0.2.10', '::ffff:c000:20a'],
  ])('%s', (_, text, kept) => {
    expect(normalizeHost(text)).toBe(kept);
    expect(hostAddress.parse(` ${text} `)).toBe(kept);
    // What is kept stays what it is.
    expect(normalizeHost(kept)).toBe(kept);
  });
});

describe('no host is', () => {
  test.each([
    ['nothing', ''],
    ['a user and a host', 'root@example.com'],
    ['a host and a port', 'example.com:22'],
    ['an IPv6 address with a port', '[2001:db8::1]:22'],
    ['an URL', 'ssh://example.com'],
    ['a path', 'example.com/etc'],
    ['what has a query', 'example.com?a'],
    ['what has a fragment', 'example.com#a'],
    ['what is escaped for URLs', 'example%2ecom'],
    ['a backslash', 'example\\com'],
    ['two names', 'one.example two.example'],
    ['an empty label', 'a..b'],
    ['a label that begins with a hyphen', '-oProxyCommand'],
    ['a label that ends with a hyphen', 'a-.example'],
    ['a label of more than 63 characters', `${'a'.repeat(64)}.example`],
    ['a name of more than 253 characters', `${'a.'.repeat(127)}a`],
    ['an IPv4 address out of range', '192.0.2.256'],
    ['an IPv6 address with two gaps', '2001::db8::1'],
    ['an IPv6 address with two zones', 'fe80::1%eth0%eth1'],
    ['an IPv6 address with a zone that is none', 'fe80::1%a/b'],
    ['an IPv6 address with an empty zone', 'fe80::1%'],
    ['half a character', 'a\ud800.example'],
  ])('%s', (_, text) => {
    expect(normalizeHost(text)).toBeUndefined();
    expect(faultsOf(hostAddress, text)).toEqual([
      text.length > 253
        ? ': must have at most 253 characters'
        : ': must be a host name or an IP address, without user name and port',
    ]);
  });
});
