import type { Scope } from '@gatehouse/contract/scopes';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines, startTestGatehouse, type Answer, type Person, type TestGatehouse } from './harness/gatehouse.ts';
import { hostKey } from './host-key.ts';
import { addIdentity, addOrganization, auditOf, exec, pin, privateKey } from './sessions/servers.ts';
import { startHostile, type HostileServer } from './ssh-servers/hostile.ts';

const otherKey = hostKey().publicKey;

/** `key`: an API key of the manager that changes servers, folders and organizations, and no identities. */
type Who = 'manager' | 'member' | 'key';
type Level = 'server' | 'folder' | 'organization';
type Kind = 'password' | 'ssh' | 'both';

const people: readonly Who[] = ['manager', 'member', 'key'];
const kinds: readonly Kind[] = ['password', 'ssh', 'both'];
const scopes: readonly Scope[] = [
  'entries:read',
  'entries:write',
  'folders:write',
  'organizations:write',
  'connections:open',
];

/** What a first login under `accept-new` gives away, and what stays of the confirmation afterwards. */
interface Outcome {
  readonly sent: readonly string[];
  readonly suspended: boolean;
}

/** The table of docs/decisions/0013-accept-new.md. */
function expected(chosenBy: Who, kind: Kind): Outcome {
  if (chosenBy === 'manager') return { sent: [kind === 'password' ? 'password' : 'publickey'], suspended: false };
  return kind === 'ssh' ? { sent: ['publickey'], suspended: false } : { sent: [], suspended: true };
}

const firstLogins = [
  ...people.flatMap((chosenBy) =>
    people.flatMap((first) => kinds.map((kind) => ({ chosenBy, first, kind, level: 'server' as Level }))),
  ),
  ...people.flatMap((chosenBy) =>
    (['folder', 'organization'] as const).map((level) => ({
      chosenBy,
      first: 'member' as Who,
      kind: 'password' as Kind,
      level,
    })),
  ),
];

interface World extends AsyncDisposable {
  readonly gatehouse: TestGatehouse;
  readonly server: HostileServer;
  readonly who: Readonly<Record<Who, Person>>;
  /** Where the member may change all but identities. */
  readonly organizationId: number;
}

