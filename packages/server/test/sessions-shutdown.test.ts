import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { password } from './harness/gatehouse.ts';
import { inheritedEnvironment } from './inherited-environment.ts';
import { authorizedKeys, privateKey } from './sessions/servers.ts';
import { joinTerminal, type TestTerminal } from './sessions/terminal-client.ts';
import { addTestAccount, startSshd, type Sshd, type TestAccount } from './ssh-servers/sshd.ts';
import { temporaryDirectory } from './temporary-sqlite.ts';

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

/** The server as a process of its own, as `npm start` runs it. */
interface Process extends AsyncDisposable {
  readonly url: string;
  readonly process: ChildProcess;
  readonly call: (
    method: string,
    path: string,
    body?: object,
  ) => Promise<{ status: number; body: Record<string, unknown> }>;
}

async function startProcess(dataDir: string): Promise<Process> {
  const main = join(import.meta.dirname, '../src/main.ts');
  const environment = {
    ...inheritedEnvironment(),
    DATA_DIR: dataDir,
    PORT: '0',
    ADMIN_USERNAME: 'admin',
    ADMIN_PASSWORD: password,
    LOG_LEVEL: 'warn',
  };
  const child = spawn(process.execPath, [main], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString();
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', (code) => {
      reject(new Error(`the server ended with ${String(code)}: ${said}`));
    });
  });
  let token = '';
  const call: Process['call'] = async (method, path, body) => {
    const answer = await fetch(url + path, {
      method,
      headers: {
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  token = String((await call('POST', '/api/auth/login', { username: 'admin', password })).body['token']);
  return {
    url,
    process: child,
    call,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

async function addServer({ call }: Process): Promise<number> {
  const identity = { name: 'Key', type: 'ssh', username: account.username, sshKey: privateKey('ed25519-openssh.key') };
  const { body: made } = await call('PUT', '/api/identity', identity);
  const config = { ip: sshd.host, port: sshd.port };
  const { body: entry } = await call('PUT', '/api/entry', { name: 'server', config, identities: [made['id']] });
  await call('PUT', `/api/entry/${Number(entry['id'])}/host-keys`, { keys: sshd.hostKeys });
  return Number(entry['id']);
}

async function openTerminal(server: Process, entryId: number): Promise<TestTerminal> {
  const { body } = await server.call('POST', '/api/connection', { entryId });
  const terminal = await joinTerminal(server, { sessionId: Number(body['sessionId']), ticket: String(body['ticket']) });
  await terminal.frame('ready');
  return terminal;
}

/** How many sessions are logged in, or were. */
async function countStarted({ call }: Process): Promise<number> {
  const { body } = await call('GET', '/api/connection');
  return (body as unknown as { status: string }[]).filter(({ status }) => status === 'open' || status === 'ended')
    .length;
}

/** Creates identities until the server takes no more; adds the ids that it acknowledged. */
async function writeUntilRefused({ call }: Process, acknowledged: number[]): Promise<void> {
  for (;;) {
    try {
      const { status, body } = await call('PUT', '/api/identity', { name: 'Written', type: 'password', password: 'x' });
      if (status !== 200) return;
      acknowledged.push(Number(body['id']));
    } catch {
      // The connection was refused or broke: nothing was acknowledged.
      return;
    }
  }
}

describe('a server that is told to stop', () => {
  test('with 20 terminals, commands and writes under way drains, says good-bye and loses nothing', async () => {
    using data = temporaryDirectory();
    await using server = await startProcess(data.path);
    const entryId = await addServer(server);
    const terminals = await Promise.all(Array.from({ length: 20 }, () => openTerminal(server, entryId)));
    const short = server.call('POST', `/api/connection/${entryId}/exec`, { command: 'sleep 1; echo done' });
    const long = server.call('POST', `/api/connection/${entryId}/exec`, { command: 'sleep 60' });
    const acknowledged: number[] = [];
    const writing = Array.from({ length: 4 }, () => writeUntilRefused(server, acknowledged));
    await expect.poll(() => countStarted(server)).toBe(22);
    await expect.poll(() => acknowledged.length).toBeGreaterThan(10);

    const since = performance.now();
    const exited = once(server.process, 'exit');
    server.process.kill('SIGTERM');
    const closings = await Promise.all(terminals.map((terminal) => terminal.closed()));
    expect(closings).toEqual(terminals.map(() => ({ code: 1001, reason: 'the gateway is stopping' })));
    expect(await exited).toEqual([0, null]);
    expect(performance.now() - since).toBeLessThan(30_000);
    expect(await short).toMatchObject({ status: 200, body: { stdout: 'done\n' } });
    expect(await long).toMatchObject({ status: 503, body: { error: 'unavailable' } });

    await Promise.all(writing);
    await using again = await startProcess(data.path);
    const { body: list } = await again.call('GET', '/api/identity/list');
    const kept = new Set((list as unknown as { id: number }[]).map(({ id }) => id));
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
    const { body: sessions } = await again.call('GET', '/api/connection');
    const ended = (sessions as unknown as { status: string }[]).filter(({ status }) => status === 'ended');
    expect(ended).toHaveLength(22);
    expect((await again.call('GET', '/api/audit/verify')).body).toMatchObject({ firstBad: null });
  });

  test('does not wait for a socket whose other end has gone quiet', async () => {
    using data = temporaryDirectory();
    await using server = await startProcess(data.path);
    const entryId = await addServer(server);
    const terminal = await openTerminal(server, entryId);
    (terminal.socket as unknown as { _socket: { pause(): void } })._socket.pause();
    const since = performance.now();
    const exited = once(server.process, 'exit');
    server.process.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
    expect(performance.now() - since).toBeLessThan(30_000);
    terminal.socket.terminate();
  });
});

test('a server that was killed says so to the clients of its sessions when it is there again', async () => {
  using data = temporaryDirectory();
  await using server = await startProcess(data.path);
  const { sessionId } = await openTerminal(server, await addServer(server));
  const exited = once(server.process, 'exit');
  server.process.kill('SIGKILL');
  await exited;
  await using again = await startProcess(data.path);
  const rejoined = await again.call('POST', `/api/connection/${sessionId}/ticket`);
  expect(rejoined).toMatchObject({ status: 404, body: { error: 'not_found', messageCode: 'session_interrupted' } });
});
