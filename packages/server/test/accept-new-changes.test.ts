import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines, type Person } from './harness/gatehouse.ts';
import { hostKey } from './host-key.ts';
import { addIdentity, exec, pin } from './sessions/servers.ts';
import { build, choose, configOf, confirm, isSuspended, nextUsername, ok, scene } from './sessions/shared-server.ts';
import type { Scene, World } from './sessions/shared-server.ts';

const otherKey = hostKey().publicKey;

describe.each(engines)('a choice of accept-new on %s', (engine) => {
  let world: World;
  beforeAll(async () => {
    world = await build(engine);
  });
  afterAll(() => world[Symbol.asyncDispose]());

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
    const username = nextUsername();
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
