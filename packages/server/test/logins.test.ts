import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines, startTestGatehouse, type Person, type TestGatehouse } from './harness/gatehouse.ts';
import {
  addEntry,
  addIdentity,
  auditOf,
  authorizedKeys,
  exec,
  keyIdentity,
  passphrase,
  privateKey,
} from './sessions/servers.ts';
import { addTestAccount, startDropbear, startSshd, type Sshd, type TestAccount } from './ssh-servers/sshd.ts';
import { stepsTaken } from './ssh-servers/steps-taken.ts';

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

async function startWithAnna(options: Parameters<typeof startTestGatehouse>[0] = {}) {
  const gatehouse = await startTestGatehouse(options);
  return { gatehouse, anna: await gatehouse.person('anna') };
}

describe.each(engines)('a login with a stored identity on %s', (engine) => {
  let gatehouse: TestGatehouse;
  let anna: Person;

  beforeAll(async () => {
    ({ gatehouse, anna } = await startWithAnna({ engine }));
  });

  afterAll(async () => {
    await gatehouse[Symbol.asyncDispose]();
  });

  test('runs a command', async () => {
    const identityId = await keyIdentity(anna, account.username);
    const entryId = await addEntry(anna, sshd, { identities: [identityId] });
    const answer = await exec(anna, entryId, 'id -un; cat; echo oops >&2; exit 7', { stdin: 'from here' });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        stdout: `${account.username}\nfrom here`,
        stderr: 'oops\n',
        truncated: false,
        exitCode: 7,
        signal: null,
      },
    });
    const session = await anna.call('GET', `/api/connection/${String(answer.at('sessionId'))}`);
    expect(session.body).toMatchObject({ status: 'ended', type: 'exec', entryId, identityId, exitCode: 7 });
    expect(stepsTaken(session.at('steps'))).toEqual([
      'dns skipped',
      'tcp ok',
      'banner ok',
      'kex ok',
      'hostkey ok',
      'auth ok',
      'channel ok',
    ]);
  });

  test('leaves the intent, the result, the use and the end in the audit log', async () => {
    const identityId = await keyIdentity(anna, account.username);
    const entryId = await addEntry(anna, sshd, { identities: [identityId] });
    const sessionId = (await exec(anna, entryId, 'true', { reason: 'ticket 7' })).at('sessionId');

    const opened = (await auditOf(anna, 'session.open')).filter(({ resourceId }) => resourceId === entryId);
    expect(opened.map(({ outcome }) => outcome)).toEqual(['started', 'ok']);
    expect(opened[0]?.details).toMatchObject({
      sessionId,
      identityId,
      because: 'linked',
      reason: 'ticket 7',
      jumps: [],
    });
    expect(opened[1]?.details).toMatchObject({ sessionId, intent: opened[0]?.seq, result: 'publickey' });
    const used = (await auditOf(anna, 'identity.use')).filter(({ resourceId }) => resourceId === identityId);
    expect(used).toMatchObject([{ outcome: 'ok', details: { entryId } }]);
    const ended = (await auditOf(anna, 'session.end')).filter(({ resourceId }) => resourceId === sessionId);
    expect(ended).toMatchObject([{ outcome: 'ok', details: { entryId, identityId, exitCode: 0 } }]);
    const usage = await anna.call('GET', `/api/identity/${identityId}/usage`);
    expect(usage.at('entries.0')).toMatchObject({ id: entryId, lastOutcome: 'ok' });
  });
});

