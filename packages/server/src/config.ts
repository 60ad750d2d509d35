import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { say } from '@gatehouse/contract/messages/message';
import { readConfigFile } from './config-file.ts';
import { DatabaseUrlError, readTls, saysMode, withParameters } from './kernel/db/postgres-url.ts';
import type { LogLevel } from './kernel/logger.ts';
import { findSetting, registry, settingList, type FixedName, type ValueOf } from './kernel/settings/registry.ts';
import { SettingError, type SettingType } from './kernel/settings/setting.ts';
import type { Given, GivenSettings } from './kernel/settings/settings.ts';
import { Secret } from './vault/secret.ts';

/** A wrong setting; its message names the variable and what would be right. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Checked once at the start, then only read. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** A PostgreSQL URL with its password, or undefined for SQLite in the data directory. */
  readonly databaseUrl: Secret | undefined;
  readonly encryptionKey:
    | { readonly kind: 'env'; readonly hex: Secret }
    | { readonly kind: 'file'; readonly path: string; readonly mayCreate: boolean };
  /** The public address of the server: `https://gate.example.org`, without a trailing slash. */
  readonly publicUrl: string | undefined;
  readonly trustProxy: readonly string[];
  readonly logLevel: LogLevel;
  readonly admin: { readonly username: string; readonly password: Secret } | undefined;
  readonly metricsToken: Secret | undefined;
  /** The path of a Unix socket. */
  readonly metricsSocket: string | undefined;
  /** The code with which a start identified an older database; accepts that database. */
  readonly acceptRestoredData: string | undefined;
  /** All settings in environment and configuration file; live ones are read from `Settings`. */
  readonly given: GivenSettings;
}

/** The configuration file in the data directory. */
const defaultFileName = 'gatehouse.conf';

/** Environment and configuration file, the first before the second. */
class Sources {
  readonly #environment: NodeJS.ProcessEnv;
  readonly #file: ReadonlyMap<string, string>;
  readonly #given = new Map<string, Given>();

  constructor(environment: NodeJS.ProcessEnv, file: ReadonlyMap<string, string>) {
    this.#environment = environment;
    this.#file = file;
    for (const { name, setting } of settingList) {
      const [source, text] = this.#find(name);
      if (source === 'default') continue;
      // Live settings are checked now, too: a wrong value stops the start.
      parse(name, setting.type, text);
      this.#given.set(name, { source, text: setting.isSecret ? '' : text });
    }
  }

  /** All given settings, without the values of secrets. */
  get given(): GivenSettings {
    return this.#given;
  }

  read<N extends FixedName>(name: N): ValueOf<N> {
    const [, text] = this.#find(name);
    return parse(name, registry[name].type as SettingType<ValueOf<N>>, text);
  }

  secret(name: FixedName): Secret | undefined {
    const [, text] = this.#find(name);
    return text === '' ? undefined : Secret.fromText(text);
  }

  /** An empty value counts as missing. */
  #find(name: string): readonly [Given['source'] | 'default', string] {
    const value = this.#environment[name] ?? '';
    if (value !== '') return ['environment', value];
    const inFile = this.#file.get(name);
    if (inFile !== undefined) return ['file', inFile];
    return ['default', findSetting(name)?.setting.fallback ?? ''];
  }
}

