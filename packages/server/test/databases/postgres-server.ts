import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { freePort } from '../free-port.ts';
import { preparePostgresFiles } from './postgres-files.ts';
import type { PostgresFiles } from './postgres-files.ts';

const startTimeoutMs = 180_000;
const stopTimeoutMs = 5_000;
const portTries = 3;

/** A running PostgreSQL; `stop` ends it and removes its files. */
export interface PostgresServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

interface Options {
  /** Whether a commit waits for the disk, as where the data matters; tests throw theirs away. */
  readonly isDurable?: boolean;
  /** PEM, of a server that offers TLS. */
  readonly tls?: { readonly certificate: string; readonly key: string };
}

type Settings = Readonly<Record<string, string | number>>;

/** Starts PostgreSQL with empty data on a free port of the loopback interface. */
export async function startPostgres({ isDurable = false, tls }: Options = {}): Promise<PostgresServer> {
  const files = await preparePostgresFiles();
  try {
    const password = randomBytes(16).toString('hex');
    await initialise(files, password);
    if (tls !== undefined) {
      await writeOwned(files, 'data/server.crt', tls.certificate);
      await writeOwned(files, 'data/server.key', tls.key);
    }
    const { port, server } = await launch(files, { ssl: tls === undefined ? 'off' : 'on', ...durability(isDurable) });
    return {
      url: `postgres://gatehouse:${password}@127.0.0.1:${port}/postgres`,
      stop: async () => {
        await end(server);
        await files.remove();
      },
    };
  } catch (error) {
    await files.remove();
    throw error;
  }
}

/** Data that is thrown away does not have to survive a power cut. */
function durability(isDurable: boolean): Settings {
  return isDurable ? {} : { fsync: 'off', full_page_writes: 'off' };
}

/** A file in the folder that only the server may read. */
async function writeOwned({ folder, user }: PostgresFiles, name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content, { mode: 0o600 });
  if (user !== undefined) await chown(path, user.uid, user.gid);
  return path;
}

async function initialise(files: PostgresFiles, password: string): Promise<void> {
  const { folder, user, programs } = files;
  const passwordFile = await writeOwned(files, 'password', password);
  const options = [
    `--pgdata=${join(folder, 'data')}`,
    '--username=gatehouse',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ];
  await promisify(execFile)(join(programs, 'initdb'), options, { ...user, cwd: folder, timeout: startTimeoutMs });
}

/** Another program may take the free port before PostgreSQL does, so it gets a few tries. */
async function launch(files: PostgresFiles, more: Settings): Promise<{ port: number; server: ChildProcess }> {
  let output = '';
  for (let tries = 0; tries < portTries; tries++) {
    const port = await freePort();
    const server = spawnServer(files, { ...more, port });
    output = await untilReady(server);
    if (isRunning(server)) return { port, server };
  }
  throw new Error(`PostgreSQL for the tests does not start:\n${output}`);
}

function spawnServer({ folder, user, programs }: PostgresFiles, more: Settings): ChildProcess {
  const settings = {
    ...more,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    autovacuum: 'off',
    jit: 'off',
    wal_level: 'minimal',
    max_wal_senders: 0,
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return spawn(join(programs, 'postgres'), ['-D', join(folder, 'data'), ...options], {
    ...user,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** Resolves, with what the server has logged, when it accepts connections or has ended. */
async function untilReady(server: ChildProcess): Promise<string> {
  const { stderr } = server;
  if (stderr === null) throw new Error('The log of PostgreSQL is not connected.');
  const timer = setTimeout(() => server.kill('SIGQUIT'), startTimeoutMs);
  const lines: string[] = [];
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).once('close', () => {
      resolve();
    });
    createInterface({ input: stderr }).on('line', (line) => {
      lines.push(line);
      if (line.includes('ready to accept connections')) resolve();
    });
  }).finally(() => {
    clearTimeout(timer);
  });
  return lines.join('\n');
}

async function end(server: ChildProcess): Promise<void> {
  if (!isRunning(server)) return;
  const ended = once(server, 'exit');
  server.kill('SIGINT');
  const timer = setTimeout(() => server.kill('SIGQUIT'), stopTimeoutMs);
  await ended;
  clearTimeout(timer);
}

function isRunning(server: ChildProcess): boolean {
  return server.exitCode === null && server.signalCode === null;
}
