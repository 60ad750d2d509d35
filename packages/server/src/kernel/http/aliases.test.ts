import { expect, test } from 'vitest';
import { canonicalUrl } from './aliases.ts';

test.each([
  ['/api/identities', '/api/identity'],
  ['/api/identities/list?limit=1', '/api/identity/list?limit=1'],
  ['/api/entries/5/host-keys', '/api/entry/5/host-keys'],
  ['/api/folders?x=1', '/api/folder?x=1'],
  ['/api/organizations/1', '/api/organization/1'],
  ['/api/accounts/register', '/api/account/register'],
  ['/api/sessions/list', '/api/session/list'],
  ['/api/connections?live=true', '/api/connection?live=true'],
])('takes the plural %s for %s', (plural, singular) => {
  expect(canonicalUrl(plural)).toBe(singular);
});

test.each([
  '/api/identity/list',
  '/api/identitiesx',
  '/api/users/list',
  '/api/ws/session/1',
  '/other/api/entries',
  '/api/entry?next=/api/entries',
  '/',
])('leaves %s alone', (url) => {
  expect(canonicalUrl(url)).toBe(url);
});
