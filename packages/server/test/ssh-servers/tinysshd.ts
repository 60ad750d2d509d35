import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { listen } from './tcp-server.ts';
import type { TestServer } from './sshd.ts';

const run = promisify(execFile);

/** Starts tinysshd, which knows one cipher and, in Debian 12, no strict key exchange. It looks into the account's own authorized_keys. Needs root. */
export async function startTinysshd(): Promise<TestServer> {
  const directory = await mkdtemp(join(tmpdir(), 'tinysshd-'));
  const keys = join(directory, 'keys');
  await run('/usr/sbin/tinysshd-makekey', ['-q', keys]);
  const { stdout } = await run('/usr/sbin/tinysshd-printkey', [keys]);
  const hostKey = /ssh-ed25519 \S+/.exec(stdout)?.[0];
  if (hostKey === undefined) throw new Error('tinysshd-printkey printed no public key');
  const line = await listen((socket) => {
    // It serves one connection on its standard input and output.
    const daemon = spawn('/usr/sbin/tinysshd', ['-q', keys], { stdio: ['pipe', 'pipe', 'ignore'] });
    daemon.stdin.on('error', () => undefined);
    socket.pipe(daemon.stdin);
    daemon.stdout.pipe(socket);
    socket.on('close', () => daemon.kill());
  });
  return {
    host: '127.0.0.1',
    port: line.port,
    hostKeys: [hostKey],
    async [Symbol.asyncDispose]() {
      await line[Symbol.asyncDispose]();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
