import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Hop, TerminalChannel } from '../src/protocols/protocol.ts';
import { logIn } from '../src/protocols/ssh/login.ts';
import {
  attend,
  execute,
  failure,
  loginOptions,
  makeHop,
  pinned,
  type HopSetup,
  type Opened,
} from './ssh-servers/login.ts';
import { closedPort } from './closed-port.ts';
import { startHostile, type HostileOptions } from './ssh-servers/hostile.ts';
import { makeKey, type KeyKind } from './ssh-servers/signing-key.ts';
import { startForwarder } from './ssh-servers/tcp-server.ts';
import { addTestAccount, startDropbear, startSshd, type Sshd, type TestAccount } from './ssh-servers/sshd.ts';
import { stepsTaken } from './ssh-servers/steps-taken.ts';

const keys = {
  ed25519: makeKey('ed25519'),
  rsa: makeKey('rsa'),
  'P-256': makeKey('P-256'),
  'P-384': makeKey('P-384'),
  'P-521': makeKey('P-521'),
};
const authorizedKeys = Object.values(keys).map(({ authorizedKey }) => authorizedKey);
const stranger = makeKey('ed25519');
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

/** A hop to the given server with its host keys pinned. */
function to(server: { port: number; hostKeys: readonly string[] }, setup: Partial<HopSetup>): Hop {
  return makeHop({ username: account.username, port: server.port, hostKeys: pinned(server.hostKeys), ...setup });
}

describe('a login with a key', () => {
  test.for(Object.keys(keys) as KeyKind[])('runs a command with a key of type %s', async (kind) => {
    const key = keys[kind];
    const { interaction, steps } = attend();
    await using connection = await logIn(loginOptions(to(sshd, { key }), { interaction }));
    expect(connection.method).toBe('publickey');
    expect(await execute(connection, 'id -un; echo oops >&2; exit 7')).toEqual({
      out: `${account.username}\n`,
      err: 'oops\n',
      code: 7,
      signal: null,
    });
    expect(stepsTaken(steps)).toEqual([
      'dns skipped',
      'tcp ok',
      'banner ok',
      'kex ok',
      'hostkey ok',
      'auth ok',
      'channel ok',
    ]);
    expect(key.handles.disposed).toBe(key.handles.opened);
  });

  test('names the key and the line for authorized_keys when the server refuses it', async () => {
    const error = await failure(logIn(loginOptions(to(sshd, { key: stranger }))));
    expect(error.code).toBe('login_failed');
    const last = error.facts.steps?.at(-1);
    expect(last).toMatchObject({ step: 'auth', status: 'failed' });
    expect(last?.detail).toContain(stranger.fingerprint);
    expect(last?.hint).toContain('authorized_keys');
    expect(last?.line).toBe(stranger.authorizedKey);
    expect(stranger.handles.disposed).toBe(stranger.handles.opened);
  });

  test('looks up a name', async () => {
    const { interaction, steps } = attend();
    const hop = to(sshd, { host: 'localhost', key: keys.ed25519 });
    await using connection = await logIn(loginOptions(hop, { interaction }));
    expect(connection.method).toBe('publickey');
    expect(steps[0]).toMatchObject({ step: 'dns', status: 'ok' });
    expect(steps[0]?.detail).toContain('127.0.0.1');
  });
});

describe('a login with a password', () => {
  test('is let in', async () => {
    await using connection = await logIn(loginOptions(to(sshd, { password: account.password })));
    expect(connection.method).toBe('password');
    expect((await execute(connection, 'true')).code).toBe(0);
  });

  test('follows a refused key, and the log has both', async () => {
    const { interaction, steps } = attend();
    const opened: Opened = [];
    const hop = to(sshd, { key: stranger, password: account.password, opened });
    await using connection = await logIn(loginOptions(hop, { interaction }));
    expect(connection.method).toBe('password');
    expect(opened).toEqual(['key', 'password']);
    const auth = steps.filter(({ step }) => step === 'auth').map(({ status }) => status);
    expect(auth).toEqual(['failed', 'ok']);
  });

  test('is not opened when the key was enough', async () => {
    const opened: Opened = [];
    const hop = to(sshd, { key: keys.ed25519, password: account.password, opened });
    await using connection = await logIn(loginOptions(hop));
    expect(connection.method).toBe('publickey');
    expect(opened).toEqual(['key']);
  });

  test('fails with a hint when it is wrong', async () => {
    const error = await failure(logIn(loginOptions(to(sshd, { password: 'not this one' }))));
    expect(error.facts.steps?.at(-1)).toMatchObject({ step: 'auth', status: 'failed' });
    expect(error.message).toContain('refused the password');
    expect(JSON.stringify(error.facts)).not.toContain('not this one');
  });

  test('is neither opened nor sent where the host key is not checked', async () => {
    const opened: Opened = [];
    const hostKeys = { ...pinned(sshd.hostKeys), allowsPassword: false };
    const error = await failure(logIn(loginOptions(to(sshd, { password: account.password, hostKeys, opened }))));
    expect(opened).toEqual([]);
    expect(error.facts.steps?.at(-1)?.hint).toContain('Pin the host key');
  });

  test('is neither opened nor sent where the server allows only keys', async () => {
    await using keysOnly = await startSshd({
      config: ['PasswordAuthentication no', 'KbdInteractiveAuthentication no'],
    });
    const opened: Opened = [];
    const error = await failure(logIn(loginOptions(to(keysOnly, { password: account.password, opened }))));
    expect(opened).toEqual([]);
    expect(error.message).toContain('publickey');
    expect(error.facts.steps?.at(-1)?.hint).toContain('key');
  });
});

