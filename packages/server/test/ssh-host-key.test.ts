import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Hop, HostKeyCheck } from '../src/protocols/protocol.ts';
import { logIn } from '../src/protocols/ssh/login.ts';
import { scanHostKeys } from '../src/protocols/ssh/scan.ts';
import { startHostile } from './ssh-servers/hostile.ts';
import { attend, execute, failure, loginOptions, makeHop, pinned, type Opened } from './ssh-servers/login.ts';
import { makeKey } from './ssh-servers/signing-key.ts';
import { addTestAccount, startSshd, type Sshd, type TestAccount } from './ssh-servers/sshd.ts';

const key = makeKey('ed25519');
const anotherHost = makeKey('ed25519').authorizedKey;
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

function honest(): Hop {
  return makeHop({ username: account.username, port: sshd.port, hostKeys: pinned(sshd.hostKeys), key });
}

describe('a host key that is not accepted', () => {
  test.for([
    ['unknown', 'host_key_unknown', []],
    ['changed', 'host_key_changed', [anotherHost]],
  ] as const)('gets nothing of the authentication when it is %s', async ([, code, lines]) => {
    await using rogue = await startHostile({ accept: () => true });
    const opened: Opened = [];
    const hop = makeHop({ port: rogue.port, key, password: 'secret', hostKeys: pinned(lines), opened });
    const error = await failure(logIn(loginOptions(hop)));
    expect(error.code).toBe(code);
    expect(error.facts.hostKey?.offered.publicKey).toBe(rogue.hostKeys[0]);
    expect(error.facts.steps?.at(-1)).toMatchObject({ step: 'hostkey', status: 'failed' });
    expect(error.facts.steps?.at(-1)?.hint).toBeDefined();
    expect([rogue.attempts, rogue.handshakes(), opened]).toEqual([[], 0, []]);
  });

  test('gets nothing either when it is a jump host, first or second', async () => {
    await using rogue = await startHostile({ accept: () => true });
    const opened: Opened = [];
    const hop = makeHop({ port: rogue.port, key, password: 'secret', hostKeys: pinned([anotherHost]), opened });
    for (const jumps of [[hop], [honest(), hop]]) {
      const error = await failure(logIn(loginOptions(honest(), { jumps })));
      expect(error.code).toBe('host_key_changed');
      expect(error.facts.steps?.at(-1)).toMatchObject({ step: 'hostkey', hop: `127.0.0.1:${rogue.port}` });
    }
    expect([rogue.attempts, rogue.handshakes(), opened]).toEqual([[], 0, []]);
  });

  test('gets nothing when it is the target behind a jump host', async () => {
    await using rogue = await startHostile({ accept: () => true });
    const opened: Opened = [];
    const hop = makeHop({ port: rogue.port, key, password: 'secret', hostKeys: pinned([anotherHost]), opened });
    const error = await failure(logIn(loginOptions(hop, { jumps: [honest()] })));
    expect(error.code).toBe('host_key_changed');
    expect([rogue.attempts, rogue.handshakes(), opened]).toEqual([[], 0, []]);
  });

  test('is noticed when a machine was reinstalled', async () => {
    await using machine = await startSshd({ authorizedKeys: [key.authorizedKey], hostKeys: ['ed25519'] });
    const hop = makeHop({ username: account.username, port: machine.port, hostKeys: pinned(machine.hostKeys), key });
    await using before = await logIn(loginOptions(hop));
    expect(before.method).toBe('publickey');
    await machine.rotateHostKeys();
    expect((await failure(logIn(loginOptions(hop)))).code).toBe('host_key_changed');
  });
});

describe('the host key check', () => {
  test('sends nothing while a person thinks, for longer than the handshake may take', async () => {
    await using server = await startHostile({ methods: ['password'], accept: () => true });
    const decision = Promise.withResolvers<undefined>();
    const hostKeys: HostKeyCheck = { ...pinned([]), verify: () => decision.promise };
    const options = loginOptions(makeHop({ port: server.port, password: 'secret', hostKeys }));
    const login = logIn({ ...options, timeouts: { ...options.timeouts, handshakeMs: 400 } });
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect([server.attempts, server.handshakes()]).toEqual([[], 0]);
    decision.resolve(undefined);
    await using connection = await login;
    expect(connection.method).toBe('password');
    expect(server.attempts).toEqual([
      { method: 'none', username: 'nobody' },
      { method: 'password', username: 'nobody', password: 'secret' },
    ]);
  });

  test('ends without an answer in time', async () => {
    await using server = await startHostile();
    const hostKeys: HostKeyCheck = { ...pinned([]), verify: () => new Promise(() => undefined) };
    const options = loginOptions(makeHop({ port: server.port, password: 'secret', hostKeys }));
    const error = await failure(logIn({ ...options, timeouts: { ...options.timeouts, questionMs: 200 } }));
    expect(error.code).toBe('timed_out');
    expect(server.attempts).toEqual([]);
  });

  test('keeps an error that is no refusal as it is', async () => {
    await using server = await startHostile();
    const broken = new Error('the database is gone');
    const hostKeys: HostKeyCheck = { ...pinned([]), verify: () => Promise.reject(broken) };
    await expect(logIn(loginOptions(makeHop({ port: server.port, key, hostKeys })))).rejects.toBe(broken);
    expect(server.attempts).toEqual([]);
  });

  test.for(['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ssh-rsa'])('is shown the pinned type first: %s', async (type) => {
    const only = sshd.hostKeys.filter((line) => line.startsWith(type));
    const hop = makeHop({ username: account.username, port: sshd.port, hostKeys: pinned(only), key });
    const { interaction, steps } = attend();
    await using connection = await logIn(loginOptions(hop, { interaction }));
    expect(connection.method).toBe('publickey');
    expect(steps.find(({ step }) => step === 'hostkey')?.detail).toContain(type);
  });

  test('is asked once, also when keys are exchanged again', async () => {
    await using busy = await startSshd({ authorizedKeys: [key.authorizedKey], config: ['RekeyLimit 1M none'] });
    let verified = 0;
    const check = pinned(busy.hostKeys);
    const hostKeys: HostKeyCheck = {
      ...check,
      verify: (offered, signal) => {
        verified += 1;
        return check.verify(offered, signal);
      },
    };
    const hop = makeHop({ username: account.username, port: busy.port, hostKeys, key });
    await using connection = await logIn(loginOptions(hop));
    const { out, code } = await execute(connection, 'head -c 4000000 /dev/zero');
    expect([out.length, code, verified]).toEqual([4_000_000, 0, 1]);
  });
});

describe('a scan', () => {
  test('shows every host key of a server without logging in', async () => {
    const found = await scanHostKeys(loginOptions(makeHop({ port: sshd.port })));
    expect(found.map(({ publicKey }) => publicKey).toSorted()).toEqual([...sshd.hostKeys].toSorted());
    expect(found.every(({ fingerprint }) => fingerprint.startsWith('SHA256:'))).toBe(true);
  });

  test('never authenticates, not even to ask for the methods', async () => {
    await using server = await startHostile({ accept: () => true });
    const opened: Opened = [];
    await scanHostKeys(loginOptions(makeHop({ port: server.port, key, password: 'secret', opened })));
    expect([server.attempts, opened]).toEqual([[], []]);
  });

  test('goes through jump hosts, which it logs in to', async () => {
    await using server = await startHostile();
    const found = await scanHostKeys(loginOptions(makeHop({ port: server.port }), { jumps: [honest()] }));
    expect(found.map(({ publicKey }) => publicKey)).toEqual(server.hostKeys);
  });
});
