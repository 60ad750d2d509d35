import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { engines, startTestGatehouse, type Answer, type Person, type TestGatehouse } from './harness/gatehouse.ts';

const missing = {
  code: 404,
  error: 'not_found',
  message: 'Not found.',
  messageCode: 'not_visible',
};

const aText: unknown = expect.any(String);

describe.each(engines)('who may do what with identities on %s', (engine) => {
  let gatehouse: TestGatehouse;
  let owner: Person;
  let member: Person;
  let invited: Person;
  let stranger: Person;
  let organizationId: number;
  let shared: number;
  let personal: number;
  let round = 0;

  beforeAll(async () => {
    gatehouse = await startTestGatehouse({ engine });
  });
  afterAll(async () => {
    await gatehouse[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    round++;
    owner = await gatehouse.person(`owner${round}`);
    member = await gatehouse.person(`member${round}`);
    invited = await gatehouse.person(`invited${round}`);
    stranger = await gatehouse.person(`stranger${round}`);
    organizationId = await organization(owner);
    await join(owner, member, organizationId);
    await owner.call('POST', `/api/organization/${organizationId}/invite`, { username: invited.username });
    shared = await create(owner, { organizationId });
    personal = await create(owner, {});
  });

  const organization = async (person: Person): Promise<number> =>
    Number((await person.call('PUT', '/api/organization', { name: 'Ops' })).at('id'));
  const join = async (host: Person, guest: Person, id: number): Promise<void> => {
    await host.call('POST', `/api/organization/${id}/invite`, { username: guest.username });
    await guest.call('POST', `/api/organization/invitations/${id}/respond`, { accept: true });
  };
  const put = (person: Person, body: object): Promise<Answer> =>
    person.call('PUT', '/api/identity', { name: 'deploy', type: 'password', password: 'hunter2', ...body });
  const create = async (person: Person, body: object): Promise<number> => Number((await put(person, body)).at('id'));
  const rename = (person: Person, id: number): Promise<Answer> =>
    person.call('PATCH', `/api/identity/${id}`, { name: 'renamed' });
  const move = (person: Person, id: number, to: number): Promise<Answer> =>
    person.call('POST', `/api/identity/${id}/move`, { organizationId: to });
  const remove = (person: Person, id: number): Promise<Answer> => person.call('DELETE', `/api/identity/${id}`);
  const ids = async (person: Person): Promise<number[]> =>
    ((await person.call('GET', '/api/identity/list')).body as { id: number }[]).map(({ id }) => id);
  const permit = (id: string, value: string): Promise<Answer> =>
    owner.call('PUT', `/api/organization/${organizationId}/members/${member.id}/permissions`, {
      permissions: { [id]: value },
    });

  it('lets the owner of a personal identity do everything with it', async () => {
    expect(await ids(owner)).toEqual([personal, shared]);
    expect((await rename(owner, personal)).status).toBe(200);
    expect((await move(owner, personal, organizationId)).status).toBe(200);
    expect((await remove(owner, personal)).status).toBe(200);
  });

  it('lets an active member do everything but move with a shared one', async () => {
    expect(await ids(member)).toEqual([shared]);
    expect((await put(member, { organizationId })).status).toBe(200);
    expect((await rename(member, shared)).status).toBe(200);
    expect((await move(member, shared, organizationId)).status).toBe(403);
    expect((await remove(member, shared)).status).toBe(200);
  });

  it('has nothing for a member who was removed, and ends what he held at once', async () => {
    expect(await ids(member)).toEqual([shared]);
    await owner.call('DELETE', `/api/organization/${organizationId}/members/${member.id}`);
    expect(await ids(member)).toEqual([]);
    expect((await rename(member, shared)).status).toBe(404);
    expect((await put(member, { organizationId })).status).toBe(403);
  });

  it('lets a member without identities.manage see and use, not change', async () => {
    const own = await create(member, {});
    await permit('identities.manage', 'deny');
    expect(await ids(member)).toEqual([own, shared]);
    expect((await member.call('GET', `/api/identity/${shared}`)).status).toBe(200);
    for (const answer of [
      await rename(member, shared),
      await remove(member, shared),
      await put(member, { organizationId }),
      await move(member, own, organizationId),
      await member.call('PATCH', `/api/identity/${own}`, { organizationId }),
    ])
      expect(answer).toMatchObject({ status: 403, body: { error: 'forbidden' } });
    expect(await ids(member)).toEqual([own, shared]);
  });

  it('answers for what is foreign, deleted, never there or no id at all in the same way', async () => {
    const deleted = await create(owner, {});
    await remove(owner, deleted);
    const others = [deleted, 999_999, 'abc', '1abc', '0', '-1', '1e3', '9007199254740992', '1%00', '%20', '1.5'];
    for (const id of [personal, shared, ...others]) {
      const path = `/api/identity/${id}`;
      for (const answer of [
        await stranger.call('GET', path),
        await stranger.call('PATCH', path, { name: 'renamed' }),
        await stranger.call('DELETE', path),
        await stranger.call('POST', `${path}/move`, { organizationId }),
      ]) {
        const { requestId, ...body } = answer.body as Record<string, unknown>;
        expect({ status: answer.status, body, requestId }).toEqual({
          status: 404,
          body: missing,
          requestId: aText,
        });
      }
    }
  });

  it('looks at the shape of a request before it looks for the identity, and for that before permission', async () => {
    expect((await stranger.call('PATCH', `/api/identity/${personal}`, { colour: 'red' })).status).toBe(400);
    expect((await gatehouse.call('PATCH', '/api/identity/1', { body: { colour: 'red' } })).status).toBe(400);
    expect((await gatehouse.call('GET', '/api/identity/list', { token: 'f'.repeat(96) })).status).toBe(401);
    const unknown = { organizationId: 999_999 };
    expect((await stranger.call('PATCH', `/api/identity/${personal}`, unknown)).status).toBe(404);
    expect((await owner.call('PATCH', `/api/identity/${personal}`, unknown)).status).toBe(403);
  });

  describe('a move', () => {
    const scopeOf = async (person: Person, id: number): Promise<unknown> =>
      (await person.call('GET', `/api/identity/${id}`)).at('organizationId');

    it('shares a personal identity, and its entries keep referring to it', async () => {
      const server = {
        name: 'web',
        type: 'server',
        config: { protocol: 'ssh', ip: '192.0.2.1', port: 22 },
        identities: [personal],
      };
      const entry = await owner.call('PUT', '/api/entry', server);
      expect(await ids(member)).toEqual([shared]);

      const answer = await move(owner, personal, organizationId);

      expect(answer.body).toEqual({
        message: aText,
        messageCode: 'identity_moved',
        identity: (await owner.call('GET', `/api/identity/${personal}`)).body,
      });
      expect(answer.at('identity')).toMatchObject({
        scope: 'organization',
        organizationId,
        accountId: null,
        usedBy: 1,
      });
      expect(await ids(member)).toEqual([shared, personal]);
      expect((await owner.call('GET', `/api/entry/${String(entry.at('id'))}`)).at('identities')).toEqual([personal]);
    });

    it('by PATCH goes together with the other changes, or not at all', async () => {
      const both = { organizationId, name: 'shared now', password: 'other' };
      const refused = await owner.call('PATCH', `/api/identity/${personal}`, { ...both, organizationId: 999_999 });
      expect(refused.status).toBe(403);
      expect((await owner.call('GET', `/api/identity/${personal}`)).body).toMatchObject({
        name: 'deploy',
        scope: 'personal',
      });
      expect((await owner.call('PATCH', `/api/identity/${personal}`, both)).status).toBe(200);
      expect((await member.call('GET', `/api/identity/${personal}`)).body).toMatchObject({
        name: 'shared now',
        organizationId,
      });
    });

    it('to where it is already does nothing', async () => {
      expect((await member.call('PATCH', `/api/identity/${shared}`, { organizationId })).status).toBe(200);
      expect(await scopeOf(owner, shared)).toBe(organizationId);
    });

    it('between organizations takes membership in both', async () => {
      const elsewhere = await organization(stranger);
      const patch = (person: Person): Promise<Answer> =>
        person.call('PATCH', `/api/identity/${shared}`, { organizationId: elsewhere });
      expect((await patch(owner)).status).toBe(403);
      expect((await patch(stranger)).status).toBe(404);
      await join(stranger, owner, elsewhere);
      expect((await patch(owner)).status).toBe(200);
      expect(await ids(member)).toEqual([]);
      expect(await ids(stranger)).toEqual([shared]);
    });

    it('back to a person is refused', async () => {
      for (const to of [null, 'personal', ''])
        expect((await owner.call('PATCH', `/api/identity/${shared}`, { organizationId: to })).status).toBe(400);
      expect((await owner.call('POST', `/api/identity/${personal}/move`, {})).status).toBe(400);
      expect((await owner.call('POST', `/api/identity/${personal}/move`, { organizationId, name: 'x' })).status).toBe(
        400,
      );
    });

    it('into a foreign, an unknown and a deleted organization is refused alike', async () => {
      const foreign = await organization(stranger);
      const deleted = await organization(owner);
      await owner.call('DELETE', `/api/organization/${deleted}`);
      const bodies = [];
      for (const to of [foreign, deleted, 999_999])
        for (const answer of [await move(owner, personal, to), await put(owner, { organizationId: to })]) {
          bodies.push({ status: answer.status, body: { ...(answer.body as object), requestId: 0 } });
        }
      expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
      expect(bodies[0]?.status).toBe(403);
      expect(await scopeOf(owner, personal)).toBeNull();
    });

    it('while the mover is being removed happens before that or not at all', async () => {
      for (let time = 0; time < 10; time++) {
        await join(owner, invited, organizationId);
        const own = await create(invited, {});
        const [moved] = await Promise.all([
          move(invited, own, organizationId),
          owner.call('DELETE', `/api/organization/${organizationId}/members/${invited.id}`),
        ]);
        expect([200, 403]).toContain(moved.status);
        expect((await ids(owner)).includes(own)).toBe(moved.status === 200);
        expect((await ids(invited)).includes(own)).toBe(moved.status === 403);
      }
    });
  });

  describe('at the same time', () => {
    it('two deletes are one 200 and one 404', async () => {
      const statuses = (await Promise.all([remove(owner, shared), remove(member, shared)])).map(({ status }) => status);
      expect(statuses.sort()).toEqual([200, 404]);
    });

    it('a new password and a type without one leave what one order of the two leaves', async () => {
      for (let time = 0; time < 500; time++) {
        const id = await create(owner, { type: 'both' });
        const patch = (body: object): Promise<Answer> => owner.call('PATCH', `/api/identity/${id}`, body);
        const [password, type] = await Promise.all([patch({ password: 'other' }), patch({ type: 'ssh' })]);
        expect([password.status, type.status]).toEqual([200, 200]);
        const { body } = await owner.call('GET', `/api/identity/${id}`);
        // Password first: destroyed with the type. Type first: the password has no place any more.
        expect(body).toMatchObject({ type: 'ssh', hasPassword: false });
      }
    });

    it('of many changes of one known version one wins', async () => {
      const { headers } = await owner.call('GET', `/api/identity/${personal}`);
      const known = { 'if-match': headers.get('etag') ?? '' };
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          owner.call('PATCH', `/api/identity/${personal}`, { name: `name ${n}` }, known),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(19).fill(412)]);
    });

    it('every list that begins after an acknowledged write has that write', async () => {
      for (let time = 0; time < 30; time++) {
        const reads = [ids(owner), ids(owner)];
        const id = await create(owner, {});
        reads.push(ids(owner), ids(owner));
        const lists = await Promise.all(reads);
        expect(lists[2]).toContain(id);
        expect(lists[3]).toContain(id);
      }
    });
  });

  it('writes no secret to the log of the server', async () => {
    await owner.call('PATCH', `/api/identity/${shared}`, { password: 'canary-4711', sshKey: 'canary-4712' });
    await owner.call('PATCH', `/api/identity/${shared}`, { password: 'canary-4713', colour: 'red' });
    await owner.call('PUT', '/api/identity', '{"password":"canary-4714"');
    expect(gatehouse.log()).toContain('/api/identity');
    expect(gatehouse.log()).not.toContain('canary-');
  });
});
