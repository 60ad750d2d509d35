import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Algorithms } from 'ssh2';
import { logIn } from '../src/protocols/ssh/login.ts';
import { startHostile, type HostileOptions } from './ssh-servers/hostile.ts';
import { kexInit } from './ssh-servers/kex-init.ts';
import { listen } from './ssh-servers/tcp-server.ts';
import { attend, execute, failure, loginOptions, makeHop, pinned, type Opened } from './ssh-servers/login.ts';
import { makeKey } from './ssh-servers/signing-key.ts';
import { addTestAccount, startSshd, type TestAccount } from './ssh-servers/sshd.ts';
import { startTinysshd } from './ssh-servers/tinysshd.ts';

const key = makeKey('ed25519');
let account: TestAccount;

beforeAll(async () => {
  account = await addTestAccount();
  await account.authorize([key.authorizedKey]);
});

afterAll(async () => {
  await account[Symbol.asyncDispose]();
});

const chacha = 'chacha20-poly1305@openssh.com';

/** Logs in with a password; resolves to the step `kex`. */
async function kexStep(options: HostileOptions, legacyAlgorithms = false) {
  await using server = await startHostile({ methods: ['password'], accept: () => true, ...options });
  const { interaction, steps } = attend();
  const hop = makeHop({ port: server.port, password: 'secret', legacyAlgorithms });
  await using connection = await logIn(loginOptions(hop, { interaction }));
  expect(connection.method).toBe('password');
  return steps.find(({ step }) => step === 'kex');
}

/** The last step of a login that has to fail before anything secret is opened. */
async function refusedStep(options: HostileOptions, legacyAlgorithms = false) {
  await using server = await startHostile({ ...options, accept: () => true });
  const opened: Opened = [];
  const hop = makeHop({ port: server.port, password: 'secret', legacyAlgorithms, opened });
  const error = await failure(logIn(loginOptions(hop)));
  expect(error.code).toBe('login_failed');
  expect([server.attempts, server.handshakes(), opened]).toEqual([[], 0, []]);
  return error.facts.steps?.at(-1);
}

describe('without strict key exchange (Terrapin)', () => {
  test.for<[string, Algorithms, string]>([
    ['AES-GCM', { cipher: ['aes128-gcm@openssh.com'] }, 'aes128-gcm@openssh.com, no strict'],
    ['counter mode', { cipher: ['aes256-ctr'], hmac: ['hmac-sha2-256'] }, 'aes256-ctr, hmac-sha2-256, no strict'],
    [
      'ChaCha20 or counter mode with HMAC-SHA1',
      { cipher: [chacha, 'aes128-ctr'], hmac: ['hmac-sha1'] },
      'aes128-ctr, hmac-sha1, no strict',
    ],
    ['everything', {}, 'aes128-gcm@openssh.com, no strict'],
  ])('a server logs in safely with %s', async ([, algorithms, detail]) => {
    const step = await kexStep({ algorithms, strictKex: false });
    expect(step?.detail).toContain(detail);
  });

  test.for<[string, Algorithms, string]>([
    ['ChaCha20-Poly1305 alone', { cipher: [chacha] }, `ciphers ${chacha} and`],
    [
      'ChaCha20-Poly1305, and counter mode without a MAC',
      { cipher: [chacha, 'aes128-ctr'], hmac: ['hmac-md5'] },
      `ciphers ${chacha}, aes128-ctr and the MACs hmac-md5`,
    ],
    [
      'CBC with encrypt-then-MAC',
      { cipher: ['aes256-cbc'], hmac: ['hmac-sha2-256-etm@openssh.com'] },
      'no cipher algorithm in common. The server offers aes256-cbc;',
    ],
  ])('%s is refused without the opt-in, and the log says when it is used', async ([, algorithms, detail]) => {
    const server = { algorithms, strictKex: false };
    const refused = await refusedStep(server);
    expect(refused).toMatchObject({ step: 'kex', status: 'failed' });
    expect(refused?.detail).toContain(detail);
    expect(refused?.hint).toContain('legacyAlgorithms');
    expect((await kexStep(server, true))?.detail).toContain('CVE-2023-48795');
  });

  test('CBC logs in safely with the opt-in, where the server has another MAC than encrypt-then-MAC', async () => {
    const algorithms: Algorithms = {
      cipher: [chacha, 'aes256-cbc'],
      hmac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-256'],
    };
    const step = await kexStep({ algorithms, strictKex: false }, true);
    expect(step?.detail).toBe('aes256-cbc, hmac-sha2-256, no strict key exchange');
  });

  test('tinysshd is refused without the opt-in, and works with it', async () => {
    await using server = await startTinysshd();
    const to = (legacyAlgorithms: boolean) =>
      makeHop({
        username: account.username,
        port: server.port,
        hostKeys: pinned(server.hostKeys),
        key,
        legacyAlgorithms,
      });
    const error = await failure(logIn(loginOptions(to(false))));
    const refused = error.facts.steps?.at(-1);
    expect(refused).toMatchObject({ step: 'kex', status: 'failed', detailCode: 'kex_terrapin' });
    expect(refused?.detail).toContain(`ciphers ${chacha} and`);
    expect(refused?.hint).toContain('legacyAlgorithms');
    await using connection = await logIn(loginOptions(to(true)));
    expect(await execute(connection, 'id -un')).toMatchObject({ out: `${account.username}\n`, code: 0 });
  });
});

