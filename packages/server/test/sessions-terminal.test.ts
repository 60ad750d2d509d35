import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines, startTestGatehouse, type Person, type TestGatehouse } from './harness/gatehouse.ts';
import { addEntry, addIdentity, authorizedKeys, keyIdentity, passphrase, privateKey } from './sessions/servers.ts';
import { openTerminal, rejoinTerminal, requestTerminal } from './sessions/terminal-client.ts';
import { startHostile } from './ssh-servers/hostile.ts';
import { addTestAccount, startSshd, type Sshd, type TestAccount } from './ssh-servers/sshd.ts';
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

describe.each(engines)('a terminal on %s', (engine) => {
  let gatehouse: TestGatehouse;
  let anna: Person;
  let entryId: number;

  beforeAll(async () => {
    gatehouse = await startTestGatehouse({ engine });
    anna = await gatehouse.person('anna');
    entryId = await addEntry(anna, sshd, { identities: [await keyIdentity(anna, account.username)] });
  });

  afterAll(async () => {
    await gatehouse[Symbol.asyncDispose]();
  });

  test('shows its steps, carries input and output, changes its size, and ends with the status of the shell', async () => {
    const terminal = await openTerminal(gatehouse, anna, { entryId, cols: 100, rows: 30, reason: 'a look' });
    expect(terminal.socket.protocol).toBe('gatehouse.v1');
    expect(await terminal.frame('ready')).toEqual({ t: 'ready', sessionId: terminal.sessionId, resumed: false });
    expect(terminal.frames.map((frame) => (frame.t === 'step' ? `${frame.step} ${frame.status}` : frame.t))).toEqual([
      'dns skipped',
      'tcp ok',
      'banner ok',
      'kex ok',
      'hostkey ok',
      'auth ok',
      'channel ok',
      'ready',
    ]);
    terminal.type('stty size\n');
    await terminal.says('30 100');
    terminal.tell({ t: 'resize', cols: 120, rows: 40 });
    terminal.type('stty size\n');
    await terminal.says('40 120');
    expect(
      (await anna.call('POST', `/api/connection/${terminal.sessionId}/resize`, { cols: 90, rows: 20 })).status,
    ).toBe(200);
    terminal.type('sleep 0.1; stty size\n');
    await terminal.says('20 90');
    const live = await anna.call('GET', `/api/connection/${terminal.sessionId}`);
    expect(live.body).toMatchObject({ status: 'open', type: 'terminal', reason: 'a look', endedAt: null });

    terminal.type('exit 3\n');
    expect(await terminal.frame('exit')).toEqual({ t: 'exit', code: 3, signal: null });
    expect(await terminal.closed()).toEqual({ code: 1000, reason: 'the shell exited' });
    const session = () => anna.call('GET', `/api/connection/${terminal.sessionId}`);
    await expect.poll(async () => (await session()).body).toMatchObject({ status: 'ended', exitCode: 3 });
    expect(stepsTaken((await session()).at('steps'))).toHaveLength(7);
  });

  test('outlives the loss of its socket, and can be joined again with what was missed', async () => {
    const terminal = await openTerminal(gatehouse, anna, { entryId });
    await terminal.frame('ready');
    terminal.type('echo be$((40+2))fore; sleep 0.5; echo mean$((40+2))while\n');
    await terminal.says('be42fore');
    terminal.socket.terminate();
    await delay(700);

    const again = await rejoinTerminal(gatehouse, anna, terminal.sessionId);
    expect(await again.frame('ready')).toMatchObject({ resumed: true });
    await again.says('be42fore');
    await again.says('mean42while');
    again.type('echo af$((40+2))ter\n');
    await again.says('af42ter');
    again.type('exit\n');
    await again.closed();
  });
});