describe('a login with a stored identity', () => {
  let gatehouse: TestGatehouse;
  let anna: Person;

  beforeAll(async () => {
    ({ gatehouse, anna } = await startWithAnna());
  });

  afterAll(async () => {
    await gatehouse[Symbol.asyncDispose]();
  });

  async function runWith(identity: object, server: { host: string; port: number; hostKeys: readonly string[] } = sshd) {
    const identityId = await addIdentity(anna, { username: account.username, ...identity });
    const entryId = await addEntry(anna, server, { identities: [identityId] });
    return { identityId, entryId, answer: await exec(anna, entryId, 'id -un') };
  }

  test.for([
    'ed25519-openssh.key',
    'ed25519-openssh-encrypted.key',
    'ed25519-pkcs8.key',
    'rsa-2048-traditional.key',
    'rsa-2048-openssh-encrypted.key',
    'ecdsa-256-traditional-encrypted.key',
    'ecdsa-384-pkcs8-encrypted.key',
    'ecdsa-521-openssh.key',
    'rsa-2048-putty2.ppk',
    'ecdsa-256-putty2-encrypted.ppk',
    'ed25519-putty3.ppk',
    'ed25519-putty3-encrypted.ppk',
  ])('works with %s', async (file) => {
    const isEncrypted = file.includes('encrypted');
    const sshKey = privateKey(file);
    const { answer } = await runWith({ type: 'ssh', sshKey, ...(isEncrypted && { passphrase }) });
    expect(answer).toMatchObject({ status: 200, body: { stdout: `${account.username}\n` } });
  });

  test('works with a key that was generated here and never left', async () => {
    const generated = await anna.call('POST', '/api/identity/generate-key', { algorithm: 'ed25519' });
    await using server = await startSshd({ authorizedKeys: [String(generated.at('publicKey'))] });
    const { answer } = await runWith({ type: 'ssh', generatedKey: generated.at('handle') }, server);
    expect(answer.status).toBe(200);
  });

  test('works with a password', async () => {
    const { answer } = await runWith({ type: 'password', password: account.password });
    expect(answer).toMatchObject({ status: 200, body: { stdout: `${account.username}\n` } });
  });

  test('goes on with the password when the key is refused', async () => {
    await using server = await startSshd({ authorizedKeys: [] });
    const sshKey = privateKey('ed25519-openssh.key');
    const { answer } = await runWith({ type: 'both', sshKey, password: account.password }, server);
    expect(answer.status).toBe(200);
    const session = await anna.call('GET', `/api/connection/${String(answer.at('sessionId'))}`);
    expect(stepsTaken(session.at('steps')).filter((step) => step.startsWith('auth'))).toEqual([
      'auth failed',
      'auth ok',
    ]);
  });

  test('answers PAM with the stored password', async () => {
    await using server = await startSshd({ config: ['PasswordAuthentication no', 'KbdInteractiveAuthentication yes'] });
    const { answer } = await runWith({ type: 'password', password: account.password }, server);
    expect(answer.status).toBe(200);
  });

  test('works on dropbear', async () => {
    await using server = await startDropbear();
    const { answer } = await runWith({ type: 'password', password: account.password }, server);
    expect(answer).toMatchObject({ status: 200, body: { stdout: `${account.username}\n` } });
  });

  test('that the server refuses says how far it came and what to do', async () => {
    const { answer, identityId, entryId } = await runWith({ type: 'password', password: 'not this one' });
    expect(answer).toMatchObject({ status: 502, body: { code: 502, error: 'login_failed' } });
    const steps = answer.at('steps') as { step: string; status: string; hint?: string }[];
    expect(steps.at(-1)).toMatchObject({ step: 'auth', status: 'failed' });
    expect(steps.at(-1)?.hint).toContain('Check username and password');
    expect(JSON.stringify(answer.body)).not.toContain('not this one');

    const tested = await anna.call('POST', `/api/identity/${identityId}/test`, { entryId });
    expect(tested).toMatchObject({ status: 200, body: { ok: false } });
    expect(stepsTaken(tested.at('steps'))).toHaveLength(6);
    const used = (await auditOf(anna, 'identity.use')).filter(({ resourceId }) => resourceId === identityId);
    const failed = { outcome: 'failed', details: { problem: 'login_failed', detail: answer.at('message') } };
    expect(used).toMatchObject([failed, failed]);
    const [session] = (await anna.call('GET', '/api/connection?limit=1')).body as { status: string }[];
    expect(session).toMatchObject({ status: 'failed', steps });
  });

  test('can be tried without opening a session', async () => {
    const { identityId, entryId } = await runWith({ type: 'password', password: account.password });
    const tested = await anna.call('POST', `/api/identity/${identityId}/test`, { entryId });
    expect(tested).toMatchObject({ status: 200, body: { ok: true, message: 'The login works (password).' } });
  });

  test('that lacks its secret is refused before anything is sent', async () => {
    const identityId = await addIdentity(anna, { type: 'password', username: 'deploy' }, 'lenient');
    const entryId = await addEntry(anna, sshd, { identities: [identityId] });
    const answer = await exec(anna, entryId, 'true');
    expect(answer).toMatchObject({ status: 409, body: { error: 'credential_required' } });
    expect(answer.at('message')).toContain('lacks a password');
    const key = { type: 'ssh', username: 'deploy', sshKey: privateKey('ed25519-openssh-encrypted.key') };
    const locked = await addIdentity(anna, key, 'lenient');
    const refused = await exec(anna, entryId, 'true', { identityId: locked });
    expect(refused).toMatchObject({ status: 409, body: { error: 'credential_required' } });
    expect(refused.at('message')).toContain('the passphrase of the private key');
  });

  test('needs an identity, and says so', async () => {
    const entryId = await addEntry(anna, sshd);
    expect(await exec(anna, entryId, 'true')).toMatchObject({ status: 409, body: { error: 'credential_required' } });
  });

  test('takes the one named, the first link, or the default of the folder, in this order', async () => {
    const right = { type: 'password', username: account.username, password: account.password };
    const good = await addIdentity(anna, right);
    const bad = await addIdentity(anna, { type: 'password', username: 'nobody', password: 'wrong one' });
    const entryId = await addEntry(anna, sshd, { identities: [bad] });
    expect((await exec(anna, entryId, 'true')).status).toBe(502);
    expect((await exec(anna, entryId, 'true', { identityId: good })).status).toBe(200);
    const folder = await anna.call('PUT', '/api/folder', { name: 'Folder', defaultIdentityId: good });
    await anna.call('PATCH', `/api/entry/${entryId}`, { identities: [], folderId: folder.at('id') });
    expect((await exec(anna, entryId, 'true')).status).toBe(200);
    expect((await auditOf(anna, 'session.open')).at(-2)?.details).toMatchObject({ because: 'inherited' });
  });

  test('can be replaced by a credential for this once, which is kept nowhere', async () => {
    const entryId = await addEntry(anna, sshd);
    const { username, password } = account;
    const answer = await exec(anna, entryId, 'id -un', { directIdentity: { username, password } });
    expect(answer).toMatchObject({ status: 200, body: { stdout: `${username}\n` } });
    const withKey = {
      username,
      sshKey: privateKey('ed25519-openssh-encrypted.key'),
      passphrase,
    };
    expect((await exec(anna, entryId, 'true', { directIdentity: withKey })).status).toBe(200);
    const empty = await exec(anna, entryId, 'true', { directIdentity: { username } });
    expect(empty).toMatchObject({ status: 409, body: { error: 'credential_required' } });
    expect(gatehouse.log()).not.toContain(password);
  });
});

