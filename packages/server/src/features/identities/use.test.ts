import { inEnglish, say, type Message } from '@gatehouse/contract/messages/message';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { config, entryWorld } from '../../../test/entry-world.ts';
import { identityServer, type IdentityServer, type Person } from '../../../test/identity-server.ts';
import { temporarySqlite, type TemporaryDatabase } from '../../../test/temporary-sqlite.ts';
import { passphrase, readText } from '../../vault/keys/testdata/vectors.ts';
import type { CredentialOffer } from '../../protocols/protocol.ts';
import { Secret } from '../../vault/secret.ts';
import { rightsOf } from '../organizations/rights-repository.ts';
import type { IdentityCredential } from './service.ts';

let temporary: TemporaryDatabase;
let server: IdentityServer;
let alice: Person;
let bob: Person;

beforeEach(async () => {
  temporary = await temporarySqlite();
  server = await identityServer(temporary.db);
  alice = await server.person('alice');
  bob = await server.person('bob');
});
afterEach(async () => {
  await server.app.close();
  await temporary[Symbol.asyncDispose]();
});

const create = async (body: object): Promise<number> => {
  const answer = await alice.call('PUT', '/api/identity', { name: 'deploy', username: 'deploy', ...body });
  expect(answer.status).toBe(200);
  return answer.body.id;
};

const openCredential = async (person: Person, identityId: number) => {
  const { access, entries } = entryWorld(temporary.db);
  const entryId = await entries.create(person.caller, { name: 'web', config: config('192.0.2.10') });
  const { target } = await access.authorizeUse(person.caller, { entryId, use: 'terminal', identityId });
  if (target.identity === undefined) throw new Error('no identity was chosen');
  return server.identities.openCredential(target.identity);
};

/** Opens the offer for a method without a person. */
function openOffer(credential: IdentityCredential, method: CredentialOffer['method']) {
  const offer = credential.offers(undefined).find((each) => each.method === method);
  if (offer === undefined) throw new Error(`nothing is offered for ${method}`);
  return offer.open();
}

async function passwordOf(credential: IdentityCredential): Promise<Secret | undefined> {
  const opened = await openOffer(credential, 'password');
  if (opened !== undefined && !(opened instanceof Secret)) throw new Error('a password is a secret');
  return opened;
}

const methodsOf = (credential: IdentityCredential) => credential.offers(undefined).map(({ method }) => method);

const textOf = (secret: Secret | undefined): string | undefined => secret?.expose((bytes) => bytes.toString('utf8'));

