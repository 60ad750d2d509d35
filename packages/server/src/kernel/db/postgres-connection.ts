import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, type ConnectionOptions } from 'node:tls';
import { say } from '@gatehouse/contract/messages/message';
import pg from 'pg';
import { databaseHost, DatabaseUrlError, readTls, systemRoots, withoutTls, withParameters } from './postgres-url.ts';
import type { RequestedTls, SslMode } from './postgres-url.ts';

const connectTimeoutMs = 10_000;

/** What libpq reads where `sslrootcert` is missing, in the home directory. */
const usualRootFile = ['.postgresql', 'root.crt'] as const;

type PostgresOptions = Pick<pg.ClientConfig, 'connectionString' | 'connectionTimeoutMillis' | 'ssl' | 'sslnegotiation'>;

/**
 * What the driver needs to connect. The driver's own reading of `sslmode` is not libpq's, so it gets the result. `allow` and `prefer` mean no TLS here:
 * `settleTls` decides them. Throws `DatabaseUrlError` if a file cannot be read.
 */
export function postgresOptions(url: string): PostgresOptions {
  const tls = readTls(url);
  return {
    connectionString: withoutTls(url),
    connectionTimeoutMillis: connectTimeoutMs,
    // As in libpq, a Unix socket is never encrypted.
    ssl: databaseHost(url).startsWith('/') ? false : tlsOptions(tls),
    ...(tls.isDirect ? { sslnegotiation: 'direct' } : {}),
  };
}

function tlsOptions(tls: RequestedTls): false | ConnectionOptions {
  const { mode, clientCertificate, clientKey } = tls;
  if (mode === 'disable' || mode === 'allow' || mode === 'prefer') return false;
  return {
    ...verification(mode, tls.rootCertificate),
    ...(clientCertificate === undefined ? {} : { cert: readGiven('sslcert', clientCertificate) }),
    ...(clientKey === undefined ? {} : { key: readGiven('sslkey', clientKey) }),
  };
}

/** As libpq: a root certificate that exists is used, also with `require`, and only `verify-full` compares the name. */
function verification(mode: SslMode, rootCertificate: string | undefined): ConnectionOptions {
  if (mode === 'no-verify') return { rejectUnauthorized: false };
  const ca = rootsOf(rootCertificate);
  if (mode === 'verify-full') return { ca: ca ?? systemCertificates() };
  if (ca !== undefined) return { ca, checkServerIdentity: () => undefined };
  if (mode === 'require') return { rejectUnauthorized: false };
  throw new DatabaseUrlError(say('ssl_roots_missing'));
}

function rootsOf(rootCertificate: string | undefined): string[] | undefined {
  if (rootCertificate === systemRoots) return systemCertificates();
  if (rootCertificate !== undefined) return [readGiven('sslrootcert', rootCertificate)];
  const usual = join(homedir(), ...usualRootFile);
  return existsSync(usual) ? [readGiven('sslrootcert', usual)] : undefined;
}

/** Those of the machine, and those that come with Node.js: small containers have none. */
function systemCertificates(): string[] {
  return [...getCACertificates('default'), ...getCACertificates('system')];
}

/** libpq ignores a missing root certificate with `require`; here it stops the start, because a mistyped name would switch off the check. */
function readGiven(parameter: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new DatabaseUrlError(say('ssl_file_unreadable', { path, parameter }), { cause });
  }
}

/** What each mode tries, in this order. */
const attempts: Partial<Record<SslMode, readonly SslMode[]>> = {
  allow: ['disable', 'require'],
  prefer: ['require', 'disable'],
};

/**
 * The URL with `allow` or `prefer` replaced by what the server accepts, found by connecting. The process keeps that, so that nothing that happens on
 * the network later leads to a connection without TLS. Rejects if neither works.
 */
export async function settleTls(url: string): Promise<string> {
  const modes = attempts[readTls(url).mode];
  if (modes === undefined) return url;
  let failure: unknown;
  for (const sslmode of modes) {
    const settled = withParameters(url, { sslmode });
    try {
      await connectOnce(settled);
      return settled;
    } catch (error) {
      failure ??= error;
      // No other mode reaches a server that does not answer.
      if (error instanceof DatabaseUrlError || hasNoAnswer(error)) break;
    }
  }
  throw failure;
}

function hasNoAnswer(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { syscall } = error as NodeJS.ErrnoException;
  return syscall === 'connect' || syscall === 'getaddrinfo' || error.message.includes('timeout');
}

async function connectOnce(url: string): Promise<void> {
  const client = new pg.Client(postgresOptions(url));
  // What breaks after the connection is the matter of the next one.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } finally {
    await client.end().catch(() => undefined);
  }
}
