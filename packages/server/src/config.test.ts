import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';
import { settingList } from './kernel/settings/registry.ts';
import { createSettings } from './kernel/settings/settings.ts';
import { temporaryDirectory } from '../test/temporary-sqlite.ts';

const hex = '0123456789abcdef'.repeat(4);

function messageOf(environment: Record<string, string>): string {
  try {
    readConfig({ ...environment });
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'no error';
}

describe('the configuration', () => {
  test('needs nothing: every setting has a default', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 6989,
      databaseUrl: undefined,
      publicUrl: undefined,
      trustProxy: [],
      admin: undefined,
    });
    expect(readConfig({}).given.size).toBe(0);
    const settings = createSettings();
    expect(settings.get('SELF_REGISTRATION')).toBe(false);
    expect(settings.get('TERMINALS_PER_ACCOUNT')).toBe(50);
  });

  test('keeps the master key in the data directory, and makes it there and nowhere else', () => {
    expect(readConfig({ DATA_DIR: '/srv/gate' }).encryptionKey).toEqual({
      kind: 'file',
      path: '/srv/gate/master.key',
      mayCreate: true,
    });
    expect(readConfig({ ENCRYPTION_KEY_FILE: '/run/key' }).encryptionKey).toMatchObject({ mayCreate: false });
  });

  test('takes secrets out of the environment and does not show them', () => {
    const environment = {
      ENCRYPTION_KEY: hex,
      ADMIN_USERNAME: 'ada',
      ADMIN_PASSWORD: 'a password of the test',
      DATABASE_URL: 'postgres://gate:hunter22@127.0.0.1/gate',
      METRICS_TOKEN: 'a token of the test',
    };
    const config = readConfig(environment);

    expect(environment).toEqual({ ADMIN_USERNAME: 'ada' });
    const { databaseUrl, admin, encryptionKey } = config;
    for (const shown of [String(databaseUrl), String(admin?.password), String(Object.values(encryptionKey))])
      expect(shown).not.toMatch(/hunter22|of the test|0123456789/);
  });

  test('reads lists of proxies and addresses without a path', () => {
    const config = readConfig({ TRUST_PROXY: '127.0.0.1, 10.0.0.0/8,::1', PUBLIC_URL: 'https://gate.example.org/' });

    expect(config.trustProxy).toEqual(['127.0.0.1', '10.0.0.0/8', '::1']);
    expect(config.publicUrl).toBe('https://gate.example.org');
  });
});

test('the variables of libpq say how to use TLS where the URL of the database does not', () => {
  const urlOf = (url: string, environment: NodeJS.ProcessEnv) =>
    readConfig({ DATABASE_URL: url, ...environment }).databaseUrl?.expose((bytes) => bytes.toString());
  const libpq = { PGSSLMODE: 'verify-ca', PGSSLROOTCERT: '/etc/ca.crt' };

  expect(urlOf('postgres://db/gate', libpq)).toBe('postgres://db/gate?sslmode=verify-ca&sslrootcert=%2Fetc%2Fca.crt');
  expect(urlOf('postgres://db/gate?sslmode=disable', { PGSSLMODE: 'require' })).toBe(
    'postgres://db/gate?sslmode=disable',
  );
  expect(messageOf({ DATABASE_URL: 'postgres://db/gate', PGSSLMODE: 'strict' })).toContain('PGSSLMODE');
});

