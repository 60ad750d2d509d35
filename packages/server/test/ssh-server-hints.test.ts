import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AppError } from '../src/kernel/app-error.ts';
import type { Connection, Hop } from '../src/protocols/protocol.ts';
import { logIn } from '../src/protocols/ssh/login.ts';
import { startHostile } from './ssh-servers/hostile.ts';
import { listen } from './ssh-servers/tcp-server.ts';
import { execute, failure, loginOptions, makeHop, pinned, type HopSetup } from './ssh-servers/login.ts';
import { makeKey } from './ssh-servers/signing-key.ts';
import { addTestAccount, startSshd, type TestAccount, type TestServer } from './ssh-servers/sshd.ts';

const key = makeKey('ed25519');
const authorizedKeys = [key.authorizedKey];
const size = { cols: 80, rows: 24, term: 'xterm' };
let account: TestAccount;

beforeAll(async () => {
  account = await addTestAccount();
});

afterAll(async () => {
  await account[Symbol.asyncDispose]();
});

function to(server: TestServer, setup: Partial<HopSetup>): Hop {
  return makeHop({ username: account.username, port: server.port, hostKeys: pinned(server.hostKeys), ...setup });
}

async function lastStep(hop: Hop) {
  const error = await failure(logIn(loginOptions(hop)));
  expect(error.code).toBe('login_failed');
  return error.facts.steps?.at(-1);
}

/** The step with which opening a channel fails. */
async function channelStep(opening: Promise<unknown>) {
  const error = await opening.then(
    () => expect.unreachable('the channel was expected to be refused'),
    (reason: unknown) => reason as AppError,
  );
  expect(error.code).toBe('login_failed');
  return error.facts.steps?.at(-1);
}

describe('before the identification', () => {
  test('an sshd with too many logins at once is busy', async () => {
    await using server = await startSshd({ authorizedKeys, config: ['MaxStartups 1'] });
    const waiting = await occupy(server.port);
    try {
      expect(await lastStep(to(server, { key }))).toMatchObject({
        step: 'banner',
        detailCode: 'banner_busy',
        hintCode: 'banner_busy_hint',
      });
    } finally {
      waiting.destroy();
    }
  });

  test.for([
    ['closes at once', '', 'banner_closed'],
    ['has a penalty for the address', 'Not allowed at this time\r\n', 'banner_penalty'],
    ['says something else', 'Exceeded MaxStartups today\r\n', 'banner_wrong'],
  ] as const)('a server that %s', async ([, line, detailCode]) => {
    await using server = await listen((socket) => socket.end(line));
    const step = await lastStep(makeHop({ port: server.port, key }));
    expect(step).toMatchObject({ step: 'banner', detailCode });
    expect(step?.hint).toBeDefined();
  });
});

/** Takes the only login that the server allows at once; earlier connections may still be closing. */
async function occupy(port: number): Promise<Socket> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const [bytes] = (await once(socket, 'data')) as [Buffer];
    if (bytes.toString().startsWith('SSH-')) return socket;
    socket.destroy();
  }
}

describe('an account that has expired', () => {
  test.for<[string, readonly string[], (expired: TestAccount) => Partial<HopSetup>]>([
    ['with a key', [], () => ({ key })],
    ['with a password', [], ({ password }) => ({ password })],
    [
      'with answers to prompts',
      ['PasswordAuthentication no', 'KbdInteractiveAuthentication yes'],
      ({ password }) => ({ password }),
    ],
  ])('is named as the reason of a failed login %s', async ([, config, credential]) => {
    await using expired = await addTestAccount();
    await expired.expire();
    await using server = await startSshd({ authorizedKeys, config });
    const hop = to(server, { username: expired.username, ...credential(expired) });
    const error = await failure(logIn(loginOptions(hop)));
    expect(error.facts.steps?.at(-1)).toMatchObject({
      step: 'auth',
      status: 'failed',
      hintCode: 'account_expired_hint',
    });
    const said = error.facts.steps?.find(({ detailCode }) => detailCode === 'auth_banner');
    expect(said?.detail).toMatch(/account has expired/);
  });
});

test('a reason that a server gives before it ends the connection is the hint', async () => {
  await using server = await startHostile({
    methods: ['keyboard-interactive'],
    converse: async (ask) => {
      await ask([], 'Maintenance until noon.');
      server.disconnect();
      return false;
    },
  });
  const step = await lastStep(makeHop({ port: server.port, password: 'secret' }));
  expect(step).toMatchObject({ step: 'auth', detailCode: 'auth_ended', hintCode: 'auth_ended_said_hint' });
  expect(step?.hint).toContain('Maintenance until noon.');
});

test('a password that must be changed is to be changed in a terminal', async () => {
  await using expired = await addTestAccount();
  await expired.expirePassword();
  await using server = await startSshd({ config: ['PasswordAuthentication no', 'KbdInteractiveAuthentication yes'] });
  const step = await lastStep(to(server, { username: expired.username, password: expired.password }));
  expect(step).toMatchObject({ detailCode: 'login_unattended', hintCode: 'password_change_hint' });
});

describe('a channel that a server refuses', () => {
  const logInTo = (hop: Hop): Promise<Connection> => logIn(loginOptions(hop));

  test('is a terminal under PermitTTY no, and commands work', async () => {
    await using server = await startSshd({ authorizedKeys, config: ['PermitTTY no'] });
    await using connection = await logInTo(to(server, { key }));
    expect(await channelStep(connection.openTerminal(size))).toMatchObject({
      step: 'channel',
      detailCode: 'terminal_refused',
      hintCode: 'terminal_refused_hint',
    });
    expect(await execute(connection, 'echo works')).toMatchObject({ out: 'works\n', code: 0 });
  });

  test('is one above MaxSessions', async () => {
    await using server = await startSshd({ authorizedKeys, config: ['MaxSessions 1'] });
    await using connection = await logInTo(to(server, { key }));
    await connection.openTerminal(size);
    const step = await channelStep(connection.openCommand('true'));
    expect(step).toMatchObject({ detailCode: 'channel_refused', hintCode: 'channel_refused_hint' });
    expect(step?.hint).toContain('MaxSessions');
  });

  test('is a shell or a command', async () => {
    await using server = await startHostile({ methods: ['password'], accept: () => true, refusesPrograms: true });
    await using connection = await logInTo(makeHop({ port: server.port, password: 'secret' }));
    for (const open of [() => connection.openTerminal(size), () => connection.openCommand('true')])
      expect(await channelStep(open())).toMatchObject({
        detailCode: 'program_refused',
        hintCode: 'program_refused_hint',
      });
  });
});
