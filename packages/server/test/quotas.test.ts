import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { quotaSettings, type QuotaSetting } from '@gatehouse/contract/quotas';
import {
  engines,
  password,
  startTestGatehouse,
  type Answer,
  type Person,
  type TestGatehouse,
} from './harness/gatehouse.ts';

const config = { protocol: 'ssh', ip: '192.0.2.1', port: 22 };
const limits = Object.fromEntries(quotaSettings.map((name) => [name, name === 'SERVERS_PER_IMPORT' ? '2' : '1']));
/** Two organizations are needed to move between, two members to invite one. */
const environment = {
  ...limits,
  ORGANIZATIONS_PER_ACCOUNT: '2',
  MEMBERS_PER_ORGANIZATION: '2',
  SELF_REGISTRATION: 'true',
};

interface World {
  readonly gatehouse: TestGatehouse;
  readonly owner: Person;
  readonly organizationId: number;
}

/** What is tried, in order; the last one is refused by the quota, the others are not. */
type Door = readonly [quota: QuotaSetting, way: string, tries: (world: World) => AsyncGenerator<Answer>];

const server = (more: object = {}) => ({ name: 'one', type: 'server', config, ...more });
const identity = (more: object = {}) => ({
  name: 'one',
  type: 'password',
  username: 'ada',
  password: 'secret 1',
  ...more,
});
const idOf = (answer: Answer) => Number(answer.at('id'));

const doors: readonly Door[] = [
  [
    'SERVERS_PER_ACCOUNT',
    'create and duplicate',
    async function* ({ owner }) {
      const first = await owner.call('PUT', '/api/entry', server());
      yield first;
      yield await owner.call('POST', `/api/entry/${idOf(first)}/duplicate`);
    },
  ],
  [
    'SERVERS_PER_ACCOUNT',
    'create again',
    async function* ({ owner }) {
      yield await owner.call('PUT', '/api/entry', server());
    },
  ],
  [
    'SERVERS_PER_ACCOUNT',
    'import',
    async function* ({ owner }) {
      yield await owner.call('POST', '/api/entry/import/ssh-config', { text: 'Host a\n HostName 192.0.2.1\n' });
    },
  ],
  [
    'SERVERS_PER_IMPORT',
    'import',
    async function* ({ owner }) {
      yield await owner.call('POST', '/api/entry/import/ssh-config', { text: 'Host a\nHost b\nHost c\n' });
    },
  ],
  [
    'SERVERS_PER_ORGANIZATION',
    'move, by a change',
    async function* ({ owner, organizationId }) {
      yield await owner.call('PUT', '/api/entry', server({ organizationId }));
      const list = await owner.call('GET', '/api/entry/list');
      const mine = (list.body as { id: number; type: string }[]).find(({ type }) => type === 'server');
      yield await owner.call('PATCH', `/api/entry/${mine?.id}`, { organizationId });
    },
  ],
  [
    'SERVERS_PER_ORGANIZATION',
    'move, by a position',
    async function* ({ owner, organizationId }) {
      const list = await owner.call('GET', '/api/entry/list');
      const mine = (list.body as { id: number; type: string }[]).find(({ type }) => type === 'server');
      yield await owner.call('PATCH', `/api/entry/${mine?.id}/reposition`, { organizationId });
    },
  ],
  [
    'FOLDERS_PER_ACCOUNT',
    'create',
    async function* ({ owner }) {
      yield await owner.call('PUT', '/api/folder', { name: 'one' });
      yield await owner.call('PUT', '/api/folder', { name: 'two' });
    },
  ],
  [
    'FOLDERS_PER_ORGANIZATION',
    'move',
    async function* ({ owner, organizationId }) {
      yield await owner.call('PUT', '/api/folder', { name: 'shared', organizationId });
      const list = await owner.call('GET', '/api/folder/list');
      const mine = (list.body as { id: number; type: string }[]).find(({ type }) => type === 'folder');
      yield await owner.call('PATCH', `/api/folder/${mine?.id}`, { organizationId });
    },
  ],
  [
    'IDENTITIES_PER_ACCOUNT',
    'create',
    async function* ({ owner }) {
      yield await owner.call('PUT', '/api/identity', identity());
      yield await owner.call('PUT', '/api/identity', identity());
    },
  ],
  [
    'IDENTITIES_PER_ORGANIZATION',
    'move',
    async function* ({ owner, organizationId }) {
      yield await owner.call('PUT', '/api/identity', identity({ organizationId }));
      const list = await owner.call('GET', '/api/identity/list?organizationId=personal');
      yield await owner.call('POST', `/api/identity/${Number(list.at('0.id'))}/move`, { organizationId });
    },
  ],
  [
    'PENDING_KEYS_PER_ACCOUNT',
    'generate',
    async function* ({ owner }) {
      yield await owner.call('POST', '/api/identity/generate-key', { algorithm: 'ed25519' });
      yield await owner.call('POST', '/api/identity/generate-key', { algorithm: 'ed25519' });
    },
  ],
  [
    'ORGANIZATIONS_PER_ACCOUNT',
    'create',
    async function* ({ owner }) {
      yield await owner.call('PUT', '/api/organization', { name: 'second' });
      yield await owner.call('PUT', '/api/organization', { name: 'third' });
    },
  ],
  [
    'MEMBERS_PER_ORGANIZATION',
    'invite',
    async function* ({ gatehouse, owner, organizationId }) {
      for (const username of ['guest-one', 'guest-two']) {
        await gatehouse.person(username);
        yield await owner.call('POST', `/api/organization/${organizationId}/invite`, { username });
      }
    },
  ],
  [
    'REGISTERED_ACCOUNTS',
    'register',
    async function* ({ gatehouse }) {
      const body = { username: 'newcomer', password, firstName: 'New', lastName: 'Comer' };
      yield await gatehouse.call('POST', '/api/account/register', { body });
    },
  ],
];

