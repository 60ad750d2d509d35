import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '../free-port.ts';

const run = promisify(execFile);

export type HostKeyType = 'ed25519' | 'ecdsa' | 'rsa';

/** A login of the machine that lives as long as the test. */
export interface TestAccount extends AsyncDisposable {
  readonly username: string;
  readonly password: string;
  /** Writes the lines to the account's own authorized_keys, where servers other than `startSshd`'s look. */
  authorize(keys: readonly string[]): Promise<void>;
  /** Makes the password expire: the next login has to change it. */
  expirePassword(): Promise<void>;
  /** Ends the time of the account: it may not log in any more. */
  expire(): Promise<void>;
}

/** Adds a user with a password (PAM needs one), with the wanted name if it is free. Needs root. */
export async function addTestAccount(wanted?: string): Promise<TestAccount> {
  const isFree = wanted !== undefined && !(await exists(wanted));
  const username = isFree ? wanted : `gt${randomBytes(5).toString('hex')}`;
  const password = randomBytes(12).toString('base64url');
  await changeAccounts('useradd', ['--create-home', '--shell', '/bin/bash', username]);
  await changeAccounts('/usr/sbin/chpasswd', [], `${username}:${password}\n`);
  return {
    username,
    password,
    async authorize(keys) {
      const directory = join('/home', username, '.ssh');
      await mkdir(directory, { recursive: true, mode: 0o700 });
      await writeFile(join(directory, 'authorized_keys'), `${keys.join('\n')}\n`, { mode: 0o600 });
      await run('chown', ['-R', `${username}:`, directory]);
    },
    expire: () => changeAccounts('chage', ['--expiredate', '1', username]),
    expirePassword: () => changeAccounts('chage', ['--lastday', '0', username]),
    async [Symbol.asyncDispose]() {
      // The next account gets the same number, and with it what still runs of this one.
      await endProcesses(username);
      await changeAccounts('userdel', ['--remove', '--force', username]);
    },
  };
}

const lockMs = 60_000;

/** Runs a program that changes the accounts of the machine. It gives up at once while another one does, such as that of a test in another file. */
async function changeAccounts(program: string, args: readonly string[], input = ''): Promise<void> {
  const deadline = Date.now() + lockMs;
  for (;;) {
    try {
      const running = run(program, args);
      running.child.stdin?.end(input);
      await running;
      return;
    } catch (error) {
      const { stderr = '' } = error as { readonly stderr?: string };
      if (!/cannot lock|try again later/.test(stderr) || Date.now() > deadline) throw error;
      await delay(100);
    }
  }
}

function exists(username: string): Promise<boolean> {
  return run('id', ['-u', username]).then(
    () => true,
    () => false,
  );
}

async function endProcesses(username: string): Promise<void> {
  const finding = run('pgrep', ['--euid', username]);
  // pgrep exits with 1 when it finds none.
  const { stdout } = await finding.catch(() => ({ stdout: '' }));
  for (const pid of stdout.split('\n').filter((line) => line !== '')) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It ended by itself meanwhile.
    }
  }
}

export interface SshdOptions {
  /** Lines of authorized_keys, the same for every account. */
  readonly authorizedKeys?: readonly string[];
  readonly hostKeys?: readonly HostKeyType[];
  /** Certifies a host key, given by its file without `.pub`, before sshd reads it. */
  readonly certify?: (keyFile: string) => Promise<void>;
  /** More lines of sshd_config, which win over the defaults here. */
  readonly config?: readonly string[];
}

export interface TestServer extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  /** The `type base64` lines of the host keys. */
  readonly hostKeys: readonly string[];
}

export interface Sshd extends TestServer {
  /** Replaces the host keys, as a reinstalled machine would. */
  rotateHostKeys(): Promise<void>;
}

