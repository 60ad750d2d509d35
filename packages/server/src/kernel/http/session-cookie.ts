import { isSecure, type RequestOrigin } from './own-origin.ts';

/**
 * The cookie that carries a sign-in (RFC 6265bis). Under HTTPS its name begins with `__Host-`, so that no browser takes it from a neighbouring
 * host, from plain HTTP, or for a part of the paths.
 */
export interface SessionCookie {
  /** The unchecked values that the browser sent under the cookie's name; more than one means that another program on the host set one. */
  values(arrival: RequestOrigin): readonly string[];
  /** The Set-Cookie header of a sign-in. */
  issue(arrival: RequestOrigin, token: string): string;
  /** The Set-Cookie header that deletes the cookie. */
  clear(arrival: RequestOrigin): string;
}

interface Options {
  readonly publicUrl: string | undefined;
  /** The longest duration of a sign-in, used or not. */
  readonly absoluteMs: () => number;
}

const plainName = 'gatehouse';
const secureName = `__Host-${plainName}`;

/** `publicUrl` decides whether the cookie is `Secure` (RFC 6265 section 4.1.2.5). */
export function createSessionCookie({ publicUrl, absoluteMs }: Options): SessionCookie {
  const setCookie = (arrival: RequestOrigin, value: string, maxAgeS: number) => {
    const name = isSecure(arrival, publicUrl) ? `${secureName}=${value}; Secure` : `${plainName}=${value}`;
    return `${name}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${maxAgeS}`;
  };
  return {
    values: (arrival) => valuesOf(arrival.headers.cookie, isSecure(arrival, publicUrl) ? secureName : plainName),
    issue: (arrival, token) => setCookie(arrival, token, Math.floor(absoluteMs() / 1000)),
    clear: (arrival) => setCookie(arrival, '', 0),
  };
}

/** The values of a name in a Cookie header (RFC 6265 section 4.2.1). */
function valuesOf(header: string | undefined, name: string): string[] {
  if (header === undefined) return [];
  const start = `${name}=`;
  return header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(start))
    .map((pair) => pair.slice(start.length));
}
