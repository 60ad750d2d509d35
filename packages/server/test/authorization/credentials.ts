import { scopes } from '@gatehouse/contract/scopes';
import type { Person } from '../harness/gatehouse.ts';
import { apiKeyBody } from './things.ts';
import type { World } from './world.ts';

const shortLifeMs = 60_000;

/** What opens nothing: its name, the header, and what is answered to it. */
export type UselessCredential = readonly [string, Readonly<Record<string, string>>, '400' | '401'];

/** Makes an API key of a person. */
export async function keyOf(person: Person, ofScopes: readonly string[], lifeMs?: number): Promise<string> {
  const made = await person.call('POST', '/api/account/api-keys', apiKeyBody('a key', ofScopes, lifeMs));
  return String(made.at('token'));
}

/** Credentials that open nothing; the last one once the clock has gone on by more than a minute. */
export async function makeUselessCredentials(world: World): Promise<readonly UselessCredential[]> {
  const { gatehouse, people } = world;
  const ended = await gatehouse.signIn('colleague');
  await gatehouse.call('POST', '/api/auth/logout', { body: { token: ended.token } });
  const disabled = await gatehouse.person('disabled');
  const keyOfDisabled = await keyOf(disabled, scopes);
  await people.administrator.call('PATCH', `/api/users/${disabled.id}`, { disabled: true });
  const deletedKey = await people.owner.call('POST', '/api/account/api-keys', apiKeyBody('a key', scopes));
  await people.owner.call('DELETE', `/api/account/api-keys/${String(deletedKey.at('id'))}`);
  const expired = await keyOf(people.owner, scopes, shortLifeMs);
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  return [
    ['anonymous', {}, '400'],
    ['a malformed header', { authorization: 'Bearer' }, '400'],
    ['another scheme', { authorization: 'Basic cm9vdDpyb290' }, '400'],
    ['an unknown token', bearer('0'.repeat(96)), '401'],
    ['a sign-in that has ended', bearer(ended.token), '401'],
    ['a disabled account', bearer(disabled.token), '401'],
    ['an API key of a disabled account', bearer(keyOfDisabled), '401'],
    ['an API key that was deleted', bearer(String(deletedKey.at('token'))), '401'],
    ['an API key that has run out', bearer(expired), '401'],
  ];
}
