import { describe, expect, test } from 'vitest';
import { engines, startTestGatehouse, type Person, type TestGatehouse } from './harness/gatehouse.ts';

const neverExisted = 999_999;

async function startWithMember(gatehouse: TestGatehouse) {
  const admin = await gatehouse.administrator();
  const owner = await gatehouse.person('olga');
  const member = await gatehouse.person('mike');
  const created = await owner.call('PUT', '/api/organization', { name: '  Ops ', description: 'on call' });
  const id = Number(created.at('id'));
  await join(owner, member, id);
  return { admin, owner, member, created, id };
}

async function join(owner: Person, invited: Person, id: number): Promise<void> {
  await owner.call('POST', `/api/organization/${id}/invite`, { username: invited.username });
  await invited.call('POST', `/api/organization/invitations/${id}/respond`, { accept: true });
}

describe.each(engines)('organizations on %s', (engine) => {
  test('are created, listed, changed and deleted, on both spellings of the path', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    const { owner, member, created, id } = await startWithMember(gatehouse);

    expect(created).toMatchObject({
      status: 201,
      body: {
        name: 'Ops',
        description: 'on call',
        role: 'owner',
        isOwner: true,
        defaultIdentityId: null,
        hostKeyPolicy: null,
      },
    });
    const listed = await member.call('GET', '/api/organizations/');
    expect(listed).toMatchObject({ status: 200, body: [{ id, role: 'member', isOwner: false }] });
    expect(listed.at('0.permissions')).not.toContain('org.manage');

    expect(await owner.call('PATCH', `/api/organization/${id}`, { description: '' })).toMatchObject({
      status: 200,
      body: { name: 'Ops', description: null },
    });
    expect((await member.call('PATCH', `/api/organization/${id}`, { name: 'Mine' })).status).toBe(403);
    expect((await member.call('DELETE', `/api/organization/${id}`)).status).toBe(403);
    const deleted = await owner.call('DELETE', `/api/organizations/${id}`);
    expect(deleted).toMatchObject({ status: 200, body: { success: true } });
    expect(deleted.body).toEqual({ success: true });
    expect((await owner.call('GET', `/api/organization/${id}`)).status).toBe(404);
  });

  test('answer 404 alike to callers who are not active members and for what never existed', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    const { admin, owner, id } = await startWithMember(gatehouse);
    const invited = await gatehouse.person('ivan');
    await owner.call('POST', `/api/organization/${id}/invite`, { username: 'ivan' });

    for (const [method, path, body] of [
      ['GET', ''],
      ['PATCH', '', { name: 'x' }],
      ['DELETE', ''],
      ['GET', '/members'],
      ['POST', '/invite', { username: 'olga' }],
      ['DELETE', '/members/1'],
      ['POST', '/leave'],
      ['PATCH', '/owner', { accountId: 1 }],
      ['GET', '/members/1/permissions'],
      ['PUT', '/members/1/permissions', { permissions: {} }],
    ] as const)
      for (const caller of [admin, invited]) {
        const [foreign, absent] = await Promise.all(
          [id, neverExisted].map((which) => caller.call(method, `/api/organization/${which}${path}`, body)),
        );
        expect(foreign?.status, `${method} ${path}`).toBe(404);
        expect({ ...Object(absent?.body), requestId: '' }).toEqual({ ...Object(foreign?.body), requestId: '' });
      }
    for (const nonsense of ['abc', '0', '-1', '1e3', '9007199254740992'])
      expect((await owner.call('GET', `/api/organization/${nonsense}`)).status, nonsense).toBe(404);

    const denied = await owner.call('GET', `/api/audit/logs?organizationId=${id}&actor=admin&limit=1000`);
    expect(denied.at('total')).toBe(10);
    expect(denied.at('logs.0.outcome')).toBe('denied');
  });

  test('take members in by invitation, and none twice', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    const { owner, member, id } = await startWithMember(gatehouse);
    const invited = await gatehouse.person('Ivan');
    const invite = (caller: Person, username: string) =>
      caller.call('POST', `/api/organization/${id}/invite`, { username });

    expect(await invite(member, 'ivan')).toMatchObject({ status: 403 });
    expect(await invite(owner, 'nobody')).toMatchObject({ status: 404 });
    expect(await invite(owner, 'iVAN')).toMatchObject({ status: 200, body: { success: true } });
    expect(await invite(owner, 'ivan')).toMatchObject({ status: 409, body: { error: 'conflict' } });
    expect(await invite(owner, 'mike')).toMatchObject({ status: 409 });

    const pending = await invited.call('GET', '/api/organization/invitations/pending');
    expect(pending.body).toMatchObject([
      { organization: { id, name: 'Ops' }, invitedBy: { username: 'olga', name: 'olga Example' } },
    ]);
    const respond = () => invited.call('POST', `/api/organization/invitations/${id}/respond`, { accept: true });
    const answers = await Promise.all([respond(), respond()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
    const members = await member.call('GET', `/api/organization/${id}/members`);
    expect(members.body).toMatchObject([
      { username: 'olga', role: 'owner', status: 'active' },
      { username: 'mike', role: 'member', status: 'active' },
      { accountId: invited.id, name: 'Ivan Example', username: 'Ivan', role: 'member', status: 'active' },
    ]);
  });

  test('let nothing of a former member come back with a new invitation', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    const { owner, member, id } = await startWithMember(gatehouse);
    const permissions = `/api/organization/${id}/members/${member.id}/permissions`;
    const given = await owner.call('PUT', permissions, {
      permissions: { 'org.manage': 'allow', 'connect.ssh': 'deny' },
    });
    expect(given.at('permissions')).toMatchObject({
      'org.manage': 'allow',
      'connect.ssh': 'deny',
      'files.view': 'neutral',
    });
    expect((await member.call('PATCH', `/api/organization/${id}`, { name: 'Platform' })).status).toBe(200);

    expect(await owner.call('DELETE', `/api/organization/${id}/members/${member.id}`)).toMatchObject({ status: 200 });
    expect((await member.call('GET', `/api/organization/${id}`)).status).toBe(404);
    await owner.call('POST', `/api/organization/${id}/invite`, { username: 'mike' });
    expect((await member.call('GET', `/api/organization/${id}`)).status).toBe(404);
    await member.call('POST', `/api/organization/invitations/${id}/respond`, { accept: true });
    const again = await member.call('GET', `/api/organization/${id}`);
    expect(again.at('permissions')).toContain('connect.ssh');
    expect(again.at('permissions')).not.toContain('org.manage');
  });

  test('are left by members and handed over by owners', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    const { owner, member, id } = await startWithMember(gatehouse);

    expect(await owner.call('POST', `/api/organization/${id}/leave`)).toMatchObject({ status: 403 });
    const outsider = { accountId: neverExisted };
    expect(await owner.call('PATCH', `/api/organization/${id}/owner`, outsider)).toMatchObject({
      status: 400,
      body: { details: [{ path: 'accountId' }] },
    });
    expect(await owner.call('PATCH', `/api/organization/${id}/owner`, { accountId: String(member.id) })).toMatchObject({
      status: 200,
      body: { role: 'member' },
    });
    expect(await owner.call('POST', `/api/organization/${id}/leave`)).toMatchObject({ status: 200 });
    expect((await owner.call('GET', '/api/organization')).body).toEqual([]);
    expect((await member.call('GET', '/api/organization')).body).toMatchObject([{ id, isOwner: true }]);
  });

  test('take their identities, entries and folders along when they are deleted', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    const { owner, member, id } = await startWithMember(gatehouse);
    const shared = Number(
      (
        await owner.call('PUT', '/api/identity', {
          name: 'Shared',
          type: 'password',
          username: 'root',
          password: 'correct horse',
          organizationId: id,
        })
      ).at('id'),
    );
    expect(await owner.call('PATCH', `/api/organization/${id}`, { defaultIdentityId: shared })).toMatchObject({
      status: 200,
      body: { defaultIdentityId: shared },
    });
    const config = { protocol: 'ssh', ip: '192.0.2.7', port: 22 };
    const entry = { name: 'web', type: 'server', icon: 'server', config, identities: [shared] };
    const inside = await owner.call('PUT', '/api/entry', { ...entry, organizationId: id });
    const outside = await member.call('PUT', '/api/entry', entry);
    expect([inside.status, outside.status]).toEqual([200, 200]);

    expect((await owner.call('DELETE', `/api/organization/${id}`)).status).toBe(200);
    expect((await owner.call('GET', '/api/identity/list')).body).toEqual([]);
    expect((await owner.call('GET', `/api/entry/${String(inside.at('id'))}`)).status).toBe(404);
    const kept = await member.call('GET', `/api/entry/${String(outside.at('id'))}`);
    expect(kept).toMatchObject({ status: 200, body: { identities: [] } });
    const trail = await owner.call('GET', '/api/audit/logs?action=organization.delete');
    expect(trail.at('logs.0.details')).toEqual({ entries: 1, folders: 0, identities: 1, members: 2 });
  });

  test('forget a default identity that is deleted', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    const { owner, id } = await startWithMember(gatehouse);
    const created = await owner.call('PUT', '/api/identity', { name: 'Shared', type: 'ssh', organizationId: id });
    const defaultIdentityId = Number(created.at('id'));
    await owner.call('PATCH', `/api/organization/${id}`, { defaultIdentityId });
    expect((await owner.call('DELETE', `/api/identity/${defaultIdentityId}`)).status).toBe(200);
    expect((await owner.call('GET', `/api/organization/${id}`)).at('defaultIdentityId')).toBeNull();
  });
});