describe('the credential of an identity', () => {
  it('opens the key with its passphrase and the password, one by one', async () => {
    const sshKey = readText('ed25519-openssh-encrypted.key');
    const id = await create({ type: 'both', password: 'hunter2', sshKey, passphrase });

    const credential = await openCredential(alice, id);

    expect(credential).toMatchObject({ username: 'deploy', missing: [] });
    expect(methodsOf(credential)).toEqual(['publickey', 'password']);
    expect(await openOffer(credential, 'publickey')).toMatchObject({ algorithm: 'ssh-ed25519' });
    expect(textOf(await passwordOf(credential))).toBe('hunter2');
  });

  it('says what is missing and offers nothing in its place', async () => {
    const credential = await openCredential(alice, await create({ type: 'both' }));
    expect(credential.missing).toEqual(['lacks_key', 'lacks_password']);
    expect(methodsOf(credential)).toEqual([]);
  });

  it.each([
    ['that cannot be read', 'lacks_readable_key', 'no key'],
    ['whose passphrase is not stored', 'lacks_passphrase', readText('rsa-2048-openssh-encrypted.key')],
  ])('does not count on a key %s', async (_what, missing, sshKey) => {
    const credential = await openCredential(alice, await create({ type: 'ssh', sshKey }));
    expect(credential.missing).toEqual([missing]);
    expect(methodsOf(credential)).toEqual([]);
  });

  it('opens a locked key with the passphrase that a person types, after so many mistakes no more', async () => {
    const id = await create({ type: 'ssh', sshKey: readText('ed25519-openssh-encrypted.key') });
    const credential = await openCredential(alice, id);
    const typing = (...answers: string[]) => {
      const [offer] = credential.offers(() => Promise.resolve(answers.shift() ?? ''));
      return offer?.open();
    };
    expect(await typing('wrong', passphrase)).toMatchObject({ algorithm: 'ssh-ed25519' });
    expect(await typing('')).toBeUndefined();
    await expect(typing('wrong', 'wrong', 'wrong', passphrase)).rejects.toMatchObject({ code: 'credential_required' });
  });

  it('has a person asked for the password where nothing else can be used', async () => {
    const credential = await openCredential(alice, await create({ type: 'ssh' }));
    const asked: string[] = [];
    const [offer] = credential.offers((why) => {
      asked.push(inEnglish(why));
      return Promise.resolve('typed');
    });
    expect(offer).toMatchObject({ method: 'password', asksPerson: true });
    await offer?.open();
    expect(asked).toEqual(['“deploy” has no password.']);
  });

  it('has a person asked for the password last: of a key alone, and after a stored one', async () => {
    const sshKey = readText('ed25519-openssh.key');
    const asked: string[] = [];
    const ask = (why: Message) => {
      asked.push(inEnglish(why));
      return Promise.resolve('typed');
    };
    for (const body of [
      { type: 'ssh', sshKey },
      { type: 'both', sshKey, password: 'hunter2' },
      { type: 'password', password: 'hunter2' },
    ]) {
      const offers = (await openCredential(alice, await create(body))).offers(ask);
      expect(offers.at(-1)).toMatchObject({ method: 'password', asksPerson: true });
      expect(offers.filter((offer) => offer.method === 'password' && offer.asksPerson)).toHaveLength(1);
      await offers.at(-1)?.open();
    }
    expect(asked).toEqual([
      '“deploy” has no password.',
      'The server refused the password of “deploy”.',
      'The server refused the password of “deploy”.',
    ]);
  });

  it('sends no password any more after the type has lost it', async () => {
    const id = await create({ type: 'both', password: 'hunter2' });
    const credential = await openCredential(alice, id);
    await alice.call('PATCH', `/api/identity/${id}`, { type: 'ssh' });
    expect(await passwordOf(credential)).toBeUndefined();
  });

  it('opens nothing after the identity was deleted', async () => {
    const id = await create({ type: 'both', password: 'hunter2', sshKey: readText('ed25519-openssh.key') });
    const credential = await openCredential(alice, id);
    await alice.call('DELETE', `/api/identity/${id}`);
    await expect(passwordOf(credential)).rejects.toMatchObject({ code: 'not_found' });
    await expect(openOffer(credential, 'publickey')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('lets each of many openings win or lose against a delete, and none win after it', async () => {
    const id = await create({ type: 'ssh', sshKey: readText('ecdsa-256-openssh.key') });
    const credential = await openCredential(alice, id);
    let deleted = false;
    const openings = Array.from({ length: 50 }, async () => {
      try {
        await openOffer(credential, 'publickey');
        return deleted ? 'too late' : 'opened';
      } catch (error) {
        return (error as { code: string }).code;
      }
    });
    await alice.call('DELETE', `/api/identity/${id}`);
    deleted = true;
    const outcomes = await Promise.all(openings);
    expect(outcomes.filter((outcome) => outcome !== 'opened' && outcome !== 'not_found')).toEqual([]);
  });

  it('opens nothing for a member who was removed meanwhile', async () => {
    const organizationId = await server.organization(alice, bob);
    const id = await create({ type: 'password', password: 'hunter2', organizationId });
    const credential = await openCredential(bob, id);
    await server.organizations.removeMember(alice.caller, organizationId, bob.caller.accountId);
    await expect(passwordOf(credential)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is not there for a stranger', async () => {
    const id = await create({ type: 'password', password: 'hunter2' });
    await expect(openCredential(bob, id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('fails loudly and on record when a stored secret was changed from outside', async () => {
    const id = await create({ type: 'password', password: 'hunter2' });
    await temporary.db.transaction(async (trx) => {
      const { frame } = await trx.selectFrom('identity_secrets').select('frame').executeTakeFirstOrThrow();
      frame.writeUInt8(frame.readUInt8(40) ^ 1, 40);
      await trx.updateTable('identity_secrets').set({ frame }).execute();
    });
    const credential = await openCredential(alice, id);
    await expect(passwordOf(credential)).rejects.toMatchObject({ code: 'secret_unreadable' });
    const entry = await temporary.db.read
      .selectFrom('audit_log')
      .select(['action', 'outcome'])
      .orderBy('seq', 'desc')
      .executeTakeFirst();
    expect(entry).toEqual({ action: 'identity.credentials_access', outcome: 'failed' });
  });
});

describe('what a caller sees of identities', () => {
  it('leaves out those of others and those that do not exist', async () => {
    const organizationId = await server.organization(alice, bob);
    const shared = await create({ type: 'password', password: 'a', organizationId });
    const personal = await create({ type: 'password', password: 'a' });
    const rights = await rightsOf(temporary.db.read, bob.caller.accountId);
    const seen = await server.identities.visible(temporary.db.read, rights, [personal, 999, shared]);
    expect(seen).toEqual([
      {
        id: shared,
        name: 'deploy',
        username: 'deploy',
        type: 'password',
        owner: { type: 'organization', id: organizationId },
      },
    ]);
  });
});

describe('the record of a use', () => {
  it('is in the audit log, on the identity and on the link of the entry', async () => {
    const id = await create({ type: 'password', password: 'hunter2' });
    const entryId = await server.entry({ type: 'account', id: alice.caller.accountId }, id);
    await alice.call('GET', '/api/identity/list');

    const use = {
      identityId: id,
      entryId,
      entryName: 'web',
      outcome: 'failed',
      detail: say('password_refused', { username: 'deploy' }),
    } as const;
    await server.change(alice.caller, (unit) => server.identities.recordUses(unit, [use]));
    expect(server.told.at(-1)).toEqual({
      type: 'identities',
      owners: [{ type: 'account', id: alice.caller.accountId }],
    });

    const { body: usage } = await alice.call('GET', `/api/identity/${id}/usage`);
    expect(usage.entries).toMatchObject([{ id: entryId, lastOutcome: 'failed', lastUsedAt: usage.lastUsedAt }]);
    const { body: list } = await alice.call('GET', '/api/identity/list');
    expect(list).toMatchObject([{ id, lastUsedAt: usage.lastUsedAt }]);
    const audited = await temporary.db.read
      .selectFrom('audit_log')
      .select(['action', 'outcome', 'resource_id', 'details'])
      .orderBy('seq', 'desc')
      .executeTakeFirstOrThrow();
    expect(audited).toMatchObject({ action: 'identity.use', outcome: 'failed', resource_id: id });
    expect(JSON.parse(audited.details)).toEqual({
      entryId,
      entryName: 'web',
      detail: 'The server refused the password for deploy.',
      detailCode: 'password_refused',
      detailParams: { username: 'deploy' },
    });
  });
});