describe('a login by questions and by several factors', () => {
  test('answers the password question of PAM with the stored password', async () => {
    await using pam = await startSshd({ config: ['PasswordAuthentication no', 'KbdInteractiveAuthentication yes'] });
    await using connection = await logIn(loginOptions(to(pam, { password: account.password })));
    expect(connection.method).toBe('keyboard-interactive');
  });

  test.for([
    ['keyboard-interactive', ['PasswordAuthentication no', 'KbdInteractiveAuthentication yes']],
    ['both methods', ['PasswordAuthentication yes', 'KbdInteractiveAuthentication yes']],
  ] as const)('asks when the stored password is out of date, with %s, and the session works', async ([, config]) => {
    await using pam = await startSshd({ config });
    const { interaction, asked } = attend(() => [account.password]);
    const hop = to(pam, { password: 'out of date', typedPassword: account.password });
    await using connection = await logIn(loginOptions(hop, { interaction }));
    expect(connection.method).toBe('keyboard-interactive');
    expect(asked.map(({ prompts }) => prompts.map(({ text }) => text))).toEqual([
      [expect.stringMatching(/Password:$/)],
    ]);
    expect(await execute(connection, 'id -un')).toMatchObject({ out: `${account.username}\n`, code: 0 });
  });

  test('asks for the password after a stored one was refused, where the server knows only that method', async () => {
    const opened: Opened = [];
    const { interaction } = attend(() => []);
    const hop = to(sshd, { password: 'out of date', typedPassword: account.password, opened });
    await using connection = await logIn(loginOptions(hop, { interaction }));
    expect(connection.method).toBe('password');
    expect(opened).toEqual(['password', 'typed password']);
    expect((await execute(connection, 'true')).code).toBe(0);
  });

  test.for([
    ['a second factor', ['AuthenticationMethods publickey,password'], keys.rsa],
    ['after a refused key', [], stranger],
  ] as const)('asks a person who has only a key for the password: %s', async ([, config, key]) => {
    await using server = await startSshd({ authorizedKeys, config });
    const opened: Opened = [];
    const { interaction } = attend(() => []);
    const hop = to(server, { key, typedPassword: account.password, opened });
    await using connection = await logIn(loginOptions(hop, { interaction }));
    expect(connection.method).toBe('password');
    expect(opened).toEqual(['key', 'typed password']);
  });

  test('shows the forced change of an expired password to the person', async () => {
    await using expired = await addTestAccount();
    await expired.expirePassword();
    await using pam = await startSshd({ config: ['PasswordAuthentication no', 'KbdInteractiveAuthentication yes'] });
    const answers = [expired.password, 'a-quite-New-1-phrase', 'a-quite-New-1-phrase'];
    const { interaction, asked } = attend(() => [answers.shift() ?? '']);
    const hop = to(pam, { username: expired.username, password: expired.password });
    await using connection = await logIn(loginOptions(hop, { interaction }));
    expect(asked.map(({ prompts }) => prompts[0]?.text)).toEqual([
      'Current password:',
      'New password:',
      'Retype new password:',
    ]);
    expect(asked[0]?.instructions).toContain('change your password');
    expect((await execute(connection, 'true')).code).toBe(0);
  });

  test('does not answer the forced change unattended, and names its question', async () => {
    await using expired = await addTestAccount();
    await expired.expirePassword();
    await using pam = await startSshd({ config: ['PasswordAuthentication no', 'KbdInteractiveAuthentication yes'] });
    const hop = to(pam, { username: expired.username, password: expired.password });
    const error = await failure(logIn(loginOptions(hop)));
    expect(error.message).toMatch(/change your password.*Current password:/);
  });

  test('gives the key and then the password where the server wants both', async () => {
    await using both = await startSshd({ authorizedKeys, config: ['AuthenticationMethods publickey,password'] });
    const { interaction, steps } = attend();
    const hop = to(both, { key: keys.rsa, password: account.password });
    await using connection = await logIn(loginOptions(hop, { interaction }));
    expect(connection.method).toBe('password');
    expect(stepsTaken(steps).filter((step) => step.startsWith('auth'))).toEqual(['auth ok', 'auth ok']);
  });
});

