import { isIP } from 'node:net';
import { username } from '@gatehouse/contract/accounts';
import { say } from '@gatehouse/contract/messages/message';
import { DatabaseUrlError, readTls } from '../../db/postgres-url.ts';
import { logLevels } from '../../logger.ts';
import { anyText, choice, fixed, optionalText, SettingError, text, wholeNumber } from '../setting.ts';

/** Where the server listens, and where its data and keys are. */
export const server = {
  HOST: fixed({ fallback: '127.0.0.1', meaning: 'Address to listen on', type: text(parseHost) }),
  PORT: fixed({ fallback: '6989', meaning: 'Port to listen on', type: wholeNumber(0, 65_535) }),
  DATA_DIR: fixed({
    fallback: './data',
    meaning: 'Directory of the database and, unless set otherwise, the master key',
    type: text((value) => value),
  }),
  CONFIG_FILE: fixed({
    fallback: '',
    meaning: 'File of NAME=value lines with these settings; empty: DATA_DIR/gatehouse.conf, if it exists',
    type: anyText,
  }),
  DATABASE_URL: fixed({
    fallback: '',
    meaning: 'postgres://… to use PostgreSQL; empty: SQLite in DATA_DIR',
    type: optionalText(parseDatabaseUrl),
    isSecret: true,
  }),
  ENCRYPTION_KEY: fixed({
    fallback: '',
    meaning: 'The master key itself: 64 lower-case hex digits',
    type: anyText,
    isSecret: true,
  }),
  ENCRYPTION_KEY_FILE: fixed({
    fallback: '',
    meaning: 'File with the master key; empty: DATA_DIR/master.key, created at the first start',
    type: anyText,
  }),
  PUBLIC_URL: fixed({
    fallback: '',
    meaning: 'Address of this server for people when it is behind a proxy: https://gate.example.org',
    type: optionalText(parsePublicUrl),
  }),
  TRUST_PROXY: fixed({
    fallback: '',
    meaning: 'Addresses or networks of proxies whose X-Forwarded-For or Forwarded is trusted, separated by commas',
    type: text(parseProxies),
  }),
  LOG_LEVEL: fixed({
    fallback: 'info',
    meaning: `Lowest level of messages that are logged: ${logLevels.join(', ')}`,
    type: choice(logLevels),
  }),
  METRICS_TOKEN: fixed({
    fallback: '',
    meaning: 'Bearer token for /metrics; empty: not served on the port',
    type: anyText,
    isSecret: true,
  }),
  METRICS_SOCKET: fixed({
    fallback: '',
    meaning: 'Path of a Unix socket that serves /metrics only to the user of the server',
    type: anyText,
  }),
  ACCEPT_RESTORED_DATA: fixed({
    fallback: '',
    meaning: 'For one start, after a restore: the code that the refused start printed',
    type: anyText,
  }),
  ADMIN_USERNAME: fixed({
    fallback: '',
    meaning: 'With ADMIN_PASSWORD: creates the first account at the first start',
    type: optionalText(parseUsername),
  }),
  ADMIN_PASSWORD: fixed({ fallback: '', meaning: 'Password of that account', type: anyText, isSecret: true }),
  ADMIN_PASSWORD_FILE: fixed({
    fallback: '',
    meaning: 'File whose first line is that password, instead of ADMIN_PASSWORD',
    type: anyText,
  }),
};

function parseHost(value: string): string {
  if (isIP(value) !== 0 || /^[a-z\d]([a-z\d.-]{0,251}[a-z\d])?$/i.test(value)) return value;
  throw new SettingError(say('host_malformed'));
}

function parseDatabaseUrl(value: string): string {
  if (!URL.canParse(value) || !/^postgres(ql)?:\/\//.test(value)) throw new SettingError(say('database_url_malformed'));
  try {
    readTls(value);
    return value;
  } catch (error) {
    throw error instanceof DatabaseUrlError ? new SettingError(error.said) : error;
  }
}

function parsePublicUrl(value: string): string {
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
  throw new SettingError(say('public_url_malformed'));
}

function parseProxies(value: string): readonly string[] {
  const proxies = value
    .split(',')
    .map((proxy) => proxy.trim())
    .filter((proxy) => proxy !== '');
  for (const proxy of proxies) {
    const [address = '', bits, ...rest] = proxy.split('/');
    const family = isIP(address);
    const widest = family === 4 ? 32 : 128;
    if (family === 0 || rest.length > 0 || (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= widest)))
      throw new SettingError(say('proxies_malformed'));
  }
  return proxies;
}

function parseUsername(value: string): string {
  if (username.safeParse(value).success) return value;
  throw new SettingError(say('username_malformed'));
}
