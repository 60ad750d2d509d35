import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { username as usernameSchema } from '@gatehouse/contract/accounts';
import { logLevels, type LogLevel } from './kernel/logger.ts';
import { Secret } from './vault/secret.ts';

/** A setting that is wrong; its message names the variable and what would be right. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Checked once at the start, then only read. Durations are in milliseconds. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** A PostgreSQL URL with its password, or undefined for SQLite in the data directory. */
  readonly databaseUrl: Secret | undefined;
  readonly encryptionKey:
    | { readonly kind: 'env'; readonly hex: Secret }
    | { readonly kind: 'file'; readonly path: string; readonly mayCreate: boolean };
  /** Where people reach the server: `https://gate.example.org`, without a trailing slash. */
  readonly publicUrl: string | undefined;
  readonly trustProxy: readonly string[];
  readonly logLevel: LogLevel;
  readonly passwordMinLength: number;
  readonly selfRegistration: boolean;
  readonly admin: { readonly username: string; readonly password: Secret } | undefined;
  readonly loginSessions: { readonly idleMs: number; readonly absoluteMs: number };
  readonly terminals: {
    readonly resumeMs: number;
    /** Zero, as in the next one, means for ever. */
    readonly idleMs: number;
    readonly absoluteMs: number;
    readonly maxPerAccount: number;
  };
  readonly metricsToken: Secret | undefined;
}

interface Variable {
  readonly name: string;
  readonly fallback: string;
  readonly meaning: string;
}

/** Every setting there is; `--help` and the configuration page of the documentation print this table. */
export const variables: readonly Variable[] = [
  { name: 'HOST', fallback: '127.0.0.1', meaning: 'Address to listen on' },
  { name: 'PORT', fallback: '6989', meaning: 'Port to listen on' },
  {
    name: 'DATA_DIR',
    fallback: './data',
    meaning: 'Where the database and, unless told otherwise, the master key lie',
  },
  { name: 'DATABASE_URL', fallback: '', meaning: 'postgres://… to use PostgreSQL; empty: SQLite in DATA_DIR' },
  { name: 'ENCRYPTION_KEY', fallback: '', meaning: 'The master key itself: 64 lower-case hex digits' },
  {
    name: 'ENCRYPTION_KEY_FILE',
    fallback: '',
    meaning: 'A file with the master key; empty: DATA_DIR/master.key, made at the first start',
  },
  {
    name: 'PUBLIC_URL',
    fallback: '',
    meaning: 'Where people reach this server, if a proxy stands in front: https://gate.example.org',
  },
  {
    name: 'TRUST_PROXY',
    fallback: '',
    meaning: 'Addresses or networks of proxies whose X-Forwarded-For is believed, separated by commas',
  },
  { name: 'LOG_LEVEL', fallback: 'info', meaning: logLevels.join(', ') },
  { name: 'PASSWORD_MIN_LENGTH', fallback: '8', meaning: 'Shortest password that an account may have, 8 to 255' },
  { name: 'SELF_REGISTRATION', fallback: 'false', meaning: 'true: anybody may make an account' },
  { name: 'ADMIN_USERNAME', fallback: '', meaning: 'With ADMIN_PASSWORD: makes the first account at the first start' },
  { name: 'ADMIN_PASSWORD', fallback: '', meaning: 'Password of that account' },
  { name: 'ADMIN_PASSWORD_FILE', fallback: '', meaning: 'A file with that password, instead of ADMIN_PASSWORD' },
  { name: 'SESSION_IDLE_HOURS', fallback: '168', meaning: 'A sign-in ends after this long without a request' },
  { name: 'SESSION_ABSOLUTE_HOURS', fallback: '720', meaning: 'A sign-in ends after this long, however busy' },
  {
    name: 'TERMINAL_RESUME_MINUTES',
    fallback: '10',
    meaning: 'How long a terminal outlives a lost connection of the browser',
  },
  {
    name: 'TERMINAL_IDLE_MINUTES',
    fallback: '0',
    meaning: 'A terminal without input or output ends after this long; 0: never',
  },
  {
    name: 'TERMINAL_ABSOLUTE_HOURS',
    fallback: '0',
    meaning: 'A terminal ends after this long, however busy; 0: never',
  },
  {
    name: 'TERMINALS_PER_ACCOUNT',
    fallback: '50',
    meaning: 'Most terminals that one account may have open, at one node',
  },
  { name: 'METRICS_TOKEN', fallback: '', meaning: 'Bearer token that opens /metrics to others than loopback' },
];

/** Environment variables that hold a secret; they are removed from the environment once read. */
const secretVariables = ['ENCRYPTION_KEY', 'ADMIN_PASSWORD', 'DATABASE_URL', 'METRICS_TOKEN'];

const hourMs = 3_600_000;
const minuteMs = 60_000;