describe('a terminal', () => {
  let gatehouse: TestGatehouse;
  let anna: Person;
  let entryId: number;

  beforeAll(async () => {
    gatehouse = await startTestGatehouse();
    anna = await gatehouse.person('anna');
    entryId = await addEntry(anna, sshd, { identities: [await keyIdentity(anna, account.username)] });
  });

  afterAll(async () => {
    await gatehouse[Symbol.asyncDispose]();
  });

  test('is taken over by the socket that joins last', async () => {
    const first = await openTerminal(gatehouse, anna, { entryId });
    await first.frame('ready');
    const second = await rejoinTerminal(gatehouse, anna, first.sessionId);
    await second.frame('ready');
    expect(await first.closed()).toEqual({ code: 4001, reason: 'another client joined the session' });
    second.type('echo sec$((1+1))nd\n');
    await second.says('sec2nd');
    expect(first.output()).not.toContain('sec2nd');
    second.type('exit\n');
    await second.closed();
  });

  test('says what to do when the login fails', async () => {
    const wrong = { type: 'password', username: account.username, password: 'not this one' };
    const there = await addEntry(anna, sshd, { identities: [await addIdentity(anna, wrong)] });
    const terminal = await openTerminal(gatehouse, anna, { entryId: there });
    expect(await terminal.question()).toMatchObject({
      instructions: 'The server refused the password of “An identity”.',
    });
    terminal.tell({ t: 'answer', id: 1, values: [''] });
    expect(await terminal.frame('error')).toMatchObject({ error: 'login_failed' });
    expect(terminal.frames.find((frame) => frame.t === 'step' && frame.status === 'failed')).toMatchObject({
      step: 'auth',
      hint: expect.stringContaining('Check username and password') as unknown,
    });
    expect(await terminal.closed()).toMatchObject({ code: 4000 });
    const failed = () => anna.call('GET', `/api/connection/${terminal.sessionId}`);
    await expect.poll(async () => (await failed()).body).toMatchObject({ status: 'failed' });
    expect(stepsTaken((await failed()).at('steps'))).toHaveLength(7);
  });

  test('takes what is typed before the shell is there', async () => {
    const terminal = await openTerminal(gatehouse, anna, { entryId });
    terminal.type('echo ear$((1+1))ly; exit\n');
    await terminal.says('ear2ly');
    await terminal.closed();
  });

  test('carries bytes as they are, also those that are no text', async () => {
    const terminal = await openTerminal(gatehouse, anna, { entryId });
    await terminal.frame('ready');
    const messages: Buffer[] = [];
    terminal.socket.on('message', (data: Buffer, isBinary: boolean) => isBinary && messages.push(data));
    terminal.type("stty raw -echo; printf '\\377\\376\\000\\001'; exit\n");
    await terminal.closed();
    expect(Buffer.concat(messages).includes(Buffer.of(0xff, 0xfe, 0x00, 0x01))).toBe(true);
  });

  test('shows all of a long output before it ends, also to a slow client', async () => {
    const terminal = await openTerminal(gatehouse, anna, { entryId }, { acknowledges: false });
    await terminal.frame('ready');
    terminal.type('stty -echo -onlcr; clear; seq 400000; echo do$((1+1))ne; exit\n');
    let acknowledged = 0;
    const slowly = setInterval(() => {
      terminal.tell({ t: 'ack', bytes: terminal.received() - acknowledged });
      acknowledged = terminal.received();
    }, 300);
    await terminal.frame('exit').finally(() => {
      clearInterval(slowly);
    });
    expect(terminal.output()).toContain('\n399999\n400000\ndo2ne\n');
  });

  test('is ended by the account that opened it', async () => {
    const terminal = await openTerminal(gatehouse, anna, { entryId });
    await terminal.frame('ready');
    expect((await anna.call('DELETE', `/api/connection/${terminal.sessionId}`)).status).toBe(200);
    expect(await terminal.frame('error')).toMatchObject({ error: 'session_ended' });
    expect(await terminal.closed()).toEqual({ code: 4002, reason: 'its owner ended it' });
    await expect
      .poll(async () => (await anna.call('DELETE', `/api/connection/${terminal.sessionId}`)).status)
      .toBe(404);
    expect((await anna.call('POST', `/api/connection/${terminal.sessionId}/ticket`)).status).toBe(404);
  });

  test('sends away who breaks the protocol, and goes on', async () => {
    for (const nonsense of ['not JSON', '{"t":"resize","cols":0,"rows":0}', '{"t":"step"}', '[]', 'null']) {
      const terminal = await openTerminal(gatehouse, anna, { entryId });
      await terminal.frame('ready');
      terminal.socket.send(nonsense);
      expect(await terminal.closed()).toMatchObject({ code: 1008 });
      const again = await rejoinTerminal(gatehouse, anna, terminal.sessionId);
      again.type('exit\n');
      await again.closed();
    }
  });

  test('says that the connection to the server broke', async () => {
    await using server = await startSshd({ authorizedKeys });
    const identityId = await keyIdentity(anna, account.username);
    const there = await addEntry(anna, server, { identities: [identityId] });
    const terminal = await openTerminal(gatehouse, anna, { entryId: there });
    await terminal.frame('ready');
    terminal.type('kill -9 $PPID\n');
    expect(await terminal.frame('exit')).toMatchObject({ code: null });
    expect(await terminal.closed()).toEqual({ code: 1000, reason: 'the connection to the server was lost' });
  });
});

