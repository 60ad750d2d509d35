import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig, variables } from './config.ts';

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
      selfRegistration: false,
      admin: undefined,
      loginSessions: { idleMs: 7 * 86_400_000, absoluteMs: 30 * 86_400_000 },
      terminals: { resumeMs: 600_000, idleMs: 0, maxPerAccount: 50 },
    });
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

describe('a wrong setting is refused by its name:', () => {
  test.each([
    ['HOST', 'http://localhost'],
    ['PORT', '65536'],
    ['PORT', '80a'],
    ['DATABASE_URL', 'mysql://gate:hunter22@127.0.0.1/gate'],
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

test('docs/configuration.md lists exactly the settings there are, with their defaults', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/configuration.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([A-Z_]+)`\s*\| ([^|]*?)\s*\|/gm)].map(([, name, fallback = '']) => ({
    name,
    fallback: fallback.replaceAll('`', ''),
  }));

  expect(rows).toEqual(variables.map(({ name, fallback }) => ({ name, fallback })));
});
