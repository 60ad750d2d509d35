import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines, startTestGatehouse, type Person, type TestGatehouse } from './harness/gatehouse.ts';
import { addEntry, addIdentity, auditOf, authorizedKeys, exec, keyIdentity } from './sessions/servers.ts';
import { openTerminal } from './sessions/terminal-client.ts';
import { listen } from './ssh-servers/tcp-server.ts';
import { addTestAccount, startSshd, type Sshd, type TestAccount } from './ssh-servers/sshd.ts';

const denied = { status: 403, body: { error: 'destination_denied' } };

/** What every door that dials answers for one destination, as a caller reads it. */
async function answersOfAllDoors(gatehouse: TestGatehouse, person: Person, host: string, port: number) {
  const identityId = await addIdentity(person, { type: 'password', username: 'root', password: 'a password' });
  const config = { hostKeyPolicy: 'accept-new' };
  const entryId = await addEntry(
    person,
    { host, port, hostKeys: [] },
    { config, pinned: false, identities: [identityId] },
  );
  const terminal = await openTerminal(gatehouse, person, { entryId });
  await terminal.closed();
  return {
    exec: await exec(person, entryId, 'true'),
    test: await person.call('POST', `/api/identity/${identityId}/test`, { entryId }),
    scan: await person.call('POST', `/api/entry/${entryId}/host-keys/scan`),
    session: await person.call('GET', `/api/connection/${terminal.sessionId}`),
    frames: terminal.frames,
    entryId,
  };
}

describe.each(engines)('the listeners of the gateway and its database: %s', (engine) => {
  let gatehouse: TestGatehouse;
  let anna: Person;
  let port: number;

  beforeAll(async () => {
    gatehouse = await startTestGatehouse({ engine, environment: { EGRESS_ALLOW: '0.0.0.0/0,::/0' } });
    anna = await gatehouse.person('anna');
    port = Number(new URL(gatehouse.url).port);
  });

  afterAll(() => gatehouse[Symbol.asyncDispose]());

  const [outward = '127.0.0.1'] = Object.values(networkInterfaces()).flatMap((infos = []) =>
    infos.filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address),
  );

  test.for(['127.0.0.1', 'localhost', '2130706433', '127.1', '[::ffff:127.0.0.1]', outward])(
    'are denied as %s by every door, whatever is allowed',
    async (host) => {
      const { entryId, frames, session, ...answers } = await answersOfAllDoors(gatehouse, anna, host, port);
      expect(answers).toMatchObject({ exec: denied, test: denied, scan: denied });
      expect(frames.at(-1)).toMatchObject({ t: 'error', error: 'destination_denied' });
      expect(session.at('steps.1') ?? session.at('steps.0')).toMatchObject({ status: 'failed' });
      const entries = (await auditOf(anna, 'egress.deny')).filter(({ resourceId }) => resourceId === entryId);
      expect(entries).toHaveLength(4);
      expect(entries[0]).toMatchObject({ outcome: 'denied', details: { port, rule: 'gateway' } });
    },
  );

  test.runIf(engine === 'postgres')('are denied at the port of the database', async () => {
    const { port: databasePort } = new URL(gatehouse.databaseUrl ?? '');
    const { exec: answer } = await answersOfAllDoors(gatehouse, anna, '127.0.0.1', Number(databasePort));
    expect(answer).toMatchObject(denied);
    expect((await auditOf(anna, 'egress.deny')).at(-1)).toMatchObject({ details: { rule: 'database' } });
  });
});

describe('what no door leads to', () => {
  let account: TestAccount;
  let sshd: Sshd;
  let gatehouse: TestGatehouse;
  let anna: Person;

  beforeAll(async () => {
    account = await addTestAccount();
    sshd = await startSshd({ authorizedKeys });
    gatehouse = await startTestGatehouse({ environment: { EGRESS_DENY: '127.0.0.66,*.denied.invalid' } });
    anna = await gatehouse.person('anna');
  });

  afterAll(async () => {
    await gatehouse[Symbol.asyncDispose]();
    await sshd[Symbol.asyncDispose]();
    await account[Symbol.asyncDispose]();
  });

  test.for(['169.254.169.254', 'fd00:ec2::254', '::ffff:169.254.169.254', '0.0.0.0', '127.0.0.66', 'a.denied.invalid'])(
    'denies %s, from here and behind a jump host',
    async (host) => {
      const identity = await keyIdentity(anna, account.username);
      const jump = await addEntry(anna, sshd, { identities: [identity] });
      const target = { host, port: 22, hostKeys: [] };
      for (const jumpHosts of [[], [jump]]) {
        const options = { config: { jumpHosts }, pinned: false, identities: [identity] };
        const answer = await exec(anna, await addEntry(anna, target, options), 'true');
        expect(answer).toMatchObject(denied);
        expect(answer.at('message')).toContain('The gateway may not connect to');
      }
    },
  );

  test('lets logins to loopback through, and through a jump host', async () => {
    const identities = [await keyIdentity(anna, account.username)];
    const jump = await addEntry(anna, sshd, { identities });
    for (const jumpHosts of [[], [jump]]) {
      const entryId = await addEntry(anna, sshd, { identities, config: { jumpHosts } });
      expect(await exec(anna, entryId, 'echo in')).toMatchObject({ status: 200, body: { stdout: 'in\n' } });
    }
  });

  test.for([
    ['HTTP', 'HTTP/1.1 200 OK\r\nserver: distinctive\r\n\r\n{"password":"distinctive"}'],
    ['a line', 'distinctive 1.2 ready\r\n'],
    ['SSH 1', 'SSH-1.5-distinctive\r\n'],
  ] as const)('quotes nothing of what is no SSH server: %s', async ([, says]) => {
    await using server = await listen((socket) => socket.end(says));
    const answers = await answersOfAllDoors(gatehouse, anna, '127.0.0.1', server.port);
    expect(answers.exec).toMatchObject({ status: 502, body: { error: 'login_failed' } });
    expect(answers.exec.at('message')).toContain('did not answer as an SSH server');
    expect(
      JSON.stringify([answers.exec.body, answers.test.body, answers.scan.body, answers.session.body, answers.frames]),
    ).not.toContain('distinctive');
  });
});