describe('a terminal asks', () => {
  let gatehouse: TestGatehouse;
  let anna: Person;

  beforeAll(async () => {
    gatehouse = await startTestGatehouse();
    anna = await gatehouse.person('anna');
  });

  afterAll(async () => {
    await gatehouse[Symbol.asyncDispose]();
  });

  test('whether a host key is the right one, and pins it', async () => {
    const identityId = await keyIdentity(anna, account.username);
    const entryId = await addEntry(anna, sshd, { identities: [identityId], pinned: false });
    const refusing = await openTerminal(gatehouse, anna, { entryId });
    await refusing.answer('no');
    expect(await refusing.frame('error')).toMatchObject({ error: 'host_key_unknown', hostKey: { entryId } });

    const terminal = await openTerminal(gatehouse, anna, { entryId });
    const question = await terminal.question();
    expect(question).toMatchObject({ kind: 'hostkey', host: '127.0.0.1', port: sshd.port, algorithm: 'ssh-ed25519' });
    terminal.tell({ t: 'answer', id: question.id, values: ['accept'] });
    await terminal.frame('ready');
    const pinned = await anna.call('GET', `/api/entry/${entryId}/host-keys`);
    expect(pinned.body).toMatchObject({ keys: [{ source: 'confirmed', confirmedBy: anna.id }] });
    terminal.socket.close();
  });

  test('again each client that joins while a question waits', async () => {
    const identityId = await keyIdentity(anna, account.username);
    const entryId = await addEntry(anna, sshd, { identities: [identityId], pinned: false });
    const terminal = await openTerminal(gatehouse, anna, { entryId });
    const asked = await terminal.question();
    terminal.socket.terminate();
    const again = await rejoinTerminal(gatehouse, anna, terminal.sessionId);
    expect(await again.question()).toEqual(asked);
    again.tell({ t: 'answer', id: asked.id, values: ['accept'] });
    await again.frame('ready');
    again.socket.close();
  });

  test('for name and password where no identity is stored', async () => {
    const entryId = await addEntry(anna, sshd);
    const terminal = await openTerminal(gatehouse, anna, { entryId });
    expect(await terminal.question()).toMatchObject({
      kind: 'credential',
      prompts: [{ text: 'Username', echo: true }],
    });
    terminal.tell({ t: 'answer', id: 1, values: [account.username] });
    expect(await terminal.question()).toMatchObject({
      kind: 'credential',
      prompts: [{ text: 'Password', echo: false }],
    });
    terminal.tell({ t: 'answer', id: 2, values: [account.password] });
    await terminal.frame('ready');
    expect(gatehouse.log()).not.toContain(account.password);
    terminal.socket.close();
  });

  test('for the password that an identity lacks, when its turn comes', async () => {
    const identityId = await addIdentity(anna, { type: 'password', username: account.username }, 'lenient');
    const entryId = await addEntry(anna, sshd, { identities: [identityId], pinned: false });
    const terminal = await openTerminal(gatehouse, anna, { entryId });
    expect(await terminal.question()).toMatchObject({ kind: 'hostkey' });
    terminal.tell({ t: 'answer', id: 1, values: ['accept'] });
    expect(await terminal.question()).toMatchObject({
      kind: 'credential',
      prompts: [{ text: 'Password', echo: false }],
    });
    terminal.tell({ t: 'answer', id: 2, values: [account.password] });
    await terminal.frame('ready');
    terminal.socket.close();
  });

  test('for the passphrase of a locked key, three times at most, and stores nothing', async () => {
    const sshKey = privateKey('ed25519-openssh-encrypted.key');
    const identity = { type: 'ssh', username: account.username, sshKey, name: 'Locked' };
    const identityId = await addIdentity(anna, identity, 'lenient');
    const entryId = await addEntry(anna, sshd, { identities: [identityId] });
    const terminal = await openTerminal(gatehouse, anna, { entryId });
    expect(await terminal.question()).toMatchObject({
      kind: 'credential',
      prompts: [{ text: 'Passphrase of the key “Locked”', echo: false }],
    });
    terminal.tell({ t: 'answer', id: 1, values: ['not this one'] });
    expect(await terminal.question()).toMatchObject({ instructions: 'That passphrase does not open the key.' });
    terminal.tell({ t: 'answer', id: 2, values: [passphrase] });
    await terminal.frame('ready');
    terminal.socket.close();
    expect((await anna.call('GET', `/api/identity/${identityId}`)).at('key.status')).toBe('locked');

    const mistyping = await openTerminal(gatehouse, anna, { entryId });
    for (let tries = 0; tries < 3; tries += 1) await mistyping.answer('not this one');
    expect(await mistyping.frame('error')).toMatchObject({ error: 'credential_required' });
    const declining = await openTerminal(gatehouse, anna, { entryId });
    await declining.answer('');
    expect(await declining.frame('error')).toMatchObject({ error: 'login_failed' });
  });

  test('what the server asks, masked as the server wants it, and gives the stored password only to one hidden question', async () => {
    await using server = await startHostile({
      methods: ['keyboard-interactive'],
      converse: async (ask) => {
        const [password] = await ask([{ prompt: 'Password: ', echo: false }]);
        const [name, code] = await ask(
          [
            { prompt: 'Name', echo: true },
            { prompt: 'Code', echo: false },
          ],
          'Second factor',
        );
        return password === 'the secret' && name === 'anna' && code === '123456';
      },
      onChannel: (channel) => channel.write('welcome'),
    });
    const identityId = await addIdentity(anna, { type: 'password', username: 'anna', password: 'the secret' });
    const entryId = await addEntry(anna, server, { identities: [identityId] });
    const terminal = await openTerminal(gatehouse, anna, { entryId });
    expect(await terminal.question()).toMatchObject({
      kind: 'prompt',
      title: 'Second factor',
      prompts: [
        { text: 'Name', echo: true },
        { text: 'Code', echo: false },
      ],
    });
    terminal.tell({ t: 'answer', id: 1, values: ['anna', '123456'] });
    await terminal.says('welcome');
    expect(JSON.stringify(terminal.frames)).not.toContain('the secret');
    await anna.call('DELETE', `/api/connection/${terminal.sessionId}`);
  });

  test('nothing where the credential came with the request, and forgets it', async () => {
    const entryId = await addEntry(anna, sshd);
    const { username, password } = account;
    const terminal = await openTerminal(gatehouse, anna, { entryId, directIdentity: { username, password } });
    await terminal.frame('ready');
    expect(terminal.frames.some(({ t }) => t === 'question')).toBe(false);
    terminal.type('exit\n');
    await terminal.closed();
  });
});

