import { isIP } from 'node:net';

/** An address as `net.BlockList` takes it. */
export interface AddressForm {
  readonly address: string;
  readonly family: 'ipv4' | 'ipv6';
}

/**
 * Every address that a connection to `text` may reach, however it is written: the address itself without a zone, and the IPv4 address that an IPv6
 * address contains for a translator or a tunnel. `undefined` if it is no address.
 */
export function addressForms(text: string): readonly AddressForm[] | undefined {
  const [address = ''] = text.split('%');
  switch (isIP(address)) {
    case 4:
      return [{ address, family: 'ipv4' }];
    case 6:
      return formsOfIpv6(groupsOf(address));
    default:
      return undefined;
  }
}

/** The eight groups of an address; the URL parser writes all spellings in one way (RFC 5952). */
function groupsOf(address: string): readonly number[] {
  const [before = '', after] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::');
  const numbers = (part: string) =>
    part
      .split(':')
      .filter(Boolean)
      .map((group) => Number.parseInt(group, 16));
  if (after === undefined) return numbers(before);
  const [head, tail] = [numbers(before), numbers(after)];
  return [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail];
}

function formsOfIpv6(groups: readonly number[]): readonly AddressForm[] {
  const itself: AddressForm = { address: groups.map((group) => group.toString(16)).join(':'), family: 'ipv6' };
  const [a = 0, b = 0, c = 0] = groups;
  const [high = 0, low = 0] = groups.slice(6);
  const startsWith = (...prefix: readonly number[]) => prefix.every((group, index) => groups[index] === group);
  // An IPv4-mapped address is the IPv4 address: the kernel speaks IPv4 there (RFC 4291 section 2.5.5.2).
  if (startsWith(0, 0, 0, 0, 0, 0xffff)) return [ipv4(high, low)];
  // IPv4-compatible (RFC 4291 section 2.5.5.1); below 1.0.0.0 are `::` and `::1`, which contain none.
  if (startsWith(0, 0, 0, 0, 0, 0) && high > 0xff) return [itself, ipv4(high, low)];
  // NAT64 (RFC 6052 section 2.1, RFC 8215).
  if (startsWith(0x64, 0xff9b, 0, 0, 0, 0) || startsWith(0x64, 0xff9b, 1)) return [itself, ipv4(high, low)];
  // 6to4 (RFC 3056 section 2) and the client of Teredo (RFC 4380 section 4).
  if (a === 0x2002) return [itself, ipv4(b, c)];
  if (a === 0x2001 && b === 0) return [itself, ipv4(high ^ 0xffff, low ^ 0xffff)];
  return [itself];
}

function ipv4(high: number, low: number): AddressForm {
  return { address: [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.'), family: 'ipv4' };
}
