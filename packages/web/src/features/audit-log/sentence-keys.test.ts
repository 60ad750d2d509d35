import type { AuditEntry } from '@gatehouse/contract/audit';
import { expect, test } from 'vitest';
import { keyOf, markers, partsOf, sentenceKeys } from './sentence-keys.ts';
import { de } from './texts/de.ts';
import { en } from './texts/en.ts';

const entry = (about: Partial<AuditEntry>): AuditEntry => ({
  id: 1,
  seq: 1,
  accountId: 1,
  actor: 'ada',
  organizationId: null,
  action: 'identity.create',
  resource: 'identity',
  resourceId: 7,
  resourceName: 'Deploy key',
  outcome: 'ok',
  ipAddress: null,
  userAgent: null,
  timestamp: '2026-03-04T10:00:00.000Z',
  details: {},
  hash: '',
  ...about,
});

const sentenceFor = (about: Partial<AuditEntry>) =>
  sentenceKeys(entry(about)).find((key) => Object.hasOwn(en.sentences, key));

test.each([
  ['key.create', 'apiKeyCreate'],
  ['key.generate', 'generatedKeyCreate'],
  ['key.pin', 'hostKeyPin'],
])('an entry that was recorded as %s reads like those of today', (action, key) => {
  expect(sentenceFor({ action, resource: 'entry' })).toBe(key);
  expect(Object.hasOwn(en.actions, keyOf(action))).toBe(true);
});

test('a sentence says in German what it says in English', () => {
  const placeholdersIn = (sentence: string) => [...sentence.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();
  for (const [key, sentence] of Object.entries(en.sentences))
    expect([key, placeholdersIn(de.sentences[key as keyof typeof en.sentences])]).toEqual([
      key,
      placeholdersIn(sentence),
    ]);
});

test('details choose the sentence', () => {
  const login = { action: 'auth.login', resource: 'account', outcome: 'failed' };
  expect(sentenceFor({ ...login, details: { reason: 'wrong-password' } })).toBe('authLoginWrongPassword');
  expect(sentenceFor({ ...login, details: { reason: 'unknown-name', attemptedName: 'root' } })).toBe(
    'authLoginUnknownName',
  );
  expect(sentenceFor({ ...login, details: { reason: 'unknown-name', attemptedNameMac: 'ab' } })).toBe(
    'authLoginNoName',
  );
  expect(sentenceFor({ organizationId: 3 })).toBe('identityCreateFor');
  expect(sentenceFor({ action: 'entry.create', details: { copyOf: 4 } })).toBe('entryCreateCopy');
  expect(sentenceFor({ action: 'identity.update', details: { fields: ['name'] } })).toBe('identityUpdateFields');
  expect(sentenceFor({ action: 'identity.update', details: { fields: ['a', 'b', 'c', 'd'] } })).toBe('identityUpdate');
  expect(sentenceFor({ action: 'session.open', outcome: 'started', details: { purpose: 'exec' } })).toBe(
    'sessionOpenExec',
  );
  expect(sentenceFor({ action: 'identity.create', resource: 'organization', outcome: 'denied' })).toBe(
    'identityIntoDenied',
  );
  expect(sentenceFor({ action: 'organization.invite', resource: 'account', outcome: 'denied' })).toBe(
    'organizationInviteUnknown',
  );
  const own = { action: 'account.update', resource: 'account', accountId: 7 };
  expect(sentenceFor({ ...own, details: { fields: ['preferences'] } })).toBe('accountUpdateOwnFields');
  expect(sentenceFor({ ...own, accountId: 1, details: { disabled: true } })).toBe('accountUpdateDisabled');
});

test('an action of another version is told all the same, and details of any shape do no harm', () => {
  expect(sentenceFor({ action: 'backup.make' })).toBe('fallback');
  expect(sentenceFor({ action: 'backup.make', outcome: 'denied' })).toBe('fallbackDenied');
  for (const details of [null, 'text', [1], { fields: 'name', reason: 7 }])
    expect(sentenceFor({ action: 'identity.update', details })).toBe('identityUpdate');
});

test('names never become part of the template', () => {
  const { actor } = markers(['actor']);
  expect(partsOf(`${actor} signed in`)).toEqual([{ name: 'actor' }, { words: ' signed in' }]);
});