async function build(engine: (typeof engines)[number]): Promise<World> {
  const server = await startHostile({
    accept: ({ method }) => method === 'password' || method === 'publickey',
    onChannel: (channel) => {
      channel.exit(0);
      channel.close();
    },
  });
  const gatehouse = await startTestGatehouse({ engine });
  const manager = await gatehouse.person('manager');
  const member = await gatehouse.person('member');
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const made = await manager.call('POST', '/api/account/api-keys', { name: 'robot', scopes, expiresAt });
  const token = String(made.at('token'));
  const key: Person = {
    ...manager,
    token,
    call: (method, path, body) => gatehouse.call(method, path, { token, body }),
  };
  return {
    gatehouse,
    server,
    who: { manager, member, key },
    organizationId: await organize(manager, member),
    async [Symbol.asyncDispose]() {
      await gatehouse[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** An organization of the manager in which the member may change all but identities. */
async function organize(manager: Person, member: Person): Promise<number> {
  const id = await addOrganization(manager, [member]);
  const permissions = { 'identities.manage': 'deny', 'org.manage': 'allow' };
  await ok(manager.call('PUT', `/api/organization/${id}/members/${member.id}/permissions`, { permissions }));
  return id;
}

async function ok(call: Promise<Answer>): Promise<Answer> {
  const answer = await call;
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer;
}

interface Scene {
  readonly organizationId: number;
  readonly folderId: number;
  readonly entryId: number;
  readonly identityId: number;
  /** The authentication requests that the server got for this identity, but for `none`. */
  readonly sent: () => string[];
}

let scenes = 0;

/** A server in a folder of an organization, with an identity that the manager linked; nothing is pinned, and no policy is chosen. */
async function scene(
  world: World,
  kind: Kind = 'password',
  organizationId: number = world.organizationId,
): Promise<Scene> {
  const { manager } = world.who;
  const username = `user-${(scenes += 1)}`;
  const secrets = {
    ...(kind === 'ssh' ? {} : { password: 'the secret' }),
    ...(kind === 'password' ? {} : { sshKey: privateKey('ed25519-openssh.key') }),
  };
  const identityId = await addIdentity(manager, { type: kind, username, organizationId, ...secrets });
  const folder = await ok(manager.call('PUT', '/api/folder', { name: 'Racks', organizationId }));
  const folderId = Number(folder.at('id'));
  const entry = { name: 'a server', folderId, config: configOf(world), identities: [identityId] };
  const entryId = Number((await ok(manager.call('PUT', '/api/entry', entry))).at('id'));
  const sent = () =>
    world.server.attempts
      .filter((attempt) => attempt.username === username && attempt.method !== 'none')
      .map(({ method }) => method);
  return { organizationId, folderId, entryId, identityId, sent };
}

function configOf({ server }: World, more: object = {}): object {
  return { protocol: 'ssh', ip: server.host, port: server.port, ...more };
}

function choose(
  world: World,
  who: Who,
  at: Pick<Scene, 'entryId' | 'folderId' | 'organizationId'>,
  { level = 'server', policy = 'accept-new' }: { level?: Level; policy?: string | null } = {},
): Promise<Answer> {
  const person = world.who[who];
  if (level === 'folder') return ok(person.call('PATCH', `/api/folder/${at.folderId}`, { hostKeyPolicy: policy }));
  if (level === 'organization')
    return ok(person.call('PATCH', `/api/organization/${at.organizationId}`, { hostKeyPolicy: policy }));
  return ok(
    person.call('PATCH', `/api/entry/${at.entryId}`, { config: configOf(world, { hostKeyPolicy: policy ?? '' }) }),
  );
}

async function isSuspended({ who }: World, { entryId }: Scene): Promise<unknown> {
  return (await ok(who.manager.call('GET', `/api/entry/${entryId}`))).at('links.0.suspended');
}

function confirm({ who }: World, { entryId, identityId }: Scene): Promise<Answer> {
  return ok(who.manager.call('POST', `/api/entry/${entryId}/identities/${identityId}/confirm`));
}

describe.each(engines)('accept-new on %s', (engine) => {
  let world: World;
  beforeAll(async () => {
    world = await build(engine);
  });
  afterAll(() => world[Symbol.asyncDispose]());

  test.for(firstLogins)(
    'chosen by the $chosenBy for the $level, first login by the $first with $kind',
    async ({ chosenBy, first, kind, level }) => {
      const { manager, member } = world.who;
      const own = level === 'organization' ? await organize(manager, member) : undefined;
      const at = await scene(world, kind, own);
      await choose(world, chosenBy, at, { level });
      const { sent, suspended } = expected(chosenBy, kind);

      const answer = await exec(world.who[first], at.entryId, 'true');
      expect(answer.at('error')).toBe(suspended ? 'link_suspended' : undefined);
      expect(new Set(at.sent())).toEqual(new Set(sent));
      expect(await isSuspended(world, at)).toBe(suspended);
      const pins = await auditOf(manager, 'key.pin', at.organizationId);
      const pinned = pins.find(({ resourceId }) => resourceId === at.entryId);
      const became = chosenBy === 'manager' ? 'confirmed' : 'keysOnly';
      expect(pinned?.details).toMatchObject({
        sources: ['accept-new'],
        pinned: [expect.stringMatching(/^SHA256:/)],
        policyChosenBy: [world.who[chosenBy].id],
        [became]: [at.identityId],
      });

      if (suspended) await confirm(world, at);
      expect((await exec(member, at.entryId, 'true')).status).toBe(200);
    },
  );

  const beforeTheFirstPin: readonly [string, (at: Scene) => Promise<unknown>, boolean][] = [
    [
      'the manager confirms the link under the member’s policy',
      async (at) => {
        await choose(world, 'member', at);
        await confirm(world, at);
      },
      true,
    ],
    [
      'the manager links the identity under the member’s policy',
      async (at) => {
        await choose(world, 'member', at);
        for (const identities of [[], [at.identityId]])
          await ok(world.who.manager.call('PATCH', `/api/entry/${at.entryId}`, { identities }));
      },
      true,
    ],
    [
      'the manager changes a note under the member’s policy',
      async (at) => {
        await choose(world, 'member', at);
        const config = configOf(world, { hostKeyPolicy: 'accept-new', notes: 'rack 4' });
        await ok(world.who.manager.call('PATCH', `/api/entry/${at.entryId}`, { config }));
      },
      false,
    ],
    [
      'the member changes a note under the manager’s policy',
      async (at) => {
        await choose(world, 'manager', at);
        const config = configOf(world, { hostKeyPolicy: 'accept-new', notes: 'rack 4' });
        await ok(world.who.member.call('PATCH', `/api/entry/${at.entryId}`, { config }));
      },
      true,
    ],
    [
      'the member goes to strict and back',
      async (at) => {
        await choose(world, 'manager', at);
        for (const policy of ['strict', 'accept-new']) await choose(world, 'member', at, { policy });
      },
      false,
    ],
    [
      'the member chooses it after the manager confirmed another policy',
      async (at) => {
        await choose(world, 'manager', at, { policy: 'strict' });
        await confirm(world, at);
        await choose(world, 'member', at);
      },
      false,
    ],
    [
      'the member removes the server’s policy, so that the manager’s for the folder holds',
      async (at) => {
        await choose(world, 'manager', at, { level: 'folder' });
        await choose(world, 'manager', at, { policy: 'strict' });
        await choose(world, 'member', at, { policy: null });
      },
      false,
    ],
    [
      'the member moves the server into a folder for which the manager chose it',
      async (at) => {
        const lab = await ok(
          world.who.manager.call('PUT', '/api/folder', {
            name: 'Lab',
            organizationId: at.organizationId,
            hostKeyPolicy: 'accept-new',
          }),
        );
        await ok(world.who.member.call('PATCH', `/api/entry/${at.entryId}`, { folderId: lab.at('id') }));
      },
      false,
    ],
    [
      'the member moves its folder into one for which the manager chose it',
      async (at) => {
        const lab = await ok(
          world.who.manager.call('PUT', '/api/folder', {
            name: 'Lab',
            organizationId: at.organizationId,
            hostKeyPolicy: 'accept-new',
          }),
        );
        await ok(world.who.member.call('PATCH', `/api/folder/${at.folderId}`, { parentId: lab.at('id') }));
      },
      false,
    ],
    [
      'the manager names the member’s policy of the folder again',
      async (at) => {
        for (const who of ['member', 'manager', 'member'] as const) await choose(world, who, at, { level: 'folder' });
      },
      true,
    ],
    [
      'the member changes the user name under the manager’s policy',
      async (at) => {
        await choose(world, 'manager', at);
        const config = configOf(world, { hostKeyPolicy: 'accept-new', username: 'root' });
        await ok(world.who.member.call('PATCH', `/api/entry/${at.entryId}`, { config }));
      },
      false,
    ],
    [
      'the member chooses none',
      async (at) => {
        await choose(world, 'manager', at);
        await choose(world, 'member', at, { policy: 'none' });
      },
      false,
    ],
    [
      'the member goes from ca to it, with an authority of the manager',
      async (at) => {
        await choose(world, 'manager', at, { policy: 'ca' });
        await pin(world.who.manager, at.entryId, [`@cert-authority * ${otherKey}`]);
        await choose(world, 'member', at);
      },
      false,
    ],
  ];
  test.for(beforeTheFirstPin)('before the first pin, %s', async ([, act, isSent]) => {
    const at = await scene(world);
    await act(at);
    const answer = await exec(world.who.manager, at.entryId, 'true');
    expect(at.sent()).toEqual(isSent ? ['password'] : []);
    expect(answer.status === 200).toBe(isSent);
  });

  const afterTheFirstPin: readonly [string, (at: Scene, who: Person) => Promise<unknown>][] = [
    ['host', (at, who) => change(who, at, { ip: 'localhost' })],
    ['port', (at, who) => change(who, at, { port: 1 })],
    ['user name', (at, who) => change(who, at, { username: 'root' })],
    ['algorithms', (at, who) => change(who, at, { legacyAlgorithms: true })],
    [
      'jump hosts',
      async (at, who) => {
        const jump = await ok(
          who.call('PUT', '/api/entry', { name: 'jump', folderId: at.folderId, config: configOf(world) }),
        );
        await change(who, at, { jumpHosts: [jump.at('id')] });
      },
    ],
    ['host key', (at, who) => pin(who, at.entryId, [otherKey])],
  ];
  const change = (who: Person, at: Scene, more: object) =>
    ok(
      who.call('PATCH', `/api/entry/${at.entryId}`, {
        config: configOf(world, { hostKeyPolicy: 'accept-new', ...more }),
      }),
    );

  test.for(afterTheFirstPin)(
    'after the first pin, a change of the %s suspends unless the manager makes it',
    async ([, act]) => {
      for (const who of ['manager', 'member'] as const) {
        const at = await scene(world);
        await choose(world, 'manager', at);
        expect((await exec(world.who.member, at.entryId, 'true')).status).toBe(200);
        await act(at, world.who[who]);
        expect(await isSuspended(world, at), who).toBe(who === 'member');
      }
    },
  );

  test('after the first pin, another policy changes nothing, and a key that a member let be pinned anew stays suspended', async () => {
    const at = await scene(world);
    await choose(world, 'manager', at);
    await exec(world.who.member, at.entryId, 'true');
    await choose(world, 'member', at, { policy: 'strict' });
    await choose(world, 'member', at);
    expect(await isSuspended(world, at)).toBe(false);
    await pin(world.who.member, at.entryId, [otherKey]);
    const list = await ok(world.who.member.call('GET', `/api/entry/${at.entryId}/host-keys`));
    await ok(world.who.member.call('DELETE', `/api/entry/${at.entryId}/host-keys/${String(list.at('keys.0.id'))}`));
    await choose(world, 'manager', at, { policy: 'strict' });
    await choose(world, 'manager', at);
    expect(await isSuspended(world, at)).toBe(true);
  });

  test('a manager who names an identity that is not linked sends no password to a key that the member’s policy pinned', async () => {
    const at = await scene(world);
    await ok(world.who.manager.call('PATCH', `/api/entry/${at.entryId}`, { identities: [] }));
    await choose(world, 'member', at);
    const { identityId } = at;
    for (let time = 0; time < 2; time += 1) {
      const refused = await exec(world.who.manager, at.entryId, 'true', { identityId });
      expect(refused.at('error')).toBe('link_suspended');
      // What is pinned stays what was pinned by that policy.
      await choose(world, 'member', at, { policy: 'ask' });
    }
    expect(at.sent()).toEqual([]);
    await ok(world.who.manager.call('PATCH', `/api/entry/${at.entryId}`, { identities: [identityId] }));
    expect((await exec(world.who.manager, at.entryId, 'true')).status).toBe(200);
  });

  test('counts for each machine of the way by itself', async () => {
    const jump = await scene(world);
    const target = await scene(world);
    await choose(world, 'member', jump);
    await choose(world, 'manager', target);
    const config = configOf(world, { hostKeyPolicy: 'accept-new', jumpHosts: [jump.entryId] });
    await ok(world.who.manager.call('PATCH', `/api/entry/${target.entryId}`, { config }));
    const refused = await exec(world.who.manager, target.entryId, 'true');
    expect(refused.at('error')).toBe('link_suspended');
    expect([jump.sent(), target.sent()]).toEqual([[], []]);
    expect(await isSuspended(world, jump)).toBe(true);
    expect(await isSuspended(world, target)).toBe(false);
  });

  test('chosen for a server of one’s own carries over what one confirmed, whatever logs in first', async () => {
    const { manager, key } = world.who;
    const username = `user-${(scenes += 1)}`;
    const identity = await addIdentity(manager, { type: 'password', username, password: 'the secret' });
    const entry = { name: 'own', config: configOf(world, { hostKeyPolicy: 'accept-new' }), identities: [identity] };
    const entryId = Number((await ok(manager.call('PUT', '/api/entry', entry))).at('id'));
    expect((await exec(key, entryId, 'true')).status).toBe(200);
    expect((await exec(manager, entryId, 'true')).status).toBe(200);
  });

  test('is shown with who chose it and when', async () => {
    const at = await scene(world);
    const shown = async () =>
      (await ok(world.who.manager.call('GET', `/api/entry/${at.entryId}`))).at('hostKeyPolicyChoice');
    expect(await shown()).toEqual({ from: 'default', id: null, by: null, at: null });
    await choose(world, 'member', at, { level: 'folder' });
    expect(await shown()).toMatchObject({
      from: 'folder',
      id: at.folderId,
      by: 'member',
      at: expect.any(String) as string,
    });
    await choose(world, 'manager', at, { policy: 'strict' });
    expect(await shown()).toMatchObject({ from: 'entry', id: null, by: 'manager' });
  });
});
