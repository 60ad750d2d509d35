import { createHmac } from 'node:crypto';
import { say } from '@gatehouse/contract/messages/message';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeOn } from '../../../test/change-on.ts';
import { local, outcomeOf, temporaryPeople } from '../../../test/people-fixture.ts';
import { AppError } from '../../kernel/app-error.ts';
import { createLogger } from '../../kernel/logger.ts';
import { createSettings } from '../../kernel/settings/settings.ts';
import { createLimiter } from './limiter.ts';
import type { SignInAttempt, SignInMethod } from './methods/method.ts';
import { findSignInAccount } from './repository.ts';
import { createSignIn } from './sign-in.ts';
import { createSprayWatch } from './spraying.ts';

interface Spoken {
  readonly username: string;
  readonly word: string;
}

let people: Awaited<ReturnType<typeof temporaryPeople>>;
/** What happens while the proof is checked. */
let meanwhile: () => Promise<unknown>;

beforeEach(async () => {
  people = await temporaryPeople();
  await people.register('anna');
  meanwhile = () => Promise.resolve();
});

afterEach(async () => {
  await people[Symbol.asyncDispose]();
});

/** A method that no product has: the right word is “open”. */
const spokenWord: SignInMethod<Spoken, SignInAttempt & Spoken> = {
  id: 'spoken-word',
  provider: { id: 'spoken-word', type: 'internal', name: 'A word', isInternal: false },
  async begin(client, { username, word }) {
    const account = await findSignInAccount(people.database.read, username);
    return { username, word, account, claimed: { usernameKey: username, accountId: account?.id, client } };
  },
  async complete({ account, word }, end) {
    const counted = await end.count();
    await meanwhile();
    if (account === undefined) return counted.refuse('unknown-name');
    if (word !== 'open') return counted.refuse('wrong-password');
    return counted.accept({ account, confirm: () => Promise.resolve(true) });
  },
  refusal: () => new AppError('invalid_credentials', say('credentials_wrong')),
};

function speak(word: string, username = 'anna'): Promise<string> {
  const { database } = people;
  const clock = Date.now;
  const mac = (purpose: string, data: string) => createHmac('sha256', purpose).update(data).digest();
  const shared = {
    database,
    change: changeOn(database),
    mac,
    clock,
    absoluteMs: () => 3_600_000,
    logger: createLogger('silent'),
  };
  const limits = { limiter: createLimiter(shared), spraying: createSprayWatch() };
  const signIn = createSignIn({ ...shared, ...limits, settings: createSettings(new Map()) }, spokenWord);
  return signIn(local, { username, word });
}

const signIns = async () =>
  (await people.auditLog()).filter(({ action }) => action === 'auth.login').map(({ outcome }) => outcome);

describe('a further method of signing in', () => {
  it('ends in the same session and the same audit entry', async () => {
    const token = await speak('open');
    expect(await people.auth.authenticate(token, local)).toMatchObject({ username: 'anna', via: { type: 'session' } });
    expect(await signIns()).toEqual(['ok']);
  });

  it('answers with its own words, and counts its failures', async () => {
    await expect(speak('shut')).rejects.toMatchObject({ said: say('credentials_wrong') });
    const outcomes: string[] = [];
    for (let tries = 0; tries < 10; tries++) outcomes.push(await outcomeOf(speak('shut')));
    expect(outcomes).toContain('too_many_requests');
    expect(await outcomeOf(speak('open'))).toBe('too_many_requests');
    expect(new Set(await signIns())).toEqual(new Set(['failed']));
  });

  it('starts no session for an account that was disabled while its proof was checked', async () => {
    meanwhile = () => people.database.transaction((trx) => trx.updateTable('accounts').set({ disabled: 1 }).execute());
    expect(await outcomeOf(speak('open'))).toBe('invalid_credentials');
    expect(await people.database.read.selectFrom('login_sessions').select('id').execute()).toEqual([]);
    expect(await signIns()).toEqual([]);
  });
});
