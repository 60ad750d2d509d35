import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import { account, config, entryWorld, organization, type EntryWorld } from '../../test/entry-world.ts';
import { hostKey } from '../../test/host-key.ts';
import { temporarySqlite, type TemporaryDatabase } from '../../test/temporary-sqlite.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Caller } from '../kernel/caller.ts';
import type { Grant, IdentityGrant } from './authorize-use.ts';
import type { UseRequest } from './authorize-route.ts';
import { useRules, type Use } from './uses.ts';

/** The machine may be busy with other tests. */
const hookMs = 60_000;

let temporary: TemporaryDatabase;
let world: EntryWorld;
/** Manages identities and servers of the organization. */
let manager: Caller;
/** May change its servers and log in to them, not manage its identities. */
let member: Caller;
/** A member who may not log in to its servers. */
let denied: Caller;
let org: number;

type Asked = Omit<UseRequest, 'use'> & { readonly caller: Caller };

/** Allowed, or the refusal: its code, and the action that is recorded of it. */
type Outcome = 'allowed' | `${string} ${string}`;

const forAll = (outcome: Outcome) => ({ terminal: outcome, exec: outcome, test: outcome, scan: outcome });
const butScan = (outcome: Outcome) => ({ ...forAll(outcome), scan: 'allowed' as const });

async function serverOf(owner: Caller, more: object = {}, settings: Record<string, unknown> = {}): Promise<number> {
  const where = owner === manager ? { organizationId: org } : {};
  return world.entries.create(owner, { name: 'web', ...where, config: config('web.example.org', settings), ...more });
}

async function ownWith(caller: Caller, more: object, settings: Record<string, unknown> = {}): Promise<Asked> {
  const entryId = await world.entries.create(caller, { name: 'own', config: config('own', settings), ...more });
  return { caller, entryId };
}

const shared = () => world.identity(organization(org), 'password');

/** The request and the result for each use: a use without a column does not compile. */
const table: readonly [string, () => Promise<Asked>, Record<Use, Outcome>][] = [
  [
    'one’s own server with one’s own identity',
    async () => ownWith(member, { identities: [await world.identity(account(member))] }),
    forAll('allowed'),
  ],
  [
    'an organization’s server with the right',
    async () => ({ caller: member, entryId: await serverOf(manager, { identities: [await shared()] }) }),
    forAll('allowed'),
  ],
  [
    'an organization’s server where the right is denied',
    async () => ({ caller: denied, entryId: await serverOf(manager, { identities: [await shared()] }) }),
    forAll('forbidden session.open'),
  ],
  [
    'one’s own server with an organization’s identity where the right is denied',
    async () => ownWith(denied, { identities: [await shared()] }),
    butScan('forbidden identity.use'),
  ],
  [
    'another account’s server',
    async () => ({ ...(await ownWith(member, {})), caller: denied }),
    forAll('not_found entry.use'),
  ],
  ['a server that does not exist', () => Promise.resolve({ caller: member, entryId: 999_999 }), forAll('not_found -')],
  [
    'one’s own server with another account’s identity',
    async () => ({ ...(await ownWith(member, {})), identityId: await world.identity(account(denied)) }),
    butScan('not_found identity.use'),
  ],
  [
    'an organization’s server with an identity that is not linked, by who does not manage it',
    async () => ({ caller: member, entryId: await serverOf(manager), identityId: await shared() }),
    butScan('forbidden identity.use'),
  ],
  [
    'an organization’s server with an identity that is not linked, by who manages it',
    async () => ({ caller: manager, entryId: await serverOf(manager), identityId: await shared() }),
    forAll('allowed'),
  ],
  [
    'a link suspended by a change of the address',
    async () => {
      const entryId = await serverOf(manager, { identities: [await shared()] });
      await world.entries.update(member, entryId, { config: config('127.0.0.1') });
      return { caller: manager, entryId };
    },
    butScan('link_suspended identity.use'),
  ],
  [
    'a link that no manager of the identity confirmed',
    async () => {
      const entryId = await serverOf(manager);
      await world.entries.update(member, entryId, { identities: [await shared()] });
      return { caller: manager, entryId };
    },
    butScan('link_suspended identity.use'),
  ],
  [
    'a first host key that no manager of the password confirmed',
    async () => {
      const entryId = await serverOf(manager, { identities: [await shared()] });
      await pin(member, entryId);
      return { caller: manager, entryId };
    },
    butScan('link_suspended identity.use'),
  ],
  [
    'a suspended link, with an identity that came with the request',
    async () => {
      const entryId = await serverOf(manager, { identities: [await shared()] });
      await world.entries.update(member, entryId, { config: config('127.0.0.1') });
      return { caller: member, entryId, direct: true };
    },
    forAll('allowed'),
  ],
  [
    'one’s own server behind an organization’s jump host with the right',
    async () => ownWith(member, {}, { jumpHosts: [await serverOf(manager, { identities: [await shared()] })] }),
    forAll('allowed'),
  ],
  [
    'one’s own server behind an organization’s jump host where the right is denied',
    async () => ownWith(denied, {}, { jumpHosts: [await serverOf(manager, { identities: [await shared()] })] }),
    forAll('forbidden session.open'),
  ],
  [
    'one’s own jump host with an organization’s identity where the right is denied',
    async () => {
      const jump = await ownWith(denied, { identities: [await shared()] });
      return ownWith(denied, {}, { jumpHosts: [jump.entryId] });
    },
    forAll('forbidden identity.use'),
  ],
  [
    'a jump host whose link is suspended',
    async () => {
      const jump = await serverOf(manager, { identities: [await shared()] });
      const asked = await ownWith(member, {}, { jumpHosts: [jump] });
      await world.entries.update(member, jump, { config: config('127.0.0.1') });
      return asked;
    },
    forAll('link_suspended -'),
  ],
  [
    'a jump host without an identity for the caller',
    async () => ownWith(member, {}, { jumpHosts: [await serverOf(manager)] }),
    forAll('credential_required -'),
  ],
  [
    'a server that does not speak SSH',
    async () => ownWith(member, {}, { protocol: 'telnet', port: 23 }),
    forAll('invalid_request -'),
  ],
];