describe('jump hosts', () => {
  test('lead to the target, each with its own host key and credential', async () => {
    await using first = await startSshd({ authorizedKeys: [keys.rsa.authorizedKey] });
    await using second = await startSshd();
    const jumps = [to(first, { key: keys.rsa }), to(second, { password: account.password })];
    const { interaction, steps } = attend();
    const connection = await logIn(loginOptions(to(sshd, { key: keys.ed25519 }), { jumps, interaction }));
    expect((await execute(connection, 'echo "$SSH_CONNECTION"')).out).toContain(` ${sshd.port}\n`);
    expect(steps.filter(({ step, status }) => `${step} ${status}` === 'auth ok').map(({ hop }) => hop)).toEqual([
      `127.0.0.1:${first.port}`,
      `127.0.0.1:${second.port}`,
      undefined,
    ]);
    await connection[Symbol.asyncDispose]();
    await connection.closed;
  });

  test('take the connection with them when they go', async () => {
    await using forwarder = await startForwarder(sshd.port);
    const jumps = [to({ ...sshd, port: forwarder.port }, { key: keys.ed25519 })];
    await using connection = await logIn(loginOptions(to(sshd, { key: keys.ed25519 }), { jumps }));
    const command = await connection.openCommand('sleep 60');
    const terminal = await connection.openTerminal({ cols: 80, rows: 24, term: 'xterm' });
    forwarder.cut();
    await connection.closed;
    expect(await command.exited).toEqual({ code: null, signal: null });
    // A writer that has not heard of it yet must not be able to end the process.
    command.stdin.write('too late');
    terminal.stream.end('too late');
    terminal.resize({ cols: 81, rows: 24 });
    command.close();
  });

  test('say so when they may not forward', async () => {
    await using closed = await startSshd({ authorizedKeys, config: ['AllowTcpForwarding no'] });
    const jumps = [to(closed, { key: keys.ed25519 })];
    const error = await failure(logIn(loginOptions(to(sshd, { key: keys.ed25519 }), { jumps })));
    expect(error.facts.steps?.at(-1)).toMatchObject({ step: 'tcp', status: 'failed' });
    expect(error.facts.steps?.at(-1)?.hint).toContain('AllowTcpForwarding');
  });

  test('are no more than eight', async () => {
    const jumps = Array.from({ length: 9 }, () => to(sshd, { key: keys.ed25519 }));
    const error = await failure(logIn(loginOptions(to(sshd, { key: keys.ed25519 }), { jumps })));
    expect(error.message).toContain('8 jump hosts');
  });
});

