import { setTimeout as delay } from 'node:timers/promises';
import { say } from '@gatehouse/contract/messages/message';
import type { ServerChannel } from 'ssh2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError, refuse } from '../src/kernel/app-error.ts';
import type { LoginTimeouts } from '../src/protocols/protocol.ts';
import { logIn } from '../src/protocols/ssh/login.ts';
import { settled } from './settled.ts';
import { startHostile } from './ssh-servers/hostile.ts';
import { listen, startForwarder } from './ssh-servers/tcp-server.ts';
import { attend, execute, failure, loginOptions, loginTimeouts, makeHop, pinned } from './ssh-servers/login.ts';
import { makeKey } from './ssh-servers/signing-key.ts';
import { addTestAccount, startSshd, type Sshd, type TestAccount } from './ssh-servers/sshd.ts';

const MiB = 1024 * 1024;
const key = makeKey('ed25519');
let account: TestAccount;
let sshd: Sshd;

beforeAll(async () => {
  account = await addTestAccount();
  sshd = await startSshd({ authorizedKeys: [key.authorizedKey] });
});

afterAll(async () => {
  await sshd[Symbol.asyncDispose]();
  await account[Symbol.asyncDispose]();
});

function short(timeouts: Partial<LoginTimeouts>): LoginTimeouts {
  return { ...loginTimeouts, ...timeouts };
}

describe('endless output without a reader', () => {
  test('stops at the window of an honest server, and other sessions go on', async () => {
    const hop = makeHop({ username: account.username, port: sshd.port, hostKeys: pinned(sshd.hostKeys), key });
    await using connection = await logIn(loginOptions(hop));
    await using other = await logIn(loginOptions(hop));
    const before = process.memoryUsage.rss();
    const { stdout, stderr } = await connection.openCommand('cat /dev/zero');
    stdout.pause();
    stderr.resume();
    await expect.poll(() => stdout.readableLength).toBeGreaterThan(MiB);
    const queued = await settled(() => stdout.readableLength);
    expect(queued).toBeLessThanOrEqual(4 * MiB);
    expect((await execute(other, 'echo still here')).out).toBe('still here\n');
    expect(stdout.readableLength).toBe(queued);
    // Garbage that a busy machine collects late is in it; /dev/zero fills as much in a second.
    expect(process.memoryUsage.rss() - before).toBeLessThan(96 * MiB);
  });

  test('ends the connection of a server that ignores the window', async () => {
    await using server = await startHostile({
      methods: ['password'],
      accept: () => true,
      onChannel: (channel) => void flood(channel),
    });
    const connection = await logIn(loginOptions(makeHop({ port: server.port, password: 'secret' })));
    const { stdout } = await connection.openCommand('anything');
    stdout.pause();
    await connection.closed;
    expect(stdout.readableLength).toBeLessThan(10 * MiB);
  });
});

/** Writes for ever, as if the client had granted an endless window. */
async function flood(channel: ServerChannel): Promise<void> {
  const { outgoing } = channel as unknown as { outgoing: { window: number; state: string } };
  const chunk = Buffer.alloc(10_007);
  while (outgoing.state === 'open') {
    outgoing.window = 1 << 30;
    for (let i = 0; i < 20; i += 1) channel.write(chunk);
    await delay(1);
  }
}

describe('a server that keeps quiet', () => {
  test('before it identifies itself', async () => {
    await using server = await listen(() => undefined);
    const error = await failure(
      logIn(loginOptions(makeHop({ port: server.port, key }), { timeouts: short({ handshakeMs: 200 }) })),
    );
    expect(error.code).toBe('login_failed');
    expect(error.facts.steps?.at(-1)).toMatchObject({ step: 'banner', status: 'failed' });
  });

  test('instead of exchanging keys', async () => {
    await using server = await listen((socket) => socket.write('SSH-2.0-quiet\r\n'));
    const error = await failure(
      logIn(loginOptions(makeHop({ port: server.port, key }), { timeouts: short({ handshakeMs: 200 }) })),
    );
    expect(error.facts.steps?.at(-1)).toMatchObject({ step: 'kex', status: 'failed' });
  });

  test('when asked to authenticate', async () => {
    await using server = await startHostile({ silentAuthentication: true });
    const options = loginOptions(makeHop({ port: server.port, key }), { timeouts: short({ authenticationMs: 200 }) });
    const error = await failure(logIn(options));
    expect(error.facts.steps?.at(-1)).toMatchObject({ step: 'auth', status: 'failed' });
    expect(error.message).toContain('in time');
  });

  test('when asked for a session', async () => {
    await using server = await startHostile({ methods: ['password'], accept: () => true, silentSession: true });
    const hop = makeHop({ port: server.port, password: 'secret' });
    await using connection = await logIn(loginOptions(hop, { timeouts: short({ channelMs: 200 }) }));
    const error = await connection.openCommand('true').then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'login_failed', facts: { steps: expect.any(Array) as unknown } });
  });

  test('when the connection is to end', async () => {
    await using server = await startHostile({ methods: ['password'], accept: () => true });
    await using deaf = await startForwarder(server.port);
    const connection = await logIn(loginOptions(makeHop({ port: deaf.port, password: 'secret' })));
    deaf.hold();
    const startedAt = performance.now();
    await connection[Symbol.asyncDispose]();
    await connection.closed;
    expect(performance.now() - startedAt).toBeLessThan(30_000);
  });
});

describe('what is not an SSH server', () => {
  test.for([
    ['HTTP', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['SSH 1', 'SSH-1.5-old\r\n'],
    ['noise', Buffer.alloc(100_000, 'x')],
  ] as const)('is named, with the hint to check host and port: %s', async ([, says]) => {
    await using server = await listen((socket) => socket.end(says));
    const error = await failure(logIn(loginOptions(makeHop({ port: server.port, key }))));
    expect(error.code).toBe('login_failed');
    expect(error.facts.steps?.at(-1)).toMatchObject({ step: 'banner', status: 'failed' });
    expect(error.facts.steps?.at(-1)?.hint).toContain('Check host and port');
  });
});

describe('a login that is stopped', () => {
  test('closes what it had opened, and tells how far it came', async () => {
    await using server = await startHostile({ silentAuthentication: true });
    const controller = new AbortController();
    const { interaction, steps } = attend();
    const options = loginOptions(makeHop({ port: server.port, key }), { interaction, signal: controller.signal });
    const login = logIn(options);
    while (!steps.some(({ step }) => step === 'hostkey')) await delay(5);
    controller.abort();
    const error = await failure(login);
    expect(error.code).toBe('timed_out');
    expect(error.facts.steps?.at(-1)).toMatchObject({ step: 'auth', status: 'failed' });
    await expect.poll(server.open).toBe(0);
  });

  test('keeps the reason that the caller gave', async () => {
    await using server = await listen(() => undefined);
    const controller = new AbortController();
    const options = loginOptions(makeHop({ port: server.port, key }), { signal: controller.signal });
    const login = logIn(options);
    controller.abort(refuse('not_a_member'));
    const error = await failure(login);
    expect([error.code, error.said]).toEqual(['forbidden', say('not_a_member')]);
  });

  test('does not even start when it was stopped before', async () => {
    await using server = await startHostile();
    await failure(logIn(loginOptions(makeHop({ port: server.port, key }), { signal: AbortSignal.abort() })));
    expect(server.connections()).toBe(0);
  });
});
