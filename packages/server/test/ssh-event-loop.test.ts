import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AppError } from '../src/kernel/app-error.ts';
import { logIn } from '../src/protocols/ssh/login.ts';
import type { Behaviour, Flood } from './ssh-servers/ssh-process-main.ts';
import { longestTurnMs, startSshProcess, type SshProcess } from './ssh-servers/ssh-process.ts';
import { attend, execute, failure, loginOptions, makeHop } from './ssh-servers/login.ts';

/**
 * CPU time of the event loop in one turn. The aim is 50 ms on a machine of its own; a machine that is shared counts its caches and its clock against
 * the process that runs. What is guarded against took seconds.
 */
const longestMs = 250;

/** More than the 1,000 messages after which a login is given up. */
const tooManyBeforeLogin = 1_500;

let servers: SshProcess;

beforeAll(async () => {
  servers = startSshProcess();
  // Loads and compiles what every login needs, which is not the remote end's doing.
  await logInTo({});
});

afterAll(async () => {
  await servers[Symbol.asyncDispose]();
});

async function hopTo(behaviour: Behaviour) {
  return makeHop({ port: await servers.start(behaviour), legacyAlgorithms: true });
}

async function logInTo(behaviour: Behaviour): Promise<void> {
  const connection = await logIn(loginOptions(await hopTo(behaviour)));
  await connection[Symbol.asyncDispose]();
}

describe('a handshake does not hold the event loop', () => {
  test.for([
    'curve25519-sha256',
    'ecdh-sha2-nistp256',
    'ecdh-sha2-nistp384',
    'ecdh-sha2-nistp521',
    'diffie-hellman-group16-sha512',
    'diffie-hellman-group18-sha512',
    'diffie-hellman-group14-sha256',
    'diffie-hellman-group14-sha1',
    'diffie-hellman-group1-sha1',
  ] as const)('with the key exchange %s', async (kex) => {
    expect(await longestTurnMs(() => logInTo({ algorithms: { kex: [kex] } }))).toBeLessThan(longestMs);
  });

  test('with lists of thousands of names', async () => {
    expect(await longestTurnMs(() => logInTo({ meaninglessNames: 15_000 }))).toBeLessThan(longestMs);
  });

  test.for([
    [16_384, 64],
    [3_072, 64],
  ] as const)('with an RSA key of %i bits and an exponent of %i bits', async ([bits, exponentBits]) => {
    const hop = await hopTo({ rsaKey: { bits, exponentBits } });
    let error: AppError | undefined;
    const turnMs = await longestTurnMs(async () => {
      error = await failure(logIn(loginOptions(hop)));
    });
    expect(turnMs).toBeLessThan(longestMs);
    expect(error?.facts.steps?.at(-1)).toMatchObject({ step: 'hostkey', status: 'failed' });
  });

  test.for([
    [16_392, 24],
    [3_072, 72],
  ] as const)('and refuses an RSA key of %i bits with an exponent of %i bits', async ([bits, exponentBits]) => {
    const hop = await hopTo({ rsaKey: { bits, exponentBits } });
    const error = await failure(logIn(loginOptions(hop)));
    expect(error.message).toContain('too large to be verified');
    expect(error.facts.steps?.at(-1)?.hint).toContain('ssh-keygen -t ed25519');
  });
});

describe('before the login', () => {
  test.for(['banner', 'no question', 'ignore', 'host keys'] as const)(
    'a flood of kind “%s” ends the connection, with the reason',
    async (kind) => {
      const hop = makeHop({
        port: await servers.start({ beforeLogin: { kind, count: tooManyBeforeLogin } }),
        password: 'secret',
      });
      let error: AppError | undefined;
      const turnMs = await longestTurnMs(async () => {
        error = await failure(logIn(loginOptions(hop)));
      });
      expect(turnMs).toBeLessThan(longestMs);
      expect(error?.facts.steps?.at(-1)).toMatchObject({ step: 'auth', status: 'failed' });
      expect(error?.message).toMatch(/more than a login can need|too many requests/);
    },
  );

  test('more questions than a login can need are refused before room is made for them', async () => {
    const beforeLogin: Flood = { kind: 'announced questions', count: 1 };
    const hop = makeHop({ port: await servers.start({ beforeLogin }), password: 'secret' });
    const error = await failure(logIn(loginOptions(hop)));
    expect(error.message).toContain('more than a login can need');
  });
});

describe('after the login', () => {
  test.for([
    { kind: 'ignore', count: 10_000 },
    { kind: 'one byte', count: 10_000 },
    { kind: 'key exchange', count: 20 },
    { kind: 'global request', count: 100 },
  ] as const)('$count messages of kind “$kind” do not hold the event loop', async (toCommand) => {
    const hop = await hopTo({ toCommand });
    const { interaction, steps } = attend();
    await using connection = await logIn(loginOptions(hop, { interaction }));
    let result: Awaited<ReturnType<typeof execute>> | undefined;
    const turnMs = await longestTurnMs(async () => {
      result = await execute(connection, 'anything');
    });
    expect(turnMs).toBeLessThan(longestMs);
    expect(result?.code).toBe(0);
    expect(result?.out).toHaveLength(toCommand.kind === 'one byte' ? toCommand.count : 0);
    expect(steps.filter(({ status }) => status === 'failed')).toEqual([]);
  });

  test('what a server sent before it closed the connection is not lost', async () => {
    const toCommand = { kind: 'one byte', count: 10_000 } as const;
    const hop = await hopTo({ toCommand, leavesAfterCommand: true });
    await using connection = await logIn(loginOptions(hop));
    const { out, code } = await execute(connection, 'anything');
    expect([out.length, code]).toEqual([toCommand.count, 0]);
    await connection.closed;
  });

  test.for([
    ['global request', 'too many requests'],
    ['channel request', 'too many requests'],
    ['host keys', 'too many requests'],
    ['key exchange', 'asked for new keys too often'],
  ] as const)('a flood of kind “%s” ends the connection, and the log says why', async ([kind, reason]) => {
    const hop = await hopTo({ toCommand: { kind, count: kind === 'key exchange' ? 500 : 5_000 } });
    const { interaction, steps } = attend();
    await using connection = await logIn(loginOptions(hop, { interaction }));
    const turnMs = await longestTurnMs(async () => {
      expect((await execute(connection, 'anything')).code).toBeNull();
      await connection.closed;
    });
    expect(turnMs).toBeLessThan(longestMs);
    // The log may hear of it after the connection has closed.
    await expect
      .poll(() => steps.at(-1), { timeout: 30_000 })
      .toMatchObject({ step: 'channel', status: 'failed', detail: expect.stringContaining(reason) as string });
  });

  test('a channel that takes hardly any bytes at a time is not used', async () => {
    const { interaction, steps } = attend();
    await using connection = await logIn(loginOptions(await hopTo({ channelPacketBytes: 256 }), { interaction }));
    await expect(connection.openCommand('anything')).rejects.toMatchObject({ code: 'login_failed' });
    expect(steps.map(({ detail }) => detail).join()).toContain('packets of less than 512 bytes');
  });

  test('many small messages that are not read end the connection before they fill the memory', async () => {
    const hop = await hopTo({ toCommand: { kind: 'one byte', count: 20_000 } });
    await using connection = await logIn(loginOptions(hop));
    const { stdout } = await connection.openCommand('anything');
    stdout.pause();
    await connection.closed;
    expect(stdout.readableLength).toBeLessThan(20_000);
  });
});