/** Starts OpenSSH's sshd on a loopback port of its own, with a configuration, keys and directory of its own. Needs root. */
export async function startSshd(options: SshdOptions = {}): Promise<Sshd> {
  const { authorizedKeys = [], hostKeys = ['ed25519', 'ecdsa', 'rsa'], config = [], certify } = options;
  const directory = await mkdtemp(join(tmpdir(), 'sshd-'));
  await chmod(directory, 0o755); // sshd reads authorized_keys as the user who logs in
  const port = await freePort();
  await writeFile(join(directory, 'authorized_keys'), `${authorizedKeys.join('\n')}\n`, { mode: 0o644 });
  const configFile = join(directory, 'sshd_config');
  await writeFile(
    configFile,
    [
      ...config, // the first value of a keyword counts
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      ...hostKeys.map((type) => `HostKey ${join(directory, type)}`),
      ...(certify === undefined ? [] : hostKeys.map((type) => `HostCertificate ${join(directory, type)}-cert.pub`)),
      `PidFile ${join(directory, 'pid')}`,
      `AuthorizedKeysFile ${join(directory, 'authorized_keys')}`,
      'StrictModes no',
      'UsePAM yes',
      'PermitRootLogin prohibit-password',
      'PasswordAuthentication yes',
      'KbdInteractiveAuthentication no',
      // Of this keyword, the last value counts.
      ...(config.some((line) => line.startsWith('MaxStartups ')) ? [] : ['MaxStartups 100']),
      'UseDNS no',
      'PrintMotd no',
      'LogLevel ERROR',
      '',
    ].join('\n'),
  );
  const generate = async () => {
    const made = await generateHostKeys(directory, hostKeys);
    if (certify !== undefined) await Promise.all(hostKeys.map((type) => certify(join(directory, type))));
    return made;
  };
  let publicKeys = await generate();
  const start = () => startDaemon('/usr/sbin/sshd', ['-D', '-e', '-f', configFile], port);
  await mkdir('/run/sshd', { recursive: true, mode: 0o755 }); // privilege separation insists on it
  let daemon = await start();
  return {
    host: '127.0.0.1',
    port,
    get hostKeys() {
      return publicKeys;
    },
    async rotateHostKeys() {
      await stopDaemon(daemon);
      publicKeys = await generate();
      daemon = await start();
    },
    async [Symbol.asyncDispose]() {
      await stopDaemon(daemon);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function generateHostKeys(directory: string, types: readonly HostKeyType[]): Promise<readonly string[]> {
  return Promise.all(
    types.map(async (type) => {
      const file = join(directory, type);
      await rm(file, { force: true });
      // What RSA takes by itself (3072 bits) takes several times as long to find.
      const size = type === 'rsa' ? ['-b', '2048'] : [];
      await run('ssh-keygen', ['-q', '-t', type, ...size, '-N', '', '-C', '', '-f', file]);
      return (await readFile(`${file}.pub`, 'utf8')).trim();
    }),
  );
}

/** Starts dropbear, the SSH server of routers and rescue systems, with an Ed25519 host key. Needs root. */
export async function startDropbear(): Promise<TestServer> {
  const directory = await mkdtemp(join(tmpdir(), 'dropbear-'));
  const port = await freePort();
  const keyFile = join(directory, 'hostkey');
  const { stdout } = await run('dropbearkey', ['-t', 'ed25519', '-f', keyFile]);
  const line = /^ssh-ed25519 \S+/m.exec(stdout)?.[0];
  if (line === undefined) throw new Error('dropbearkey printed no public key');
  const daemon = await startDaemon(
    '/usr/sbin/dropbear',
    ['-F', '-E', '-r', keyFile, '-p', `127.0.0.1:${port}`, '-P', join(directory, 'pid')],
    port,
  );
  return {
    host: '127.0.0.1',
    port,
    hostKeys: [line],
    async [Symbol.asyncDispose]() {
      await stopDaemon(daemon);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

const startMs = 60_000;

async function startDaemon(program: string, args: readonly string[], port: number): Promise<ChildProcess> {
  const daemon = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  daemon.stderr.on('data', (text: Buffer) => (said += text.toString()));
  const deadline = Date.now() + startMs;
  while (!(await accepts(port))) {
    if (daemon.exitCode !== null || Date.now() > deadline) throw new Error(`${program} did not start: ${said}`);
    await delay(20);
  }
  return daemon;
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function stopDaemon(daemon: ChildProcess): Promise<void> {
  if (daemon.exitCode !== null || daemon.signalCode !== null) return;
  daemon.kill('SIGKILL');
  await once(daemon, 'exit');
}
