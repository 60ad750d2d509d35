import { z } from 'zod';
import { fault } from './messages/faults.ts';

const maxNameLength = 253;
/** Labels of letters, digits, hyphens and underscores (RFC 1123 section 2.1, and the underscore that real networks use), in ASCII. */
const asciiName = /^(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9_-]{1,63}(?<!-))*$/;
/** ASCII characters that no host name contains, so that a URL parser has nothing to interpret. */
const strangeAscii = /[^\w.\u0080-\uffff-]/;
const zoneName = /^[\w.-]{1,15}$/;

/**
 * The canonical form of a host: lower case, international names in their ASCII form (RFC 5891), addresses in their shortest form, IPv6 without
 * brackets. `undefined` if it is neither a host name nor an address.
 */
export function normalizeHost(text: string): string | undefined {
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  return bare.includes(':') ? normalizeIpv6(bare) : normalizeName(text);
}

function normalizeIpv6(text: string): string | undefined {
  const [address = '', ...zones] = text.split('%');
  const [zone] = zones;
  if (zones.length > 1 || !/^[\da-f:.]+$/i.test(address)) return undefined;
  if (zone !== undefined && !zoneName.test(zone)) return undefined;
  const host = urlHost(`[${address}]`)?.slice(1, -1);
  return host === undefined || zone === undefined ? host : `${host}%${zone}`;
}

function normalizeName(text: string): string | undefined {
  if (strangeAscii.test(text) || !text.isWellFormed()) return undefined;
  const host = urlHost(text)?.replace(/\.$/, '');
  if (host === undefined || host.length > maxNameLength || !asciiName.test(host)) return undefined;
  return host;
}

/** The WHATWG URL parser supports international names, also in browsers. */
function urlHost(host: string): string | undefined {
  return URL.canParse(`http://${host}/`) ? new URL(`http://${host}/`).hostname : undefined;
}

/** The name or address of a machine, without user, port or path. */
export const hostAddress = z
  .string()
  .trim()
  .max(maxNameLength, fault('too_many_characters', { most: maxNameLength }))
  .transform((text, context) => {
    const host = normalizeHost(text);
    if (host !== undefined) return host;
    context.addIssue({ code: 'custom', message: fault('not_a_host') });
    return z.NEVER;
  })
  .meta({ description: 'A host name or an IPv4 or IPv6 address' });