describe('other servers', () => {
  test.for(['ed25519', 'rsa', 'P-256', 'P-521'] as const)('dropbear lets in a key of type %s', async (kind) => {
    await account.authorize(authorizedKeys);
    await using dropbear = await startDropbear();
    await using connection = await logIn(loginOptions(to(dropbear, { key: keys[kind] })));
    expect(connection.method).toBe('publickey');
    expect((await execute(connection, 'echo hello')).out).toBe('hello\n');
  });

  test('dropbear lets in a password', async () => {
    await using dropbear = await startDropbear();
    await using connection = await logIn(loginOptions(to(dropbear, { password: account.password })));
    expect(connection.method).toBe('password');
  });

  test('a server with retired algorithms fails with the opt-in, and works with it', async () => {
    await using old = await startSshd({
      authorizedKeys,
      hostKeys: ['rsa'],
      config: [
        'KexAlgorithms diffie-hellman-group14-sha1',
        'HostKeyAlgorithms ssh-rsa',
        'Ciphers aes128-cbc',
        'MACs hmac-sha1',
        'PubkeyAcceptedAlgorithms +ssh-rsa',
      ],
    });
    const error = await failure(logIn(loginOptions(to(old, { key: keys.rsa }))));
    const last = error.facts.steps?.at(-1);
    expect(last).toMatchObject({ step: 'kex', status: 'failed' });
    expect(last?.detail).toContain('diffie-hellman-group14-sha1');
    expect(last?.hint).toContain('legacyAlgorithms');
    await using connection = await logIn(loginOptions(to(old, { key: keys.rsa, legacyAlgorithms: true })));
    expect((await execute(connection, 'true')).code).toBe(0);
  });

  test.for([false, true])(
    'a server with nothing but group exchange fails, and the hint names fixed groups, legacy: %s',
    async (legacy) => {
      await using exchanging = await startSshd({
        config: ['KexAlgorithms diffie-hellman-group-exchange-sha256,diffie-hellman-group-exchange-sha1'],
      });
      const hop = to(exchanging, { key: keys.ed25519, legacyAlgorithms: legacy });
      const error = await failure(logIn(loginOptions(hop)));
      const last = error.facts.steps?.at(-1);
      expect(last).toMatchObject({ step: 'kex', status: 'failed' });
      expect(last?.detail).toContain('diffie-hellman-group-exchange-sha256');
      for (const name of ['curve25519-sha256', 'diffie-hellman-group14-sha256', 'diffie-hellman-group16-sha512'])
        expect(last?.hint).toContain(name);
    },
  );

  test('a closed port is refused, with a hint', async () => {
    await using closed = await closedPort();
    const error = await failure(logIn(loginOptions(to(sshd, { port: closed.port, key: keys.ed25519 }))));
    expect(error.facts.steps?.at(-1)).toMatchObject({ step: 'tcp', status: 'failed' });
    expect(error.facts.steps?.at(-1)?.hint).toContain('check the port');
  });

  test('an unknown name is refused, with a hint', async () => {
    const error = await failure(logIn(loginOptions(to(sshd, { host: 'no-such-host.invalid', key: keys.ed25519 }))));
    expect(error.facts.steps?.at(-1)).toMatchObject({ step: 'dns', status: 'failed' });
  });
});

describe('an open connection', () => {
  test('tells the exit code and the signal', async () => {
    await using connection = await logIn(loginOptions(to(sshd, { key: keys.ed25519 })));
    expect(await execute(connection, 'exit 255')).toMatchObject({ code: 255, signal: null });
    expect(await execute(connection, 'kill -TERM $$')).toMatchObject({ code: null, signal: 'TERM' });
  });

  test('hears an exit status that arrives together with the channel', async () => {
    const onChannel: HostileOptions['onChannel'] = (channel) => {
      channel.exit(9);
      channel.end('done\n');
    };
    await using quick = await startHostile({ accept: () => true, onChannel });
    await using connection = await logIn(loginOptions(to(quick, { password: account.password })));
    expect(await execute(connection, 'true')).toMatchObject({ out: 'done\n', code: 9 });
  });

  test('shows the size of the terminal, and its changes', async () => {
    await using connection = await logIn(loginOptions(to(sshd, { key: keys.ed25519 })));
    const terminal = await connection.openTerminal({ cols: 91, rows: 31, term: 'xterm-256color' });
    const screen = readScreen(terminal);
    terminal.stream.write('PS1=; stty size; echo "term=$TERM"\n');
    await screen.until(/31 91[^]*term=xterm-256color/);
    terminal.resize({ cols: 132, rows: 43 });
    terminal.stream.write('stty size\n');
    await screen.until(/43 132/);
    terminal.stream.write('exit 3\n');
    expect(await terminal.exited).toEqual({ code: 3, signal: null });
  });

  test('ends every channel when it is disposed, twice if need be', async () => {
    const connection = await logIn(loginOptions(to(sshd, { key: keys.ed25519 })));
    const { exited, stdout } = await connection.openCommand('sleep 60');
    stdout.resume();
    await Promise.all([connection[Symbol.asyncDispose](), connection[Symbol.asyncDispose]()]);
    await connection[Symbol.asyncDispose]();
    await connection.closed;
    expect(await exited).toEqual({ code: null, signal: null });
    await expect(connection.openCommand('true')).rejects.toMatchObject({ code: 'login_failed' });
  });

  test('carries several channels at once', async () => {
    await using connection = await logIn(loginOptions(to(sshd, { key: keys.ed25519 })));
    const results = await Promise.all(['1', '2', '3'].map((n) => execute(connection, `echo ${n}`)));
    expect(results.map(({ out }) => out)).toEqual(['1\n', '2\n', '3\n']);
  });
});

function readScreen({ stream }: TerminalChannel) {
  let screen = '';
  stream.on('data', (bytes: Buffer) => (screen += bytes.toString()));
  return {
    async until(pattern: RegExp) {
      while (!pattern.test(screen)) await once(stream, 'data');
    },
  };
}
