import { describe, expect, it } from 'vitest';
import { forwardedAddresses } from './forwarded-address.ts';

const forwardedFor = (value: string) => forwardedAddresses({ 'x-forwarded-for': value });

describe('forwardedAddresses', () => {
  it.each([
    ['198.18.0.2', ['198.18.0.2']],
    ['198.18.0.2:41001', ['198.18.0.2']],
    ['198.18.0.2:41001, 10.0.0.1:80', ['198.18.0.2', '10.0.0.1']],
    ['2001:db8::1', ['2001:db8::1']],
    ['[2001:db8::1]', ['2001:db8::1']],
    ['[2001:db8::1]:443,10.0.0.1', ['2001:db8::1', '10.0.0.1']],
    ['unknown', []],
    ['', []],
    ['198.18.0.2, unknown, 10.0.0.1', ['10.0.0.1']],
    ['198.18.0.2, 10.0.0.1, _hidden', []],
    ['example.org', []],
    ['198.18.0.999', []],
    ['198.18.0.2 10.0.0.1', []],
  ])('reads X-Forwarded-For: %s', (value, addresses) => {
    expect(forwardedFor(value)).toEqual(addresses);
  });

  it.each([
    ['for=192.0.2.60;proto=http;by=203.0.113.43', ['192.0.2.60']],
    ['For="[2001:db8:cafe::17]:4711"', ['2001:db8:cafe::17']],
    ['for=192.0.2.43, for="[2001:db8::1]"', ['192.0.2.43', '2001:db8::1']],
    ['by="a,b;c";for="192.0.2.43:47011"', ['192.0.2.43']],
    ['for=192.0.2.43, proto=https', []],
    ['for=unknown, for=198.18.0.2', ['198.18.0.2']],
    ['for="192.0.2.43', []],
    ['', []],
  ])('reads Forwarded: %s', (forwarded, addresses) => {
    expect(forwardedAddresses({ forwarded })).toEqual(addresses);
  });

  it('prefers X-Forwarded-For, which is all that most proxies write', () => {
    expect(forwardedAddresses({ 'x-forwarded-for': '198.18.0.2', forwarded: 'for=192.0.2.60' })).toEqual([
      '198.18.0.2',
    ]);
  });
});
