import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { failureText } from '../../src/greeting.ts';
import { postgresOptions, settleTls } from '../../src/kernel/db/postgres-connection.ts';
import { makeCertificates, type TestCertificates } from './certificates.ts';
import { startPostgres, type PostgresServer } from './postgres-server.ts';

let certificates: TestCertificates;
let server: PostgresServer;

beforeAll(async () => {
  certificates = await makeCertificates('localhost');
  server = await startPostgres({ tls: certificates.server });
});

afterAll(async () => {
  await server.stop();
  await certificates[Symbol.asyncDispose]();
});

/** Connects as Gatehouse does. Returns whether the server sees TLS. */
async function connectWith(url: URL): Promise<boolean> {
  const client = new pg.Client(postgresOptions(await settleTls(url.href)));
  await client.connect();
  try {
    const { rows } = await client.query<{ ssl: boolean }>('select ssl from pg_stat_ssl where pid = pg_backend_pid()');
    return rows[0]?.ssl === true;
  } finally {
    await client.end();
  }
}

/** The URL of the server with TLS; its certificate is for `localhost`. */
function urlOf(parameters: Readonly<Record<string, string>>, host = '127.0.0.1'): URL {
  const url = new URL(server.url);
  url.hostname = host;
  for (const [name, value] of Object.entries(parameters))
    url.searchParams.set(
      name,
      value.replace('AUTHORITY', certificates.authority).replace('OTHER', certificates.stranger),
    );
  return url;
}

test.each([
  [{}, '127.0.0.1', true],
  [{ sslmode: 'disable' }, '127.0.0.1', false],
  [{ sslmode: 'allow' }, '127.0.0.1', false],
  [{ sslmode: 'prefer' }, '127.0.0.1', true],
  [{ sslmode: 'require' }, '127.0.0.1', true],
  [{ sslmode: 'require', sslrootcert: 'AUTHORITY' }, '127.0.0.1', true],
  [{ sslmode: 'verify-ca', sslrootcert: 'AUTHORITY' }, '127.0.0.1', true],
  [{ sslmode: 'verify-full', sslrootcert: 'AUTHORITY' }, 'localhost', true],
  [{ sslrootcert: 'AUTHORITY' }, 'localhost', true],
  [{ sslmode: 'require', uselibpqcompat: 'true' }, '127.0.0.1', true],
])('%o at %s connects; with TLS: %s', async (parameters, host, isEncrypted) => {
  expect(await connectWith(urlOf(parameters, host))).toBe(isEncrypted);
});

const untrusted = 'not signed by a trusted authority';

test.each([
  [{ sslmode: 'require', sslrootcert: 'OTHER' }, '127.0.0.1', untrusted],
  [{ sslmode: 'verify-ca', sslrootcert: 'OTHER' }, '127.0.0.1', untrusted],
  [{ sslmode: 'verify-ca' }, '127.0.0.1', 'without a root certificate'],
  [{ sslmode: 'verify-full' }, 'localhost', untrusted],
  [{ sslrootcert: 'system' }, 'localhost', untrusted],
  [{ sslmode: 'verify-full', sslrootcert: 'AUTHORITY' }, '127.0.0.1', 'for another host name'],
  [{ sslmode: 'require', sslrootcert: '/nowhere/root.crt' }, '127.0.0.1', '/nowhere/root.crt (sslrootcert'],
])('%o at %s is refused with a sentence for operators', async (parameters, host, words) => {
  const url = urlOf(parameters, host);
  const error: unknown = await connectWith(url).catch((reason: unknown) => reason);

  const text = failureText(error, readConfig({ DATABASE_URL: url.href }));

  expect(text).toContain(words);
  expect(text).not.toContain('Node.js');
  expect(text).not.toContain(url.password);
});

test.each([
  ['prefer', false],
  ['allow', false],
])('%s connects to a server without TLS', async (sslmode, isEncrypted) => {
  const url = new URL(inject('postgresUrl'));
  url.searchParams.set('sslmode', sslmode);

  expect(await connectWith(url)).toBe(isEncrypted);
});

test('require stops the start where the server has no TLS', async () => {
  const url = new URL(inject('postgresUrl'));
  url.searchParams.set('sslmode', 'require');
  const error: unknown = await connectWith(url).catch((reason: unknown) => reason);

  expect(failureText(error, readConfig({ DATABASE_URL: url.href }))).toContain('does not offer TLS');
});
