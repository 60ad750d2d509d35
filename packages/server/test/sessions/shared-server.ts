import type { Scope } from '@gatehouse/contract/scopes';
import { expect } from 'vitest';
import type { Engine } from '../../src/kernel/db/engine.ts';
import { password, startTestGatehouse, type Answer, type Person, type TestGatehouse } from '../harness/gatehouse.ts';
import { startHostile, type HostileServer } from '../ssh-servers/hostile.ts';
import { addIdentity, addOrganization, privateKey } from './servers.ts';

/** `key`: an API key of the manager that changes servers, folders and organizations, and no identities. */
export type Who = 'manager' | 'member' | 'key';
type Level = 'server' | 'folder' | 'organization';
export type Kind = 'password' | 'ssh' | 'both';

const scopes: readonly Scope[] = [
  'entries:read',
  'entries:write',
  'folders:write',
  'organizations:write',
  'connections:open',
];

export interface World extends AsyncDisposable {
  readonly gatehouse: TestGatehouse;
  readonly server: HostileServer;
  readonly who: Readonly<Record<Who, Person>>;
  /** Where the member may change all but identities. */
  readonly organizationId: number;
}

export async function build(engine: Engine): Promise<World> {
  const server = await startHostile({
    methods: ['publickey', 'password'],
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
  const made = await manager.call('POST', '/api/account/api-keys', {
    name: 'robot',
    scopes,
    expiresAt,
    currentPassword: password,
  });
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
export async function organize(manager: Person, member: Person): Promise<number> {
  const id = await addOrganization(manager, [member]);
  const permissions = { 'identities.manage': 'deny', 'org.manage': 'allow' };
  await ok(manager.call('PUT', `/api/organization/${id}/members/${member.id}/permissions`, { permissions }));
  return id;
}

export async function ok(call: Promise<Answer>): Promise<Answer> {
  const answer = await call;
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer;
}

export interface Scene {
  readonly organizationId: number;
  readonly folderId: number;
  readonly entryId: number;
  readonly identityId: number;
  /** The authentication requests that the server got for this identity, but for `none`. */
  readonly sent: () => string[];
}

let usernames = 0;

/** One that no other identity of the test has, so that the server can tell them apart. */
export function nextUsername(): string {
  return `user-${(usernames += 1)}`;
}

/** A server in a folder of an organization, with an identity that the manager linked; nothing is pinned, and no policy is chosen. */
export async function scene(
  world: World,
  kind: Kind = 'password',
  organizationId: number = world.organizationId,
): Promise<Scene> {
  const { manager } = world.who;
  const username = nextUsername();
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

export function configOf({ server }: World, more: object = {}): object {
  return { protocol: 'ssh', ip: server.host, port: server.port, ...more };
}

export function choose(
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

export async function isSuspended({ who }: World, { entryId }: Scene): Promise<unknown> {
  return (await ok(who.manager.call('GET', `/api/entry/${entryId}`))).at('links.0.suspended');
}

export function confirm({ who }: World, { entryId, identityId }: Scene): Promise<Answer> {
  return ok(who.manager.call('POST', `/api/entry/${entryId}/identities/${identityId}/confirm`));
}
