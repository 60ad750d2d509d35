import { createEntry } from '@gatehouse/contract/entries';
import { register } from '@gatehouse/contract/accounts';
import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import { faultInWords } from './fault-words.ts';

beforeAll(async () => {
  const faults = {
    empty: 'empty',
    atLeast: 'atLeast {{least}}',
    atMost: 'atMost {{most}}',
    whole: '{{least}}-{{most}}',
  };
  const others = { least: 'least {{least}}', host: 'host', username: 'username', control: 'control' };
  await i18next.init({ lng: 'en', resources: { en: { app: { faults: { ...faults, ...others } } } } });
});

function faultsOf(schema: z.ZodType, body: unknown): Record<string, string> {
  const issues = schema.safeParse(body).error?.issues ?? [];
  return Object.fromEntries(issues.map(({ path, message }) => [path.join('.'), faultInWords(message)]));
}

test('says what is wrong with an account in words of the page', () => {
  expect(faultsOf(register.body, { username: 'ad', firstName: '', lastName: 'x'.repeat(101), password: '' })).toEqual({
    username: 'username',
    firstName: 'empty',
    lastName: 'atMost 100',
    password: 'empty',
  });
});

test('says what is wrong with a server in words of the page', () => {
  expect(faultsOf(createEntry.body, { name: 'a\u0007', config: { ip: 'a b', port: '0' } })).toEqual({
    name: 'control',
    'config.ip': 'host',
    'config.port': 'least 1',
  });
});

test('leaves what it does not know in the words of the server', () => {
  expect(faultInWords('is on the moon')).toBe('is on the moon');
});