/** Reads the environment; throws `ConfigError` for the first setting that is wrong. Nothing else reads it. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const fallbacks = new Map(variables.map(({ name, fallback }) => [name, fallback]));
  const read = (name: string) => {
    const value = environment[name];
    return value === undefined || value === '' ? (fallbacks.get(name) ?? '') : value;
  };
  const dataDir = resolve(read('DATA_DIR'));
  const config: Config = {
    host: hostOf(read('HOST')),
    port: wholeNumber('PORT', read('PORT'), 0, 65_535),
    dataDir,
    databaseUrl: databaseUrlOf(read('DATABASE_URL')),
    encryptionKey: encryptionKeyOf(read('ENCRYPTION_KEY'), read('ENCRYPTION_KEY_FILE'), dataDir),
    publicUrl: publicUrlOf(read('PUBLIC_URL')),
    trustProxy: trustProxyOf(read('TRUST_PROXY')),
    logLevel: logLevelOf(read('LOG_LEVEL')),
    passwordMinLength: wholeNumber('PASSWORD_MIN_LENGTH', read('PASSWORD_MIN_LENGTH'), 8, 255),
    selfRegistration: yesOrNo('SELF_REGISTRATION', read('SELF_REGISTRATION')),
    admin: adminOf(read('ADMIN_USERNAME'), read('ADMIN_PASSWORD'), read('ADMIN_PASSWORD_FILE')),
    loginSessions: {
      idleMs: wholeNumber('SESSION_IDLE_HOURS', read('SESSION_IDLE_HOURS'), 1, 8_760) * hourMs,
      absoluteMs: wholeNumber('SESSION_ABSOLUTE_HOURS', read('SESSION_ABSOLUTE_HOURS'), 1, 8_760) * hourMs,
    },
    terminals: {
      resumeMs: wholeNumber('TERMINAL_RESUME_MINUTES', read('TERMINAL_RESUME_MINUTES'), 0, 1_440) * minuteMs,
      idleMs: wholeNumber('TERMINAL_IDLE_MINUTES', read('TERMINAL_IDLE_MINUTES'), 0, 43_200) * minuteMs,
      absoluteMs: wholeNumber('TERMINAL_ABSOLUTE_HOURS', read('TERMINAL_ABSOLUTE_HOURS'), 0, 8_760) * hourMs,
      maxPerAccount: wholeNumber('TERMINALS_PER_ACCOUNT', read('TERMINALS_PER_ACCOUNT'), 1, 10_000),
    },
    metricsToken: secretOf(read('METRICS_TOKEN')),
  };
  for (const name of secretVariables) Reflect.deleteProperty(environment, name);
  return Object.freeze(config);
}

function secretOf(value: string): Secret | undefined {
  return value === '' ? undefined : Secret.fromText(value);
}

function wholeNumber(name: string, value: string, minimum: number, maximum: number): number {
  const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= minimum && number <= maximum) return number;
  throw new ConfigError(`${name} must be a whole number from ${minimum} to ${maximum}.`);
}

function yesOrNo(name: string, value: string): boolean {
  if (value === 'true') return true;
  if (value === 'false') return false;
  throw new ConfigError(`${name} must be true or false.`);
}

function hostOf(value: string): string {
  if (isIP(value) !== 0 || /^[a-z\d]([a-z\d.-]{0,251}[a-z\d])?$/i.test(value)) return value;
  throw new ConfigError('HOST must be an address or a host name, for example 127.0.0.1 or 0.0.0.0.');
}

function databaseUrlOf(value: string): Secret | undefined {
  if (value === '') return undefined;
  // The URL holds a password, so the message does not repeat it.
  if (!URL.canParse(value) || !/^postgres(ql)?:\/\//.test(value))
    throw new ConfigError(
      'DATABASE_URL must be a PostgreSQL URL (postgres://user:password@host:port/name), or empty for SQLite.',
    );
  return Secret.fromText(value);
}

function encryptionKeyOf(key: string, file: string, dataDir: string): Config['encryptionKey'] {
  if (key !== '' && file !== '') throw new ConfigError('Set ENCRYPTION_KEY or ENCRYPTION_KEY_FILE, not both.');
  if (key !== '') return { kind: 'env', hex: Secret.fromText(key) };
  if (file !== '') return { kind: 'file', path: resolve(file), mayCreate: false };
  return { kind: 'file', path: join(dataDir, 'master.key'), mayCreate: true };
}

function publicUrlOf(value: string): string | undefined {
  if (value === '') return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (
    url !== undefined &&
    /^https?:$/.test(url.protocol) &&
    url.pathname === '/' &&
    url.search === '' &&
    url.hash === '' &&
    url.username === '' &&
    url.password === ''
  )
    return url.origin;
  throw new ConfigError('PUBLIC_URL must be an address without a path, for example https://gate.example.org.');
}

function trustProxyOf(value: string): readonly string[] {
  const proxies = value
    .split(',')
    .map((proxy) => proxy.trim())
    .filter((proxy) => proxy !== '');
  for (const proxy of proxies) {
    const [address = '', bits, ...rest] = proxy.split('/');
    const family = isIP(address);
    const widest = family === 4 ? 32 : 128;
    if (family === 0 || rest.length > 0 || (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= widest)))
      throw new ConfigError('TRUST_PROXY must list addresses or networks, for example 127.0.0.1,10.0.0.0/8.');
  }
  return proxies;
}

function logLevelOf(value: string): LogLevel {
  const level = logLevels.find((known) => known === value);
  if (level === undefined) throw new ConfigError(`LOG_LEVEL must be one of ${logLevels.join(', ')}.`);
  return level;
}

function adminOf(username: string, password: string, file: string): Config['admin'] {
  if (password !== '' && file !== '') throw new ConfigError('Set ADMIN_PASSWORD or ADMIN_PASSWORD_FILE, not both.');
  if (username === '') {
    if (password !== '' || file !== '') throw new ConfigError('ADMIN_USERNAME is missing beside the password.');
    return undefined;
  }
  if (!usernameSchema.safeParse(username).success)
    throw new ConfigError('ADMIN_USERNAME must be 3 to 32 letters, digits, dots, underscores or hyphens.');
  if (password !== '') return { username, password: Secret.fromText(password) };
  if (file === '') throw new ConfigError('ADMIN_USERNAME needs ADMIN_PASSWORD or ADMIN_PASSWORD_FILE.');
  return { username, password: Secret.fromText(firstLine('ADMIN_PASSWORD_FILE', file)) };
}

function firstLine(name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/, 1)[0] ?? '';
  } catch (cause) {
    throw new ConfigError(`${name}: the file ${file} cannot be read.`, { cause });
  }
}