describe('the limits of terminals', () => {
  test('end one that no client rejoins', async () => {
    await using gatehouse = await startTestGatehouse({ environment: { TERMINAL_RESUME_MINUTES: '0' } });
    const anna = await gatehouse.person('anna');
    const entryId = await addEntry(anna, sshd, { identities: [await keyIdentity(anna, account.username)] });
    const terminal = await openTerminal(gatehouse, anna, { entryId });
    await terminal.frame('ready');
    terminal.socket.terminate();
    const session = async () => (await anna.call('GET', `/api/connection/${terminal.sessionId}`)).body;
    await expect.poll(session).toMatchObject({ status: 'ended', exitCode: null });
  });

  test('hold for all sessions of an account together, however many ask at once', async () => {
    await using gatehouse = await startTestGatehouse({ environment: { TERMINALS_PER_ACCOUNT: '3' } });
    const anna = await gatehouse.person('anna');
    const bert = await gatehouse.person('bert');
    const entryId = await addEntry(anna, sshd, { identities: [await keyIdentity(anna, account.username)] });
    const other = await addEntry(bert, sshd, { identities: [await keyIdentity(bert, account.username)] });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => anna.call('POST', '/api/connection', { entryId })),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(3);
    expect(statuses.filter((status) => status === 429)).toHaveLength(17);
    expect(answers.find(({ status }) => status === 429)?.headers.get('retry-after')).toBe('10');
    const exec = await anna.call('POST', `/api/connection/${entryId}/exec`, { command: 'true' });
    expect(exec.status).toBe(429);
    await requestTerminal(bert, { entryId: other });
    for (const answer of answers.filter(({ status }) => status === 201))
      await anna.call('DELETE', `/api/connection/${String(answer.at('sessionId'))}`);
    await expect.poll(async () => (await anna.call('POST', '/api/connection', { entryId })).status).toBe(201);
  });
});