test('with strict key exchange, ChaCha20-Poly1305 is accepted', async () => {
  await using modern = await startSshd({ authorizedKeys: [key.authorizedKey], config: [`Ciphers ${chacha}`] });
  const hop = makeHop({ username: account.username, port: modern.port, hostKeys: pinned(modern.hostKeys), key });
  const { interaction, steps } = attend();
  await using connection = await logIn(loginOptions(hop, { interaction }));
  expect(connection.method).toBe('publickey');
  expect(steps.find(({ step }) => step === 'kex')?.detail).toContain(`${chacha}, strict`);
});

test.for(['diffie-hellman-group18-sha512', 'diffie-hellman-group15-sha512'] as const)(
  'a server with nothing but %s is accepted',
  async (kex) => {
    expect((await kexStep({ algorithms: { kex: [kex] } }))?.status).toBe('ok');
  },
);

describe('a server whose algorithms are all refused', () => {
  const current = { kex: 'curve25519-sha256', hostKey: 'ssh-ed25519', cipher: 'aes128-ctr', mac: 'hmac-sha2-256' };

  test.for([
    ['MAC', { mac: 'hmac-md5,hmac-sha1-96' }, 'kex_hint_update'],
    ['cipher', { cipher: 'arcfour,blowfish-cbc' }, 'kex_hint_update'],
    ['host key', { hostKey: 'ssh-dss' }, 'kex_hint_host_key'],
    ['key exchange', { kex: 'sntrup761x25519-sha512' }, 'kex_hint_update'],
  ] as const)('is told which it offers, which Gatehouse offers, and that no setting helps: %s', async (row) => {
    const [kind, changed, hintCode] = row;
    const { kex, hostKey, cipher, mac } = { ...current, ...changed };
    await using server = await listen((socket) => {
      socket.write('SSH-2.0-old\r\n');
      socket.write(kexInit(kex, hostKey, cipher, cipher, mac, mac, 'none', 'none'));
    });
    const offered = Object.values(changed).join().replace(',', ', ');
    for (const legacyAlgorithms of [false, true]) {
      const error = await failure(logIn(loginOptions(makeHop({ port: server.port, key, legacyAlgorithms }))));
      const step = error.facts.steps?.at(-1);
      expect(step).toMatchObject({ step: 'kex', status: 'failed', hintCode });
      expect(step?.detail).toContain(
        `no ${kind} algorithm in common. The server offers ${offered}; the gateway offers `,
      );
    }
  });
});

test('a server that sends its algorithms only after ours is answered, too', async () => {
  await using server = await startHostile({ methods: ['password'], accept: () => true });
  await using line = await listen((near) => {
    const far = connect(server.port, '127.0.0.1');
    far.on('error', () => undefined).on('close', () => near.destroy());
    near.on('close', () => far.destroy());
    const held: Buffer[] = [];
    far.once('data', (identification: Buffer) => {
      near.write(identification.subarray(0, identification.indexOf('\n') + 1));
      held.push(identification.subarray(identification.indexOf('\n') + 1));
      far.on('data', (bytes: Buffer) => held.push(bytes));
    });
    let sent = 0;
    near.on('data', (bytes: Buffer) => {
      far.write(bytes);
      sent += bytes.length;
      // More than an identification.
      if (sent < 300 || sent - bytes.length >= 300) return;
      far.removeAllListeners('data');
      near.write(Buffer.concat(held));
      far.pipe(near);
    });
  });
  await using connection = await logIn(loginOptions(makeHop({ port: line.port, password: 'secret' })));
  expect(connection.method).toBe('password');
});
