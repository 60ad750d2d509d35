import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines, password, startTestGatehouse, type Person } from '../harness/gatehouse.ts';
import { addEntry, authorizedKeys, exec, keyIdentity, pin } from '../sessions/servers.ts';
import { addTestAccount, startSshd, type Sshd, type TestAccount } from '../ssh-servers/sshd.ts';

interface Entry {
  readonly seq: number;
  readonly action: string;
  readonly actor: string;
  readonly outcome: string;
  readonly ipAddress: string;
  readonly timestamp: string;
}

let account: TestAccount;
let sshd: Sshd;

beforeAll(async () => {
  account = await addTestAccount();
  sshd = await startSshd({ authorizedKeys });
});

afterAll(async () => {
  await sshd[Symbol.asyncDispose]();
  await account[Symbol.asyncDispose]();
});

/** Reads again and again what has been added; each entry once, oldest first. */
function follow(person: Person): () => Promise<string[]> {
  let seen = 0;
  return async () => {
    const answer = await person.call('GET', '/api/audit/logs?limit=100');
    const added = (answer.at('logs') as Entry[]).filter(({ seq }) => seq > seen).toSorted((a, b) => a.seq - b.seq);
    seen = added.at(-1)?.seq ?? seen;
    for (const { ipAddress, timestamp } of added) {
      expect(ipAddress).toBe('127.0.0.1');
      expect(Math.abs(Date.now() - Date.parse(timestamp))).toBeLessThan(60_000);
    }
    return added.map(({ actor, action, outcome }) => `${actor} ${action} ${outcome}`);
  };
}

describe.each(engines)('the audit log on %s', (engine) => {
  test('has an entry for each thing that matters, with who did it, from where, and what came of it', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    const admin = await gatehouse.administrator();
    const added = follow(admin);
    await added();

    await gatehouse.call('POST', '/api/auth/login', { body: { username: 'admin', password: 'not this one' } });
    expect(await added()).toEqual(['admin auth.login failed']);
    const again = await gatehouse.signIn('admin');
    expect(await added()).toEqual(['admin auth.login ok']);
    await gatehouse.call('POST', '/api/auth/logout', { body: { token: again.token } });
    expect(await added()).toEqual(['admin auth.logout ok']);

    const grace = await gatehouse.person('grace');
    expect(await added()).toEqual(['admin account.create ok']);
    const organizationId = Number((await admin.call('PUT', '/api/organization', { name: 'Ops' })).at('id'));
    await admin.call('POST', `/api/organization/${organizationId}/invite`, { username: 'grace' });
    await grace.call('POST', `/api/organization/invitations/${organizationId}/respond`, { accept: true });
    expect(await added()).toEqual([
      'admin organization.create ok',
      'admin organization.invite ok',
      'grace organization.invitation_accept ok',
    ]);
    expect((await grace.call('PATCH', `/api/organization/${organizationId}`, { name: 'Mine' })).status).toBe(403);
    expect(await added()).toEqual(['grace organization.update denied']);
    await admin.call('PUT', `/api/organization/${organizationId}/members/${grace.id}/permissions`, {
      permissions: { 'identities.manage': 'deny' },
    });
    expect(await added()).toEqual(['admin organization.permissions_change ok']);

    const identityId = await keyIdentity(admin, account.username, { organizationId });
    expect(await added()).toEqual(['admin identity.create ok']);
    expect((await grace.call('PATCH', `/api/identity/${identityId}`, { name: 'mine' })).status).toBe(403);
    expect(await added()).toEqual(['grace identity.update denied']);

    const entryId = await addEntry(admin, sshd, { organizationId, identities: [identityId], pinned: false });
    expect(await added()).toEqual(['admin entry.create ok']);
    expect((await exec(admin, entryId, 'true')).status).toBe(409);
    expect(await added()).toEqual([
      'admin session.open started',
      'admin session.open failed',
      'admin identity.use failed',
      'admin session.end failed',
    ]);
    await pin(admin, entryId, sshd.hostKeys);
    expect(await added()).toEqual(['admin host-key.pin ok']);
    expect((await exec(grace, entryId, 'true')).status).toBe(200);
    expect(await added()).toEqual([
      'grace session.open started',
      'grace session.open ok',
      'grace identity.use ok',
      'grace session.end ok',
    ]);

    const key = await admin.call('POST', '/api/account/api-keys', {
      currentPassword: password,
      name: 'a script',
      scopes: ['identities:list'],
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    });
    expect(await added()).toEqual(['admin api-key.create ok']);
    const script = { authorization: `Bearer ${String(key.at('token'))}` };
    expect((await gatehouse.call('GET', '/api/entry/list', { headers: script })).status).toBe(403);
    expect(await added()).toEqual(['admin auth.scope denied']);

    await admin.call('GET', '/api/audit/export');
    expect(await added()).toEqual(['admin audit.export ok']);
    await admin.call('DELETE', `/api/identity/${identityId}`);
    await admin.call('DELETE', `/api/organization/${organizationId}`);
    expect(await added()).toEqual(['admin identity.delete ok', 'admin organization.delete ok']);
  });
});
