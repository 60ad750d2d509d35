import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestGatehouse, type Answer, type Person, type TestGatehouse } from './harness/gatehouse.ts';
import {
  addEntry,
  addIdentity,
  addOrganization,
  auditOf,
  authorizedKeys,
  exec,
  keyIdentity,
  pin,
} from './sessions/servers.ts';
import { openTerminal } from './sessions/terminal-client.ts';
import { startHostile } from './ssh-servers/hostile.ts';
import { addTestAccount, startSshd, type Sshd, type TestAccount } from './ssh-servers/sshd.ts';

let account: TestAccount;
let sshd: Sshd;
let gatehouse: TestGatehouse;
let anna: Person;

beforeAll(async () => {
  account = await addTestAccount();
  sshd = await startSshd({ authorizedKeys });
  gatehouse = await startTestGatehouse();
  anna = await gatehouse.person('anna');
});

afterAll(async () => {
  await gatehouse[Symbol.asyncDispose]();
  await sshd[Symbol.asyncDispose]();
  await account[Symbol.asyncDispose]();
});

/** Every unattended use that authenticates; the codes with which they are refused. */
async function refusals(entryId: number, identityId: number): Promise<unknown[]> {
  const tested = await anna.call('POST', `/api/identity/${identityId}/test`, { entryId });
  const executed = await exec(anna, entryId, 'true');
  const terminal = await openTerminal(gatehouse, anna, { entryId });
  const shown = await Promise.any([terminal.frame('error'), terminal.frame('question')]);
  terminal.socket.close();
  return [tested.at('error'), executed.at('error'), shown.t === 'error' ? shown.error : shown.kind];
}

function offered(answer: Answer): unknown {
  return answer.at('hostKey.offered.publicKey');
}

describe('a host key that is not known', () => {
  test.for(['target', 'jump host'])('gets no byte of authentication from any use: %s', async (where) => {
    await using rogue = await startHostile({ accept: () => true });
    const identityId = await addIdentity(anna, { type: 'password', username: 'anna', password: 'the secret' });
    const unknown = await addEntry(anna, rogue, { identities: [identityId], pinned: false });
    const entryId =
      where === 'target'
        ? unknown
        : await addEntry(anna, sshd, { identities: [identityId], config: { jumpHosts: [unknown] } });

    expect(await refusals(entryId, identityId)).toEqual(['host_key_unknown', 'host_key_unknown', 'hostkey']);
    const scanned = await anna.call('POST', `/api/entry/${entryId}/host-keys/scan`);
    expect(where === 'target' ? scanned.at('keys.0.publicKey') : scanned.at('error')).toBe(
      where === 'target' ? rogue.hostKeys[0] : 'host_key_unknown',
    );
    expect(rogue.connections()).toBeGreaterThanOrEqual(4);
    expect(rogue.attempts).toEqual([]);
  });

  test('waits with its fingerprint for a person who accepts it', async () => {
    const identityId = await keyIdentity(anna, account.username);
    const entryId = await addEntry(anna, sshd, { identities: [identityId], pinned: false });

    const refused = await exec(anna, entryId, 'true');
    expect(refused).toMatchObject({ status: 409, body: { code: 409, error: 'host_key_unknown' } });
    expect(refused.body).toMatchObject({
      hostKey: { entryId, host: '127.0.0.1', port: sshd.port, pinned: [], offered: { algorithm: 'ssh-ed25519' } },
      steps: expect.arrayContaining([expect.objectContaining({ step: 'hostkey', status: 'failed' })]) as unknown,
    });
    await pin(anna, entryId, [String(offered(refused))]);

    expect((await exec(anna, entryId, 'true')).status).toBe(200);
    expect((await auditOf(anna, 'host-key.pin')).at(-1)).toMatchObject({ resourceId: entryId, outcome: 'ok' });
  });
});

describe('a host key that has changed', () => {
  test.for(['target', 'jump host'])('gets no byte of authentication from any use: %s', async (where) => {
    await using rogue = await startHostile({ accept: () => true });
    const identityId = await addIdentity(anna, { type: 'password', username: 'anna', password: 'the secret' });
    const changed = await addEntry(anna, { ...rogue, hostKeys: sshd.hostKeys }, { identities: [identityId] });
    const entryId =
      where === 'target'
        ? changed
        : await addEntry(anna, sshd, { identities: [identityId], config: { jumpHosts: [changed] } });

    expect(await refusals(entryId, identityId)).toEqual(['host_key_changed', 'host_key_changed', 'host_key_changed']);
    expect(rogue.attempts).toEqual([]);
  });

  test('stops everything until a person replaces it, old and new side by side', async () => {
    await using server = await startSshd({ authorizedKeys });
    const identityId = await keyIdentity(anna, account.username);
    const entryId = await addEntry(anna, server, { identities: [identityId], config: { hostKeyPolicy: 'accept-new' } });
    expect((await exec(anna, entryId, 'true')).status).toBe(200);
    const [before = ''] = server.hostKeys;
    await server.rotateHostKeys();

    const refused = await exec(anna, entryId, 'true');
    expect(refused).toMatchObject({ status: 409, body: { error: 'host_key_changed' } });
    expect(offered(refused)).toBe(server.hostKeys[0]?.trim());
    expect(JSON.stringify(refused.at('hostKey.pinned'))).toContain(before.split(' ')[1]);
    const terminal = await openTerminal(gatehouse, anna, { entryId });
    expect(await terminal.frame('error')).toMatchObject({ error: 'host_key_changed', hostKey: refused.at('hostKey') });
    expect(await terminal.closed()).toMatchObject({ code: 4000, reason: 'host_key_changed' });

    await pin(anna, entryId, server.hostKeys);
    expect((await exec(anna, entryId, 'true')).status).toBe(200);
    expect((await auditOf(anna, 'host-key.replace')).at(-1)).toMatchObject({ resourceId: entryId });
  });
});

