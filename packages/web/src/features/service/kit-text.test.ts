import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecoveryKit } from '@gatehouse/contract/site';
import i18next, { type TFunction } from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import { copyCommand, kitText } from './kit-text.ts';
import { en } from './texts/en.ts';

const kit: RecoveryKit = {
  version: '1.2.3',
  dataDir: '/var/lib/gatehouse',
  database: 'sqlite',
  key: { source: 'file', path: '/etc/gatehouse/encryption.key', fingerprint: '72ca7c27ccfc6b6975947e74f84d086a' },
  createdAt: '2026-03-04T05:06:07.890Z',
};
const inEnvironment: RecoveryKit = {
  ...kit,
  database: 'postgres',
  key: { ...kit.key, source: 'environment', path: null },
};
let t: TFunction<'service'>;

beforeAll(async () => {
  // Of its own: other tests speak of more than this feature.
  const i18n = i18next.createInstance();
  await i18n.init({ lng: 'en', resources: { en: { service: en } }, interpolation: { escapeValue: false } });
  t = i18n.getFixedT('en', 'service');
});

const textOf = (of: RecoveryKit) => kitText(of, { t, origin: 'https://gate.example.org', language: 'en' });

test('says where key and data are, and by what a copy is recognized', () => {
  const text = textOf(kit);
  expect(text).toContain('Master key: /etc/gatehouse/encryption.key');
  expect(text).toContain('Data: /var/lib/gatehouse/gatehouse.db');
  expect(text).toContain(`Fingerprint: ${kit.key.fingerprint}`);
  expect(text).toContain('    sudo cat /etc/gatehouse/encryption.key\n');
  expect(text).toContain('https://gate.example.org');
});

test('shows the line that the documentation has, which a test of the server runs', () => {
  const operations = readFileSync(join(import.meta.dirname, '../../../../../docs/operations.md'), 'utf8');
  const [line] = /^node -p .+ master\.key$/m.exec(operations) ?? [];
  expect(textOf(kit)).toContain(`    ${line ?? 'no line'}\n`);
});

test('offers nothing to copy where the key comes from the environment', () => {
  const text = textOf(inEnvironment);
  expect(text).toContain('ENCRYPTION_KEY');
  expect(text).toContain('pg_restore');
  expect(text).not.toContain('sudo cat');
});

test('quotes a path for the shell', () => {
  const path = "/srv/Ada's keys/master.key";
  expect(copyCommand({ ...kit, key: { ...kit.key, path } })).toBe(String.raw`sudo cat '/srv/Ada'\''s keys/master.key'`);
});