/**
 * Reads the environment and the configuration file, the first before the second; throws `ConfigError` for the first wrong setting. Only this module
 * reads them.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const sources = new Sources(environment, readFile(environment));
  const dataDir = resolve(sources.read('DATA_DIR'));
  const key = sources.secret('ENCRYPTION_KEY');
  const config: Config = {
    host: sources.read('HOST'),
    port: sources.read('PORT'),
    dataDir,
    databaseUrl: databaseUrlOf(sources.read('DATABASE_URL'), environment),
    encryptionKey: encryptionKeyOf(key, sources.read('ENCRYPTION_KEY_FILE'), dataDir),
    publicUrl: sources.read('PUBLIC_URL'),
    trustProxy: sources.read('TRUST_PROXY'),
    logLevel: sources.read('LOG_LEVEL'),
    admin: adminOf(sources),
    metricsToken: sources.secret('METRICS_TOKEN'),
    metricsSocket: pathOf(sources.read('METRICS_SOCKET')),
    acceptRestoredData: sources.read('ACCEPT_RESTORED_DATA'),
    given: sources.given,
  };
  for (const { name, setting } of settingList) if (setting.isSecret) Reflect.deleteProperty(environment, name);
  return Object.freeze(config);
}

function readFile(environment: NodeJS.ProcessEnv): ReadonlyMap<string, string> {
  const named = environment['CONFIG_FILE'] ?? '';
  const dataDir = environment['DATA_DIR'] ?? '';
  const inDataDir = join(dataDir === '' ? registry.DATA_DIR.fallback : dataDir, defaultFileName);
  const path = named === '' ? inDataDir : named;
  try {
    const values = readConfigFile(resolve(path), named !== '');
    if (values.has('CONFIG_FILE')) throw new SettingError(say('config_file_names_file', { path }));
    if (named === '' && values.has('DATA_DIR')) throw new SettingError(say('config_file_moves_data', { path }));
    return values;
  } catch (error) {
    throw error instanceof SettingError ? new ConfigError(error.message, { cause: error.cause }) : error;
  }
}

function parse<T>(name: string, type: SettingType<T>, text: string): T {
  try {
    return type.parse(text);
  } catch (error) {
    throw error instanceof SettingError ? new ConfigError(`${name} ${error.message}.`) : error;
  }
}

/** libpq's variables count where the URL does not say how to use TLS, as in other programs that connect to PostgreSQL. */
function databaseUrlOf(url: string | undefined, environment: NodeJS.ProcessEnv): Secret | undefined {
  if (url === undefined) return undefined;
  const { PGSSLMODE: sslmode = '', PGSSLROOTCERT: sslrootcert = '' } = environment;
  const completed = withParameters(url, {
    ...(sslmode === '' || saysMode(url) ? {} : { sslmode }),
    ...(sslrootcert === '' || new URL(url).searchParams.has('sslrootcert') ? {} : { sslrootcert }),
  });
  try {
    readTls(completed);
  } catch (error) {
    throw error instanceof DatabaseUrlError
      ? new ConfigError(`DATABASE_URL with PGSSLMODE and PGSSLROOTCERT ${error.message}.`)
      : error;
  }
  return Secret.fromText(completed);
}

function pathOf(value: string | undefined): string | undefined {
  return value === undefined ? undefined : resolve(value);
}

function encryptionKeyOf(hex: Secret | undefined, file: string | undefined, dataDir: string): Config['encryptionKey'] {
  if (hex !== undefined && file !== undefined)
    throw new ConfigError('Set ENCRYPTION_KEY or ENCRYPTION_KEY_FILE, not both.');
  if (hex !== undefined) return { kind: 'env', hex };
  if (file !== undefined) return { kind: 'file', path: resolve(file), mayCreate: false };
  return { kind: 'file', path: join(dataDir, 'master.key'), mayCreate: true };
}

function adminOf(sources: Sources): Config['admin'] {
  const username = sources.read('ADMIN_USERNAME');
  const password = sources.secret('ADMIN_PASSWORD');
  const file = sources.read('ADMIN_PASSWORD_FILE');
  if (password !== undefined && file !== undefined)
    throw new ConfigError('Set ADMIN_PASSWORD or ADMIN_PASSWORD_FILE, not both.');
  if (username === undefined) {
    if (password !== undefined || file !== undefined)
      throw new ConfigError('ADMIN_USERNAME is missing beside the password.');
    return undefined;
  }
  if (password !== undefined) return { username, password };
  if (file === undefined) throw new ConfigError('ADMIN_USERNAME needs ADMIN_PASSWORD or ADMIN_PASSWORD_FILE.');
  return { username, password: Secret.fromText(firstLine('ADMIN_PASSWORD_FILE', file)) };
}

function firstLine(name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/, 1)[0] ?? '';
  } catch (cause) {
    throw new ConfigError(`${name}: the file ${file} cannot be read.`, { cause });
  }
}