describe.each(engines)('a quota on %s', (engine) => {
  let gatehouse: TestGatehouse;
  let world: World;

  beforeAll(async () => {
    gatehouse = await startTestGatehouse({ engine, environment });
    const owner = await gatehouse.person('olga');
    const organization = await owner.call('PUT', '/api/organization', { name: 'first' });
    world = { gatehouse, owner, organizationId: idOf(organization) };
  });

  afterAll(() => gatehouse[Symbol.asyncDispose]());

  test.each(doors)('%s refuses to %s above it', async (setting, _way, tries) => {
    const answers: Answer[] = [];
    for await (const answer of tries(world)) answers.push(answer);
    const refused = answers.pop();

    for (const { status, body } of answers) expect(status, JSON.stringify(body)).toBeLessThan(300);
    expect(refused).toMatchObject({
      status: 409,
      body: {
        error: 'quota_exceeded',
        quota: { setting, limit: Number(environment[setting as keyof typeof environment]) },
      },
    });
    expect(refused?.at('message')).toContain(setting);
  });

  test('lets something else in once something is gone', async () => {
    const person = await gatehouse.person('mia');
    const add = () => person.call('PUT', '/api/identity', identity());
    const first = await add();
    expect((await add()).status).toBe(409);

    await person.call('DELETE', `/api/identity/${idOf(first)}`);
    expect((await add()).status).toBe(200);
    expect((await add()).status).toBe(409);
  });

  test('counts as it is set at the moment', async () => {
    await using adjustable = await startTestGatehouse({ engine });
    const administrator = await adjustable.administrator();
    const limit = (value: number) => administrator.call('PATCH', '/api/settings', { FOLDERS_PER_ACCOUNT: value });
    const add = async () => (await administrator.call('PUT', '/api/folder', { name: 'one' })).status;

    expect([await add(), await add()]).toEqual([200, 200]);
    expect((await limit(2)).status).toBe(200);
    expect(await add()).toBe(409);
    await limit(3);
    expect([await add(), await add()]).toEqual([200, 409]);
  });

  test('of sign-ins ends the one that was unused for longest', async () => {
    await using limited = await startTestGatehouse({ engine, environment: { SIGN_INS_PER_ACCOUNT: '2' } });
    const first = await limited.administrator();
    const second = await limited.signIn('admin');
    const third = await limited.signIn('admin');

    expect((await first.call('GET', '/api/account/me')).status).toBe(401);
    expect((await second.call('GET', '/api/account/me')).status).toBe(200);
    expect((await third.call('GET', '/api/account/me')).status).toBe(200);
  });
});
