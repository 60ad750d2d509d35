import { isIPv6 } from 'node:net';

/** A name of known_hosts, taken apart: `[host]:port`, or a host alone. */
interface KnownHostsName {
  readonly host: string;
  readonly port: number | undefined;
}

/** Takes `[host]:port` apart; what is not of this form is a host. */
export function splitKnownHostsName(name: string): KnownHostsName {
  const [, bracketed, port] = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(name) ?? [];
  return bracketed === undefined
    ? { host: name, port: undefined }
    : { host: bracketed, port: port === undefined ? undefined : Number(port) };
}

/**
 * How a host may be written, the shortest first: an IPv6 address has many spellings (RFC 5952), of which the shortest and the given one count;
 * names are without regard to case.
 */
export function hostSpellings(host: string): readonly string[] {
  const given = host.toLowerCase();
  if (!isIPv6(given)) return [given];
  return [...new Set([shortest(given), given])];
}

/** RFC 5952 section 4, as the URL standard serializes an address. A zone (`%eth0`) stays as it is. */
function shortest(address: string): string {
  const [bare = '', ...zone] = address.split('%');
  const text = new URL(`http://[${bare}]/`).hostname.slice(1, -1);
  return [text, ...zone].join('%');
}
