import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { engines, startTestGatehouse, type Answer, type Person, type TestGatehouse } from './harness/gatehouse.ts';

const refusedFields = (answer: Answer): unknown[] =>
  ((answer.at('details') ?? []) as { path: string }[]).map(({ path }) => path);

const aText: unknown = expect.any(String);

describe.each(engines)('what the identities on %s are sent', (engine) => {
  let gatehouse: TestGatehouse;
  let alice: Person;
  let people = 0;

  beforeAll(async () => {
    gatehouse = await startTestGatehouse({ engine });
  });
  afterAll(async () => {
    await gatehouse[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    alice = await gatehouse.person(`alice${++people}`);
  });

  const create = async (body: object): Promise<number> =>
    Number((await alice.call('PUT', '/api/identity', body)).at('id'));
  const get = async (id: number): Promise<unknown> => (await alice.call('GET', `/api/identity/${id}`)).body;

  describe('bad input', () => {
    const valid = { name: 'deploy', type: 'password', password: 'x' };

    it.each([
      ['name', { ...valid, name: 'ab' }],
      ['name', { ...valid, name: '   ' }],
      ['name', { ...valid, name: 'x'.repeat(256) }],
      ['name', { ...valid, name: 'nul\u0000l' }],
      ['name', { ...valid, name: 'bidi\u202Eoverride' }],
      ['name', { ...valid, name: 'lone\uD800' }],
      ['name', { ...valid, name: 7 }],
      ['type', { ...valid, type: 'key' }],
      ['username', { ...valid, username: 'x'.repeat(256) }],
      ['password', { ...valid, password: 'lone\uD800' }],
      ['password', { ...valid, password: 'ü'.repeat(32_769) }],
      ['sshKey', { ...valid, sshKey: 'k'.repeat(65_537) }],
      ['organizationId', { ...valid, organizationId: 0 }],
      ['organizationId', { ...valid, organizationId: -1 }],
      ['organizationId', { ...valid, organizationId: 1.5 }],
      ['organizationId', { ...valid, organizationId: '1.5' }],
      ['id', { ...valid, id: 5 }],
      ['accountId', { ...valid, accountId: 5 }],
      ['constructor', { ...valid, constructor: 1 }],
      ['generatedKey', { ...valid, sshKey: 'k', generatedKey: 'g'.repeat(43) }],
      ['name', { type: 'password' }],
      ['type', { name: 'deploy' }],
    ])('refuses a create by its %s', async (field, body) => {
      const answer = await alice.call('PUT', '/api/identity', body);
      expect([answer.status, refusedFields(answer)]).toEqual([400, [field]]);
      expect(answer.body).toMatchObject({ code: 400, error: 'invalid_request', requestId: aText });
    });

    it.each([{}, { colour: 'red' }, { id: 1 }, { createdAt: 'x' }])('of a change is refused: %j', async (body) => {
      const id = await create(valid);
      expect((await alice.call('PATCH', `/api/identity/${id}`, body)).status).toBe(400);
    });

    it.each([
      ['{"name":', 'application/json', 400],
      ['', 'application/json', 400],
      ['[]', 'application/json', 400],
      ['{"__proto__":{"name":"x"}}', 'application/json', 400],
      ['name=deploy', 'application/x-www-form-urlencoded', 415],
      [`{"name":"${'x'.repeat(262_144)}"}`, 'application/json', 413],
    ])('that is not even a body is refused with the error body (%#)', async (body, type, status) => {
      const answer = await alice.call('PUT', '/api/identity', body, { 'content-type': type });
      expect(answer).toMatchObject({ status, body: { code: status, requestId: aText } });
    });

    it('takes 255 code points, whatever they are, stores them NFC, and takes digit strings for numbers', async () => {
      const organizationId = Number((await alice.call('PUT', '/api/organization', { name: 'Ops' })).at('id'));
      const id = await create({
        type: 'password-only',
        name: '🔑'.repeat(255),
        organizationId: String(organizationId),
      });
      expect(await get(id)).toMatchObject({ name: '🔑'.repeat(255), organizationId });
      await alice.call('PATCH', `/api/identity/${id}`, { name: 'Cafe\u0301' });
      expect(await get(id)).toMatchObject({ name: 'Caf\u00E9' });
    });
  });
});

describe.each(engines)('the calls of the documentation on %s', (engine) => {
  it.each(['/api/identity', '/api/identities'])('work unchanged under %s', async (base) => {
    await using gatehouse = await startTestGatehouse({ engine });
    const admin = await gatehouse.administrator();
    for (const name of ['first', 'second']) {
      await admin.call('PUT', base, { name, type: 'password', password: 'x' });
      await admin.call('PUT', '/api/organizations', { name });
    }

    const created = await admin.call('PUT', base, {
      name: 'Deploy Key',
      type: 'ssh',
      username: 'deploy',
      sshKey: '-----BEGIN OPENSSH PRIVATE KEY-----\n...',
    });
    expect(created).toMatchObject({ status: 200, body: { id: 3, message: aText } });
    const listed = await admin.call('GET', `${base}/list`);
    expect(listed.at('2')).toMatchObject({
      id: 3,
      name: 'Deploy Key',
      username: 'deploy',
      type: 'ssh',
      organizationId: null,
    });
    expect(await admin.call('PATCH', `${base}/3`, { name: 'Production Deploy Key' })).toMatchObject({ status: 200 });
    const moved = await admin.call('POST', `${base}/3/move/`, { organizationId: 2 });
    expect(moved).toMatchObject({
      status: 200,
      body: { identity: { id: 3, scope: 'organization', organizationId: 2 } },
    });
    expect(await admin.call('DELETE', `${base}/3/`)).toMatchObject({
      status: 200,
      body: { message: aText },
    });
    expect((await admin.call('GET', `${base}/list`)).body).toHaveLength(2);
  });
});
