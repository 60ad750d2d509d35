import { join } from 'node:path';
import { variables, type Config } from './config.ts';

/** What `--help` prints. */
export function helpText(): string {
  const width = Math.max(...variables.map(({ name, fallback }) => name.length + fallback.length)) + 3;
  const lines = variables.map(
    ({ name, fallback, meaning }) => `  ${(fallback === '' ? name : `${name}=${fallback}`).padEnd(width)}${meaning}`,
  );
  return [
    'Gatehouse: a gateway to your servers, with a vault for the ways to log in to them.',
    '',
    'Usage: npm start            start the server; Ctrl-C stops it',
    '       npm start -- --help  show this',
    '',
    'Configuration, by environment variables (with their defaults):',
    ...lines,
  ].join('\n');
}

interface Started {
  readonly url: string;
  readonly setup: { readonly open: boolean; readonly token: string | undefined };
}

/** What the console says once the server answers. The set-up token is shown here and nowhere else. */
export function welcome(config: Config, { url, setup }: Started): string {
  return [
    '',
    `  Gatehouse is running at ${config.publicUrl ?? url}`,
    '',
    `  Data        ${config.databaseUrl === undefined ? join(config.dataDir, 'gatehouse.db') : 'PostgreSQL (DATABASE_URL)'}`,
    `  Master key  ${masterKeyPlace(config)}`,
    '              Keep a copy of the key in a safe place, apart from the data: without it nobody can read the vault.',
    '',
    ...setupLines(setup),
  ].join('\n');
}

function masterKeyPlace({ encryptionKey }: Config): string {
  return encryptionKey.kind === 'file' ? encryptionKey.path : 'ENCRYPTION_KEY (from the environment)';
}

function setupLines({ open, token }: Started['setup']): string[] {
  if (!open || token === undefined) return ['  Set-up      done: sign in with your account', ''];
  return [
    '  Set-up      open: the first account that registers becomes the administrator.',
    '              From this machine no token is needed; from anywhere else send this one as setupToken:',
    `              ${token}`,
    '',
  ];
}
