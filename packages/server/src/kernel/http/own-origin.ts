import type { IncomingHttpHeaders } from 'node:http';
import { AppError } from '../app-error.ts';

/** What of a request tells where it comes from; Fastify's requests have it. */
export interface Arrival {
  readonly headers: IncomingHttpHeaders;
  /** As the client used it, where a trusted proxy says so. */
  readonly protocol: 'http' | 'https';
}

/** Whether the browser speaks HTTPS: with a proxy that is trusted, or with the address that PUBLIC_URL says. */
export function isSecure({ headers, protocol }: Arrival, publicUrl: string | undefined): boolean {
  return protocol === 'https' || (headers.host !== undefined && publicUrl === `https://${headers.host}`);
}

/** Whose page has sent a request; a program or a person who typed an address leaves it `unsaid`. */
type Sender = 'own' | 'foreign' | 'unsaid';

/**
 * Refuses what a foreign page asks of a browser that is not signed in yet (signing in, WebSockets: RFC 6455 section 10.2). Programs send
 * neither Origin nor Sec-Fetch-Site; a browser sends one of them, so what claims to be a browser and sends none is refused too.
 */
export function requireOwnOrigin(arrival: Arrival, publicUrl: string | undefined): void {
  const sender = senderOf(arrival, publicUrl);
  const isBrowser = arrival.headers['user-agent']?.startsWith('Mozilla/') === true;
  if (sender === 'foreign' || (sender === 'unsaid' && isBrowser)) throw foreignOrigin();
}

/**
 * Refuses what rides on a browser's cookie without being asked for by our own page. SameSite alone does not do that: another port of this
 * host is the same site. What only reads may also come from an address that somebody typed.
 */
export function requireOwnPage(arrival: Arrival, publicUrl: string | undefined, { reads }: { reads: boolean }): void {
  const sender = senderOf(arrival, publicUrl);
  if (sender === 'foreign' || (sender === 'unsaid' && !reads)) throw foreignOrigin();
}

function senderOf(arrival: Arrival, publicUrl: string | undefined): Sender {
  const { origin, host = '', 'sec-fetch-site': site } = arrival.headers;
  if (site === 'cross-site' || site === 'same-site') return 'foreign';
  if (origin === undefined) return site === 'same-origin' ? 'own' : 'unsaid';
  const asAddressed = `${isSecure(arrival, publicUrl) ? 'https' : 'http'}://${host}`;
  return origin === publicUrl || origin === asAddressed ? 'own' : 'foreign';
}

function foreignOrigin(): AppError {
  return new AppError(
    'forbidden',
    'A browser may ask that from the pages of this server only; behind a proxy, PUBLIC_URL says where they are.',
  );
}