function pin(caller: Caller, entryId: number, facts = hostKey()): Promise<void> {
  return world.entries.pinKey(caller, { entryId, host: 'web.example.org', port: 22, facts, source: 'confirmed' });
}

async function outcomeOf({ caller, ...asked }: Asked, use: Use): Promise<Outcome> {
  try {
    await world.access.authorizeUse(caller, { ...asked, use });
    return 'allowed';
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return `${error.code} ${error.refusal?.action ?? '-'}`;
  }
}

beforeAll(async () => {
  temporary = await temporarySqlite();
  world = entryWorld(temporary.db);
  manager = await world.person('manager');
  member = await world.person('member');
  denied = await world.person('denied');
  org = await world.organization('Example', [
    { who: manager, role: 'owner' },
    { who: member, denied: ['identities.manage'] },
    { who: denied, denied: ['connect.ssh'] },
  ]);
}, hookMs);

afterAll(async () => {
  await temporary[Symbol.asyncDispose]();
});

test.for(table)('%s', async ([, prepare, expected]) => {
  const asked = await prepare();
  const outcomes: Partial<Record<Use, Outcome>> = {};
  for (const use of Object.keys(useRules) as Use[]) outcomes[use] = await outcomeOf(asked, use);
  expect(outcomes).toEqual(expected);
});

test('a grant names the identity, why this one, and the way', async () => {
  const [first, second] = [await shared(), await shared()];
  const jump = await serverOf(manager, { identities: [first] });
  const entryId = await serverOf(manager, { identities: [first, second] }, { jumpHosts: [jump] });
  const grant = await world.access.authorizeUse(manager, { entryId, use: 'exec' });
  expect(grant).toMatchObject({ caller: manager, use: 'exec' });
  expect(grant.hops.map(({ entry }) => entry.id)).toEqual([jump, entryId]);
  expect(grant.target.identity).toMatchObject({ identity: { id: first }, because: 'linked' });
  const named = await world.access.authorizeUse(manager, { entryId, use: 'exec', identityId: second });
  expect(named.target.identity).toMatchObject({ identity: { id: second }, because: 'named' });
});

test('an object with everything that a grant shows is none', () => {
  expectTypeOf<Pick<Grant, keyof Grant>>().not.toExtend<Grant>();
  expectTypeOf<Pick<IdentityGrant, keyof IdentityGrant>>().not.toExtend<IdentityGrant>();
});

describe('the decision repeated', () => {
  let entryId: number;
  let password: number;
  let grant: Grant;

  async function granted(): Promise<void> {
    password = await shared();
    entryId = await serverOf(manager, { identities: [password] });
    grant = await world.access.authorizeUse(member, { entryId, use: 'terminal' });
    await grant.recheck();
    await grant.target.identity?.recheck();
  }

  test.for<[string, () => Promise<unknown>, string]>([
    [
      'another account logs in there',
      () => world.entries.update(member, entryId, { config: config('web.example.org', { username: 'root' }) }),
      'link_suspended',
    ],
    ['a host key was accepted that no manager confirmed', () => pin(member, entryId), 'link_suspended'],
    [
      'the address was changed by a manager of the identity',
      () => world.entries.update(manager, entryId, { config: config('elsewhere') }),
      'link_suspended',
    ],
    ['the identity was unlinked', () => world.entries.update(manager, entryId, { identities: [] }), 'forbidden'],
    [
      'the identity is gone',
      () => world.db.transaction((trx) => trx.deleteFrom('identities').where('id', '=', password).execute()),
      'not_found',
    ],
    ['the entry is gone', () => world.entries.remove(manager, entryId), 'not_found'],
  ])('refuses where %s', async ([, lose, code]) => {
    await granted();
    await lose();
    await expect(grant.recheck()).rejects.toMatchObject({ code });
    await expect(grant.target.identity?.recheck()).rejects.toMatchObject({ code });
  });

  test('refuses where the right was denied since, and where a sign-in has ended', async () => {
    await granted();
    const deny = (permissions: string) =>
      world.db.transaction((trx) =>
        trx.updateTable('memberships').set({ permissions }).where('account_id', '=', member.accountId).execute(),
      );
    await deny('{"connect.ssh":"deny"}');
    await expect(grant.recheck()).rejects.toMatchObject({ code: 'forbidden' });
    await deny('{"identities.manage":"deny"}');
    await grant.recheck();
    const joined = grant.joinedBy({ ...member, via: { ...member.via, id: 2 } });
    await joined.recheck();
    world.signedOut.add(2);
    await grant.recheck();
    await expect(joined.recheck()).rejects.toMatchObject({ code: 'unauthenticated' });
    world.signedOut.delete(2);
  });

  test('lets a session go on where a manager set another user name, and opens nothing for the old one', async () => {
    await granted();
    await world.entries.update(manager, entryId, { config: config('web.example.org', { username: 'deploy' }) });
    await grant.recheck();
    await expect(grant.target.identity?.recheck()).rejects.toMatchObject({ code: 'link_suspended' });
  });

  test('keeps to the identity that was chosen', async () => {
    await granted();
    await world.entries.update(manager, entryId, { identities: [await shared(), password] });
    await grant.recheck();
    await world.entries.update(manager, entryId, { identities: [await shared()] });
    await expect(grant.recheck()).rejects.toMatchObject({ code: 'forbidden' });
  });
});