describe('a way through jump hosts', () => {
  test('logs in to each with its own identity, and records each by itself', async () => {
    await using gatehouse = await startTestGatehouse();
    const anna = await gatehouse.person('anna');
    await using inner = await startSshd({ authorizedKeys });
    await using target = await startSshd({ authorizedKeys: [] });
    const { username, password } = account;
    const key = await keyIdentity(anna, username, { name: 'Key' });
    const secret = await addIdentity(anna, { name: 'Secret', type: 'password', username, password });
    const wrong = await addIdentity(anna, { name: 'Wrong', type: 'password', username, password: 'not this one' });
    const first = await addEntry(anna, sshd, { identities: [key], name: 'first' });
    const second = await addEntry(anna, inner, { identities: [secret], name: 'second' });
    const config = { jumpHosts: [first, second] };
    const last = await addEntry(anna, target, { identities: [secret], name: 'last', config });

    const answer = await exec(anna, last, 'echo $SSH_CONNECTION');
    expect(answer.status).toBe(200);
    expect(String(answer.at('stdout'))).toContain(String(target.port));
    const steps = (await anna.call('GET', `/api/connection/${String(answer.at('sessionId'))}`)).at('steps');
    const hops = new Set((steps as { hop?: string }[]).map(({ hop }) => hop));
    expect([...hops]).toEqual([`127.0.0.1:${sshd.port}`, `127.0.0.1:${inner.port}`, undefined]);

    expect((await exec(anna, last, 'true', { identityId: wrong })).status).toBe(502);
    const uses = (await auditOf(anna, 'identity.use')).slice(3);
    const seen = uses.map(({ resourceId, outcome, details }) => [resourceId, outcome, details['entryId']]);
    expect(seen.sort()).toEqual(
      [
        [key, 'ok', first],
        [secret, 'ok', second],
        [wrong, 'failed', last],
      ].sort(),
    );
  });

  test('leaves a trace with the organization whose server it goes through, and does not say where to', async () => {
    await using gatehouse = await startTestGatehouse();
    const anna = await gatehouse.person('anna');
    const made = await anna.call('PUT', '/api/organization', { name: 'Ops' });
    const organizationId = Number(made.at('id'));
    const key = await keyIdentity(anna, account.username);
    const bastion = await addEntry(anna, sshd, { identities: [key], name: 'bastion', organizationId });
    const config = { jumpHosts: [bastion] };
    const own = await addEntry(anna, sshd, { identities: [key], name: 'at home', config });
    const shared = await addEntry(anna, sshd, { identities: [key], name: 'web', organizationId, config });
    expect((await exec(anna, own, 'true')).status).toBe(200);
    expect((await exec(anna, shared, 'true')).status).toBe(200);

    const logs = await anna.call('GET', `/api/audit/logs?organizationId=${organizationId}&action=session.*`);
    const entries = logs.at('logs') as { action: string; resourceName: string; outcome: string }[];
    expect(entries.map(({ action, resourceName, outcome }) => [action, resourceName, outcome]).toReversed()).toEqual([
      ['session.pass', 'bastion', 'started'],
      ['session.open', 'web', 'started'],
      ['session.open', 'web', 'ok'],
      ['session.end', 'web', 'ok'],
    ]);
    expect(JSON.stringify(entries)).not.toContain('at home');
  });

  test('that ends at a jump host does not touch what lies behind', async () => {
    await using gatehouse = await startTestGatehouse();
    const anna = await gatehouse.person('anna');
    const key = await keyIdentity(anna, account.username);
    const wrong = await addIdentity(anna, { type: 'password', username: account.username, password: 'not this one' });
    const jump = await addEntry(anna, sshd, { identities: [wrong] });
    const entryId = await addEntry(anna, sshd, { identities: [key], config: { jumpHosts: [jump] } });
    expect(await exec(anna, entryId, 'true')).toMatchObject({ status: 502, body: { error: 'login_failed' } });
    expect(await auditOf(anna, 'identity.use')).toMatchObject([{ resourceId: wrong, outcome: 'failed' }]);
  });
});