test('name the field of a request that is wrong', async () => {
  await using gatehouse = await startTestGatehouse();
  const { owner, member, id } = await startWithMember(gatehouse);
  const path = `/api/organization/${id}`;
  const permissions = `${path}/members/${member.id}/permissions`;
  for (const [method, where, body, field] of [
    ['PUT', '/api/organization', { name: '' }, 'name'],
    ['PUT', '/api/organization', { name: 'x'.repeat(101) }, 'name'],
    ['PUT', '/api/organization', { name: 'Ops', description: 'x'.repeat(501) }, 'description'],
    ['PUT', '/api/organization', { name: 'Ops', owner: 1 }, 'owner'],
    ['PATCH', path, {}, ''],
    ['PATCH', path, { defaultIdentityId: neverExisted }, 'defaultIdentityId'],
    ['POST', `${path}/invite`, { username: 7 }, 'username'],
    ['POST', `/api/organization/invitations/${id}/respond`, { accept: 'yes' }, 'accept'],
    ['PATCH', `${path}/owner`, { accountId: 0 }, 'accountId'],
    ['PUT', permissions, { permissions: { 'connect.ssh': 'maybe' } }, 'permissions.connect.ssh'],
    ['PUT', permissions, { permissions: { 'connect.everything': 'allow' } }, 'permissions.connect.everything'],
  ] as const) {
    const answer = await owner.call(method, where, body);
    expect(answer.status, `${method} ${where} ${field}`).toBe(400);
    expect(answer.at('details.0.path')).toBe(field);
  }
});
