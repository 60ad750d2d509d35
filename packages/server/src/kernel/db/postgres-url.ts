import { inEnglish, say, type Message } from '@gatehouse/contract/messages/message';

/** The values of `sslmode`, as in libpq. */
export const sslModes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;

/** `no-verify` is the driver's name for `require` without a root certificate. */
export type SslMode = (typeof sslModes)[number] | 'no-verify';

/** What a database URL says about TLS. */
export interface RequestedTls {
  readonly mode: SslMode;
  /** A file of root certificates, `system` for those of the system; undefined: the file of libpq, if it exists. */
  readonly rootCertificate: string | undefined;
  readonly clientCertificate: string | undefined;
  readonly clientKey: string | undefined;
  /** Whether the handshake starts without asking the server first. */
  readonly isDirect: boolean;
}

/** Trusts the root certificates of the system. */
export const systemRoots = 'system';

/** A connection that may end up without TLS, or with a server that is not verified. */
const weakerThanRequire: ReadonlySet<SslMode> = new Set(['disable', 'allow', 'prefer']);

/** The parameters that only the functions of this file read. */
const tlsParameters = ['sslmode', 'ssl', 'sslrootcert', 'sslcert', 'sslkey', 'sslnegotiation', 'uselibpqcompat'];

/** A database URL that contradicts itself or says something unknown. The message never quotes the URL; those of `readTls` follow the name of the setting. */
export class DatabaseUrlError extends Error {
  override readonly name = 'DatabaseUrlError';
  readonly said: Message;

  constructor(said: Message, options?: ErrorOptions) {
    super(inEnglish(said), options);
    this.said = said;
  }
}

/** Throws `DatabaseUrlError` for TLS parameters that libpq would refuse, too. */
export function readTls(url: string): RequestedTls {
  const { searchParams } = new URL(url);
  const find = (name: string) => searchParams.getAll(name).findLast((value) => value !== '');
  const rootCertificate = find('sslrootcert');
  const negotiation = find('sslnegotiation') ?? 'postgres';
  if (negotiation !== 'postgres' && negotiation !== 'direct')
    throw new DatabaseUrlError(say('ssl_negotiation_unknown'));
  const isDirect = negotiation === 'direct';
  // Without `sslmode`, the parameters that only make sense with a verified server ask for one. libpq would verify less.
  const fallback = rootCertificate !== undefined || isDirect ? 'verify-full' : 'prefer';
  const mode = modeOf(find('sslmode'), find('ssl')) ?? fallback;
  if (rootCertificate === systemRoots && mode !== 'verify-full')
    throw new DatabaseUrlError(say('ssl_roots_unverified', { mode }));
  if (isDirect && weakerThanRequire.has(mode)) throw new DatabaseUrlError(say('ssl_direct_unrequired', { mode }));
  return { mode, rootCertificate, clientCertificate: find('sslcert'), clientKey: find('sslkey'), isDirect };
}

function modeOf(sslmode: string | undefined, ssl: string | undefined): SslMode | undefined {
  if (sslmode !== undefined) {
    const known = [...sslModes, 'no-verify' as const].find((mode) => mode === sslmode);
    if (known !== undefined) return known;
    throw new DatabaseUrlError(say('ssl_mode_unknown', { modes: sslModes }));
  }
  switch (ssl) {
    case undefined:
      return undefined;
    case 'true':
    case '1':
      return 'verify-full';
    case 'false':
    case '0':
      return 'disable';
    case 'no-verify':
      return 'no-verify';
    default:
      throw new DatabaseUrlError(say('ssl_value_unknown'));
  }
}

/** Whether the URL itself says if TLS is used. */
export function saysMode(url: string): boolean {
  const { searchParams } = new URL(url);
  return searchParams.has('sslmode') || searchParams.has('ssl');
}

/** The URL without its parameters about TLS. */
export function withoutTls(url: string): string {
  const changed = new URL(url);
  if (!tlsParameters.some((name) => changed.searchParams.has(name))) return url;
  for (const name of tlsParameters) changed.searchParams.delete(name);
  return changed.href;
}

/** The URL with these parameters, in place of those with the same names. */
export function withParameters(url: string, parameters: Readonly<Record<string, string>>): string {
  if (Object.keys(parameters).length === 0) return url;
  const changed = new URL(url);
  for (const [name, value] of Object.entries(parameters)) changed.searchParams.set(name, value);
  return changed.href;
}

/** The name or address of the server, or the directory of its Unix socket, which begins with a slash. */
export function databaseHost(url: string): string {
  const { searchParams, hostname } = new URL(url);
  // The query of the URL takes precedence over its authority, as in the driver.
  const host = searchParams.get('host') ?? decodeURIComponent(hostname.replace(/^\[(.*)\]$/, '$1'));
  return host || 'localhost';
}
