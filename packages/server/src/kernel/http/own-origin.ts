import type { IncomingHttpHeaders } from 'node:http';
import { refuse, type AppError } from '../app-error.ts';

/** The part of a request that shows which page sent it; Fastify's requests have it. */
export interface RequestOrigin {
  readonly headers: IncomingHttpHeaders;
  /** As the client used it, where a trusted proxy says so. */
  readonly protocol: 'http' | 'https';
}

/** Whether the browser uses HTTPS, according to a trusted proxy or PUBLIC_URL. The Host header of the request does not count. */
export function isSecure({ protocol }: Pick<RequestOrigin, 'protocol'>, publicUrl: string | undefined): boolean {
  return protocol === 'https' || publicUrl?.startsWith('https://') === true;
}

/** Whose page sent a request. A program, or an address typed by a person, leaves it `unsaid`. */
type Sender = 'own' | 'foreign' | 'unsaid';

/**
 * Refuses requests by foreign pages through a browser that is not signed in (sign-in, WebSockets: RFC 6455 section 10.2). Programs send neither
 * Origin nor Sec-Fetch-Site; browsers send one of them, so a request that claims to be a browser and has none is refused too.
 */
export function requireOwnOrigin(arrival: RequestOrigin, publicUrl: string | undefined): void {
  const sender = senderOf(arrival, publicUrl);
  const isBrowser = arrival.headers['user-agent']?.startsWith('Mozilla/') === true;
  if (sender === 'foreign' || (sender === 'unsaid' && isBrowser)) throw foreignOrigin();
}

/**
 * Refuses requests that use a browser's cookie and do not come from our own page (CSRF). SameSite alone is not enough: another port of this host is
 * the same site. Requests that only read may also come from an address that a person typed.
 */
export function requireOwnPage(
  arrival: RequestOrigin,
  publicUrl: string | undefined,
  { reads }: { reads: boolean },
): void {
  const sender = senderOf(arrival, publicUrl);
  if (sender === 'foreign' || (sender === 'unsaid' && !reads)) throw foreignOrigin();
}

/**
 * With PUBLIC_URL, only its origin is ours. The Host of a request is chosen by its sender or by a proxy, and pages of other programs on this machine
 * have loopback origins, so neither Host nor loopback adds a second one.
 */
function senderOf(arrival: RequestOrigin, publicUrl: string | undefined): Sender {
  const { origin, host = '', 'sec-fetch-site': site } = arrival.headers;
  if (site === 'cross-site' || site === 'same-site') return 'foreign';
  if (origin === undefined) return site === 'same-origin' ? 'own' : 'unsaid';
  return origin === (publicUrl ?? `${arrival.protocol}://${host}`) ? 'own' : 'foreign';
}

function foreignOrigin(): AppError {
  return refuse('foreign_origin');
}
