import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { goodPassword, local, temporaryPeople } from '../../../test/people-fixture.ts';

let people: Awaited<ReturnType<typeof temporaryPeople>>;

beforeEach(async () => {
  people = await temporaryPeople();
});

afterEach(async () => {
  await people[Symbol.asyncDispose]();
});

describe('login', () => {
  it('gives a token of 96 hexadecimal digits that names its account', async () => {
    await people.register('Anna');
    const token = await people.login('anna', goodPassword);
    expect(token).toMatch(/^[0-9a-f]{96}$/);
    expect(await people.auth.authenticate(token, local)).toMatchObject({
      username: 'Anna',
      isAdmin: true,
      via: 'session',
      scopes: 'all',
      client: local,
    });
  });
});