describe('a host key that is revoked', () => {
  test.for(['ask', 'accept-new', 'none'])('is not accepted by any use under the policy %s', async (hostKeyPolicy) => {
    await using server = await startSshd({ authorizedKeys, hostKeys: ['ed25519'] });
    const [key = ''] = server.hostKeys;
    const identityId = await keyIdentity(anna, account.username);
    const entryId = await addEntry(anna, server, { identities: [identityId], config: { hostKeyPolicy } });
    expect((await exec(anna, entryId, 'true')).status).toBe(200);

    const hosts = `[127.0.0.1]:${server.port}`;
    const path = `/api/entry/${entryId}/host-keys`;
    const revoked = await anna.call('PUT', path, { keys: [`@revoked ${hosts} ${key}\nother.org ${key}`] });
    expect(revoked.body).toMatchObject({
      keys: [],
      revoked: [{ publicKey: key }],
      skipped: { otherHosts: 1, unsupported: 0 },
    });
    expect(await refusals(entryId, identityId)).toEqual([undefined, 'login_failed', 'login_failed']);
    expect((await exec(anna, entryId, 'true')).at('message')).toContain('is revoked for this server');

    const listed = await anna.call('GET', path);
    expect(listed.body).toMatchObject({
      keys: [{ publicKey: key, revoked: true }],
      knownHosts: [`@revoked ${hosts} ${key}`],
    });
    expect(await anna.call('PUT', path, { keys: [key] })).toMatchObject({ status: 400 });
    await anna.call('DELETE', `${path}/${String(listed.at('keys.0.id'))}`);
    await pin(anna, entryId, [key]);
    expect((await exec(anna, entryId, 'true')).status).toBe(200);
    expect((await auditOf(anna, 'host-key.replace')).at(-1)).toMatchObject({
      resourceId: entryId,
      details: { pinned: [], removed: [listed.at('keys.0.fingerprint')], revoked: [listed.at('keys.0.fingerprint')] },
    });
  });

  test('ends the sessions that are open on the server', async () => {
    await using server = await startSshd({ authorizedKeys, hostKeys: ['ed25519'] });
    const identityId = await keyIdentity(anna, account.username);
    const entryId = await addEntry(anna, server, { identities: [identityId] });
    const terminal = await openTerminal(gatehouse, anna, { entryId });
    await terminal.frame('ready');
    await anna.call('PUT', `/api/entry/${entryId}/host-keys`, {
      keys: [`@revoked [127.0.0.1]:${server.port} ${server.hostKeys[0] ?? ''}`],
    });
    expect((await terminal.closed()).code).toBe(4002);
  });
});

describe('the policy', () => {
  test('accept-new pins the first key without asking, and no other', async () => {
    await using server = await startSshd({ authorizedKeys, hostKeys: ['ed25519'] });
    const identityId = await keyIdentity(anna, account.username);
    const config = { hostKeyPolicy: 'accept-new' };
    const entryId = await addEntry(anna, server, { identities: [identityId], pinned: false, config });
    expect((await exec(anna, entryId, 'true')).status).toBe(200);
    const keys = await anna.call('GET', `/api/entry/${entryId}/host-keys`);
    expect(keys.body).toMatchObject({ keys: [{ publicKey: server.hostKeys[0], source: 'accept-new' }] });
    await server.rotateHostKeys();
    expect((await exec(anna, entryId, 'true')).at('error')).toBe('host_key_changed');
  });

  test('strict does not even ask a person', async () => {
    const identityId = await keyIdentity(anna, account.username);
    const config = { hostKeyPolicy: 'strict' };
    const entryId = await addEntry(anna, sshd, { identities: [identityId], pinned: false, config });
    expect(await refusals(entryId, identityId)).toEqual(['host_key_unknown', 'host_key_unknown', 'host_key_unknown']);
  });

  test('none lets a key log in to any machine, and never sends a password', async () => {
    await using rogue = await startHostile({ accept: () => true });
    const config = { hostKeyPolicy: 'none' };
    const key = await keyIdentity(anna, account.username);
    const entryId = await addEntry(anna, sshd, { identities: [key], pinned: false, config });
    expect((await exec(anna, entryId, 'true')).status).toBe(200);

    const password = await addIdentity(anna, { type: 'password', username: 'anna', password: 'the secret' });
    const bad = await addEntry(anna, rogue, { identities: [password], pinned: false, config });
    const refused = await exec(anna, bad, 'true');
    expect(refused.at('error')).toBe('login_failed');
    expect(rogue.attempts.map(({ method }) => method)).toEqual(['none']);
    const directIdentity = { username: 'anna', password: 'the secret' };
    expect((await exec(anna, bad, 'true', { directIdentity })).at('error')).toBe('login_failed');
    const terminal = await openTerminal(gatehouse, anna, { entryId: bad });
    expect(await terminal.frame('error')).toMatchObject({ error: 'login_failed' });
    expect(new Set(rogue.attempts.map(({ method }) => method))).toEqual(new Set(['none']));
  });
});

