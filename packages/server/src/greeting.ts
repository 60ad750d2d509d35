import { join } from 'node:path';
import type { StartComparison } from './audit/start-check.ts';
import type { Config } from './config.ts';
import { AppError } from './kernel/app-error.ts';
import { tlsProblem } from './kernel/db/tls-problem.ts';
import { settingList } from './kernel/settings/registry.ts';
import type { StartChecks } from './start-check.ts';
import { version } from './version.ts';

/** What `--help` prints. */
export function helpText(): string {
  const width = Math.max(...settingList.map(({ name, setting }) => name.length + setting.fallback.length)) + 3;
  const lines = settingList.map(
    ({ name, setting: { fallback, meaning } }) =>
      `  ${(fallback === '' ? name : `${name}=${fallback}`).padEnd(width)}${meaning}`,
  );
  return [
    'Gatehouse: a gateway to your servers, with a vault for their passwords and SSH keys.',
    '',
    'Usage: npm start                      start the server; Ctrl-C stops it',
    '       npm start -- verify            verify the stored secrets and the audit log, also while the server runs;',
    '                                      --json for programs; exit code 0: no problem, 1: problems, 2: not everything could be verified',
    '       npm start -- --help            show this',
    '       npm start -- --version         show the version',
    '',
    'Configuration, by environment variables or in DATA_DIR/gatehouse.conf (with their defaults):',
    ...lines,
    '',
    'For example: PORT=8080 DATA_DIR=/var/lib/gatehouse npm start',
    'docs/configuration.md says more about each.',
  ].join('\n');
}

interface Started {
  readonly url: string;
  readonly checks: StartChecks;
  readonly setup: { readonly open: boolean; readonly token: string | undefined };
}

/** The message on the console after a start. */
export function welcome(config: Config, { url, setup, checks }: Started): string {
  return [
    '',
    `  Gatehouse ${version} is running at ${config.publicUrl ?? url}`,
    ...plainHttpLines(config),
    '',
    `  Data         ${config.databaseUrl === undefined ? join(config.dataDir, 'gatehouse.db') : 'PostgreSQL (DATABASE_URL)'}`,
    `  Master key   ${masterKeyPlace(config)}`,
    '               Keep a copy of the key in a safe place, apart from the data: without the key, the vault cannot be read.',
    ...checkLines(checks),
    '',
    ...setupLines(config, setup, config.publicUrl ?? url),
    `  First steps  docs/getting-started.md, or ${config.publicUrl ?? url}/guide.txt`,
    '',
  ].join('\n');
}

/** A warning for a server that other machines can reach without a known TLS proxy. */
function plainHttpLines({ host, publicUrl }: Config): string[] {
  if (publicUrl !== undefined || host === 'localhost' || host === '::1' || host.startsWith('127.')) return [];
  return ['  Others can reach it, over HTTP without encryption. Put a proxy with TLS in front (docs/operations.md).'];
}

function masterKeyPlace({ encryptionKey }: Config): string {
  return encryptionKey.kind === 'file' ? encryptionKey.path : 'ENCRYPTION_KEY (from the environment)';
}

/** The result of verifying existing data at the start. */
function checkLines({ checkpoint, secrets: { opened, problems } }: StartChecks): string[] {
  if (checkpoint === undefined || checkpoint.head.size === 0) return [];
  const lines = [
    `  Verified     ${opened} of the secrets that were written last; the database ${comparisonText(checkpoint)}.`,
    '               All of it: npm start -- verify',
  ];
  if (problems.length > 0)
    lines.push(
      '',
      `  WARNING      ${problems.length} stored secrets are not what was written last. Run npm start -- verify`,
    );
  if (checkpoint.forged > 0)
    lines.push(
      '',
      '  WARNING      audit-checkpoints.log holds notes that this installation did not sign (docs/operations.md)',
    );
  return lines;
}

function comparisonText(checkpoint: StartComparison): string {
  switch (checkpoint.kind) {
    case 'match':
      return `fits the checkpoint at entry ${checkpoint.checkpoint.size} of the audit log`;
    case 'nothing':
      return 'could not be compared with a checkpoint: there is none (docs/operations.md, Restore)';
    case 'older':
      return `is older than the checkpoint at entry ${checkpoint.checkpoint.size} and was accepted`;
  }
}

/** Browsers do not send the fragment of a link, so the token is in no proxy log. */
function setupLines({ dataDir }: Config, { open, token }: Started['setup'], url: string): string[] {
  if (!open || token === undefined) return ['  Set-up       done: sign in with your account.', ''];
  return [
    '  Set-up       open: make the first account, which becomes the administrator, with this link:',
    `               ${url}/welcome#setup=${token}`,
    `               For scripts: ${join(dataDir, 'setup-token')} holds the token (setupToken) until it is used.`,
    '',
  ];
}

/** Error codes whose message adds nothing to the sentence. */
const silentCauses = new Set(['SQLITE_BUSY']);

/** Why the server did not start: sentences for the operator that name what to change, without a stack trace. */
export function failureText(error: unknown, config: Config): string {
  const sentences: string[] = [];
  for (let current = error; current instanceof Error; current = current.cause)
    if (!silentCauses.has(codeOf(current))) sentences.push(sentenceFor(current, config));
  return `Gatehouse did not start. ${sentences.join(' ')}`;
}

function sentenceFor(error: Error, { host, port, databaseUrl }: Config): string {
  // Before the server accepts requests, only the first account of the configuration is checked like a request.
  if (error instanceof AppError && error.details !== undefined)
    return `The password of ADMIN_USERNAME ${error.details.map(({ message }) => message).join(', ')}.`;
  const { syscall, hostname } = error as NodeJS.ErrnoException & { hostname?: unknown };
  // A failed DNS lookup of HOST is reported separately from a failed listen.
  if (syscall === 'listen' || hostname === host) return listenProblem(codeOf(error), host, port) ?? error.message;
  if (databaseUrl !== undefined && (syscall === 'connect' || syscall === 'getaddrinfo'))
    return `The database of DATABASE_URL does not answer: ${error.message}.`;
  return (databaseUrl === undefined ? undefined : tlsProblem(error)) ?? error.message;
}

function listenProblem(code: string, host: string, port: number): string | undefined {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is in use by another program. Stop that program, or set PORT to a free port.`;
    case 'EADDRNOTAVAIL':
      return `HOST is ${host}, and this machine has no such address.`;
    case 'EACCES':
      return `This user may not listen on port ${port}. Set PORT to 1024 or more.`;
    case 'ENOTFOUND':
      return `HOST is ${host}, and that name has no address.`;
    default:
      return undefined;
  }
}

function codeOf(error: Error): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : '';
}
