import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../free-port.ts';
import { findServerUser } from './postgres-files.ts';

const program = '/usr/sbin/pgbouncer';
const startTimeoutMs = 60_000;
const lookMs = 20;

/** A pooler in front of a database. */
export interface Pooler extends AsyncDisposable {
  /** Leads to the database through the pooler. */
  readonly url: string;
}

/** Starts PgBouncer with its usual settings in front of the database of this URL. */
export async function startPgBouncer(databaseUrl: string, poolMode: 'session' | 'transaction'): Promise<Pooler> {
  const target = new URL(databaseUrl);
  const user = await findServerUser();
  const directory = await mkdtemp(join(tmpdir(), 'pgbouncer-'));
  await chmod(directory, 0o755);
  const port = await freePort();
  const users = join(directory, 'userlist.txt');
  await writeFile(users, `"${target.username}" "${target.password}"\n`);
  const config = join(directory, 'pgbouncer.ini');
  await writeFile(
    config,
    [
      '[databases]',
      `* = host=${target.hostname} port=${target.port}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'auth_type = scram-sha-256',
      `auth_file = ${users}`,
      `pool_mode = ${poolMode}`,
      '',
    ].join('\n'),
  );
  const running = spawn(program, ['--quiet', config], { ...user, cwd: '/', stdio: 'ignore' });
  await untilReady(running, port);
  const url = new URL(databaseUrl);
  url.port = String(port);
  return {
    url: url.href,
    async [Symbol.asyncDispose]() {
      const ended = once(running, 'exit');
      if (running.exitCode === null && running.kill('SIGKILL')) await ended;
      await rm(directory, { recursive: true });
    },
  };
}

async function untilReady(running: ChildProcess, port: number): Promise<void> {
  let failure: Error | undefined;
  running.once('error', (error) => {
    failure = error;
  });
  for (const deadline = Date.now() + startTimeoutMs; Date.now() < deadline;) {
    if (failure !== undefined) throw failure;
    if (running.exitCode !== null) throw new Error(`PgBouncer ended with code ${running.exitCode}`);
    if (await answers(port)) return;
    await delay(lookMs);
  }
  running.kill('SIGKILL');
  throw new Error('PgBouncer does not start');
}

async function answers(port: number): Promise<boolean> {
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