describe('a wrong setting is refused by its name:', () => {
  test.each([
    ['HOST', 'http://localhost'],
    ['PORT', '65536'],
    ['PORT', '80a'],
    ['DATABASE_URL', 'mysql://gate:hunter22@127.0.0.1/gate'],
    ['DATABASE_URL', 'postgres://gate:hunter22@127.0.0.1/gate?sslmode=strict'],
    ['DATABASE_URL', 'postgres://gate:hunter22@127.0.0.1/gate?sslmode=require&sslrootcert=system'],
    ['PUBLIC_URL', 'gate.example.org'],
    ['PUBLIC_URL', 'https://gate.example.org/path'],
    ['PUBLIC_URL', 'https://gate.example.org/#path'],
    ['PUBLIC_URL', 'https://:hunter22@gate.example.org'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['LOG_LEVEL', 'verbose'],
    ['PASSWORD_MIN_LENGTH', '7'],
    ['SELF_REGISTRATION', 'yes'],
    ['SESSION_IDLE_HOURS', '0'],
    ['SESSION_ABSOLUTE_HOURS', '-1'],
    ['TERMINAL_RESUME_MINUTES', '1.5'],
    ['TERMINAL_IDLE_MINUTES', 'never'],
    ['TERMINAL_ABSOLUTE_HOURS', '8761'],
    ['TERMINALS_PER_ACCOUNT', '0'],
  ])('%s=%s', (name, value) => {
    const message = messageOf({ [name]: value });

    expect(message).toMatch(new RegExp(`^${name}\\b`));
    expect(message).not.toContain('hunter22');
  });

  test.each([
    [{ ENCRYPTION_KEY: hex, ENCRYPTION_KEY_FILE: '/run/key' }, 'ENCRYPTION_KEY_FILE'],
    [{ ADMIN_USERNAME: 'ada' }, 'ADMIN_PASSWORD'],
    [{ ADMIN_USERNAME: 'a b', ADMIN_PASSWORD: 'a password of the test' }, 'ADMIN_USERNAME'],
    [{ ADMIN_PASSWORD: 'a password of the test' }, 'ADMIN_USERNAME'],
    [{ ADMIN_USERNAME: 'ada', ADMIN_PASSWORD: 'one', ADMIN_PASSWORD_FILE: '/run/two' }, 'ADMIN_PASSWORD_FILE'],
    [{ ADMIN_USERNAME: 'ada', ADMIN_PASSWORD_FILE: '/nowhere/password' }, 'ADMIN_PASSWORD_FILE'],
  ])('%o', (environment, name) => {
    expect(messageOf(environment)).toContain(name);
  });
});

describe('the configuration file', () => {
  function fileWith(content: string, mode = 0o600) {
    const directory = temporaryDirectory();
    const path = join(directory.path, 'gatehouse.conf');
    writeFileSync(path, content, { mode });
    return { path, dataDir: directory.path, [Symbol.dispose]: directory[Symbol.dispose].bind(directory) };
  }

  test('counts where the environment says nothing, and lies in the data directory unless it is named', () => {
    using file = fileWith('# for everyone\nPORT=8080\nLOG_LEVEL="warn"\n\nTERMINALS_PER_ACCOUNT=7\n');

    const config = readConfig({ DATA_DIR: file.dataDir, PORT: '9090' });
    expect(config).toMatchObject({ port: 9090, logLevel: 'warn' });
    expect(config.given.get('PORT')).toEqual({ source: 'environment', text: '9090' });
    expect(config.given.get('TERMINALS_PER_ACCOUNT')).toEqual({ source: 'file', text: '7' });
    expect(createSettings(config.given).get('TERMINALS_PER_ACCOUNT')).toBe(7);
    expect(readConfig({ CONFIG_FILE: file.path, DATA_DIR: '/srv/gate' })).toMatchObject({ port: 8080 });
  });

  test('may hold a secret if only its owner can read it', () => {
    using file = fileWith(`ENCRYPTION_KEY=${hex}\n`);
    expect(readConfig({ CONFIG_FILE: file.path }).encryptionKey.kind).toBe('env');

    using open = fileWith(`ENCRYPTION_KEY=${hex}\n`, 0o644);
    const message = messageOf({ CONFIG_FILE: open.path });
    expect(message).toContain('chmod 600');
    expect(message).not.toContain(hex);
  });

  test.each([
    ['PORT=80a', 'PORT must be a whole number'],
    ['TERMINALS_PER_ACCOUNT=0', 'TERMINALS_PER_ACCOUNT must be a whole number'],
    ['NO_SUCH_NAME=1', 'there is no setting NO_SUCH_NAME'],
    ['PORT=1\nhunter22', 'line 2 is not of the form NAME=value'],
    ['CONFIG_FILE=/etc/other', 'CONFIG_FILE can only be set in the environment'],
    ['DATA_DIR=/srv/gate', 'DATA_DIR cannot be set in the file that lies there'],
    [`PORT=1 # ${'x'.repeat(65_536)}`, 'has more than 65536 bytes'],
  ])('is refused with %j', (content, words) => {
    using file = fileWith(content);

    const message = messageOf({ DATA_DIR: file.dataDir });
    expect(message).toContain(words);
    expect(message).not.toContain('hunter22');
  });

  test('is refused where it is named and missing', () => {
    expect(messageOf({ CONFIG_FILE: '/nowhere/gatehouse.conf' })).toContain('/nowhere/gatehouse.conf cannot be read');
  });
});

test('docs/configuration.md lists exactly the settings there are, with their defaults and when a change counts', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/configuration.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([A-Z_]+)`\s*\| ([^|]*?)\s*\| (at once|restart)\s*\|/gm)].map(
    ([, name, fallback = '', change]) => ({ name, fallback: fallback.replaceAll('`', ''), change }),
  );

  expect(rows).toEqual(
    settingList.map(({ name, setting: { fallback, isLive } }) => ({
      name,
      fallback,
      change: isLive ? 'at once' : 'restart',
    })),
  );
});
