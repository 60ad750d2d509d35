import type { IncomingHttpHeaders } from 'node:http';
import { refuse, type AppError } from '../app-error.ts';

/** What of a request tells where it comes from; Fastify's requests have it. */
export interface RequestOrigin {
  readonly headers: IncomingHttpHeaders;
  /** As the client used it, where a trusted proxy says so. */
  readonly protocol: 'http' | 'https';
}

/** Whether the browser speaks HTTPS: a trusted proxy says so, or PUBLIC_URL does. What the request says itself, as its Host, does not count. */
export function isSecure({ protocol }: Pick<RequestOrigin, 'protocol'>, publicUrl: string | undefined): boolean {
  return protocol === 'https' || publicUrl?.startsWith('https://') === true;
}

/** Whose page has sent a request; a program or a person who typed an address leaves it `unsaid`. */
type Sender = 'own' | 'foreign' | 'unsaid';

/**
 * Refuses what a foreign page asks of a browser that is not signed in yet (signing in, WebSockets: RFC 6455 section 10.2). Programs send
 * neither Origin nor Sec-Fetch-Site; a browser sends one of them, so what claims to be a browser and sends none is refused too.
 */
export function requireOwnOrigin(arrival: RequestOrigin, publicUrl: string | undefined): void {
  const sender = senderOf(arrival, publicUrl);
  const isBrowser = arrival.headers['user-agent']?.startsWith('Mozilla/') === true;
  if (sender === 'foreign' || (sender === 'unsaid' && isBrowser)) throw foreignOrigin();
}

/**
 * Refuses what rides on a browser's cookie without being asked for by our own page. SameSite alone does not do that: another port of this
 * host is the same site. What only reads may also come from an address that somebody typed.
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
 * With PUBLIC_URL, its origin alone is ours. The Host of a request is chosen by whoever sends it or by a proxy on the way, and pages of other programs
 * on this machine have loopback origins, so neither Host nor loopback adds a second one.
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
