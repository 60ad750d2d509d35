import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const validDays = '2';

/** PEM files of a test, in a directory that is removed with them. */
export interface TestCertificates extends AsyncDisposable {
  /** The certificate of an authority. */
  readonly authority: string;
  /** That of another one, which signed nothing. */
  readonly stranger: string;
  /** Of a server, signed by the authority. */
  readonly server: { readonly certificate: string; readonly key: string };
}

/** Makes an authority and the certificate of a server with this DNS name. */
export async function makeCertificates(dnsName: string): Promise<TestCertificates> {
  const directory = await mkdtemp(join(tmpdir(), 'certificates-'));
  const path = (name: string) => join(directory, name);
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const authority = (name: string) => [
    ...['req', '-x509', ...curve, '-days', validDays, '-subj', `/CN=${name}`],
    ...['-keyout', path(`${name}.key`), '-out', path(`${name}.crt`)],
  ];
  await run('openssl', authority('authority'));
  await run('openssl', authority('stranger'));
  const request = ['req', '-new', ...curve, '-subj', '/CN=database'];
  await run('openssl', [...request, '-keyout', path('server.key'), '-out', path('server.csr')]);
  await writeFile(path('names'), `subjectAltName=DNS:${dnsName}\n`);
  await run('openssl', [
    ...['x509', '-req', '-in', path('server.csr'), '-days', validDays, '-CAcreateserial', '-extfile', path('names')],
    ...['-CA', path('authority.crt'), '-CAkey', path('authority.key'), '-out', path('server.crt')],
  ]);
  return {
    authority: path('authority.crt'),
    stranger: path('stranger.crt'),
    server: {
      certificate: await readFile(path('server.crt'), 'utf8'),
      key: await readFile(path('server.key'), 'utf8'),
    },
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true }),
  };
}