describe('a server that was led elsewhere', () => {
  test('gets nothing of a shared identity until a manager of the identity confirms it', async () => {
    const bert = await gatehouse.person('bert');
    const organizationId = await addOrganization(anna, [bert]);
    await anna.call('PUT', `/api/organization/${organizationId}/members/${bert.id}/permissions`, {
      permissions: { 'identities.manage': 'deny' },
    });
    const secret = { type: 'password', username: account.username, password: account.password };
    const identityId = await addIdentity(anna, { ...secret, organizationId });
    const entryId = await addEntry(anna, sshd, { identities: [identityId], organizationId });
    expect((await exec(bert, entryId, 'true')).status).toBe(200);

    await using rogue = await startHostile({
      methods: ['password'],
      accept: () => true,
      onChannel: (channel) => {
        channel.exit(0);
        channel.close();
      },
    });
    const moved = await bert.call('PATCH', `/api/entry/${entryId}`, {
      config: { protocol: 'ssh', ip: rogue.host, port: rogue.port },
    });
    expect(moved.status).toBe(200);
    await pin(bert, entryId, rogue.hostKeys);
    for (const person of [bert, anna]) {
      const refused = await exec(person, entryId, 'true');
      expect(refused).toMatchObject({ status: 409, body: { error: 'link_suspended' } });
      const terminal = await person.call('POST', '/api/connection', { entryId });
      expect(terminal).toMatchObject({ status: 409, body: { error: 'link_suspended' } });
    }
    expect((await exec(bert, entryId, 'true', { identityId })).at('error')).toBe('link_suspended');
    const confirm = `/api/entry/${entryId}/identities/${identityId}/confirm`;
    expect((await bert.call('POST', confirm)).status).toBe(403);
    expect(rogue.attempts).toEqual([]);

    expect((await anna.call('POST', confirm)).status).toBe(200);
    await exec(anna, entryId, 'true');
    expect(rogue.attempts.map(({ method }) => method)).toContain('password');
  });

  test.for(['password', 'keyboard-interactive'] as const)(
    'whose key is accepted in the middle of a login by a member who does not manage the identity gets no password by %s',
    async (method) => {
      const carla = await gatehouse.person(`carla-${method}`);
      const organizationId = await addOrganization(anna, [carla]);
      await anna.call('PUT', `/api/organization/${organizationId}/members/${carla.id}/permissions`, {
        permissions: { 'identities.manage': 'deny' },
      });
      const answers: string[] = [];
      await using rogue = await startHostile({
        methods: [method],
        accept: () => true,
        converse: async (ask) => {
          answers.push(...(await ask([{ prompt: 'Password: ', echo: false }])));
          return true;
        },
      });
      const secret = { type: 'password', username: 'anna', password: 'the secret' };
      const identityId = await addIdentity(anna, { ...secret, organizationId });
      const entryId = await addEntry(anna, rogue, { identities: [identityId], organizationId, pinned: false });

      const terminal = await openTerminal(gatehouse, carla, { entryId });
      await terminal.answer('accept');
      expect(await terminal.frame('error')).toMatchObject({ error: 'link_suspended' });
      expect(rogue.attempts.map((attempt) => attempt.method)).not.toContain('password');
      expect(answers).toEqual([]);
    },
  );

  test('is not reached with the personal identity of another member on a jump host', async () => {
    const dora = await gatehouse.person('dora');
    const organizationId = await addOrganization(anna, [dora]);
    const personal = await keyIdentity(anna, account.username);
    const jump = await addEntry(anna, sshd, { identities: [personal], organizationId });
    const shared = await keyIdentity(anna, account.username, { organizationId });
    const config = { jumpHosts: [jump] };
    const entryId = await addEntry(anna, sshd, { identities: [shared], organizationId, config });
    expect((await exec(anna, entryId, 'true')).status).toBe(200);

    const refused = await exec(dora, entryId, 'true');
    expect(refused).toMatchObject({ status: 409, body: { error: 'credential_required' } });
    expect(refused.at('message')).toContain('jump host');
    expect(await auditOf(dora, 'identity.use')).toEqual([]);
  });
});
