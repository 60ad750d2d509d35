import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { say } from '@gatehouse/contract/messages/message';
import { utils, Client, Server, type ClientChannel } from 'ssh2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { Terminal } from '../src/features/sessions/kinds/terminal/terminal.ts';
import type { SessionEnd } from '../src/features/sessions/registry/outcome.ts';
import { overSshChannel } from '../src/features/sessions/transports/ssh-channel/ssh-channel-sink.ts';
import { overWebSocket } from '../src/features/sessions/transports/websocket/websocket-sink.ts';
import { createLogger } from '../src/kernel/logger.ts';
import { logIn } from '../src/protocols/ssh/login.ts';
import { loginOptions, makeHop, pinned } from './ssh-servers/login.ts';
import { makeKey } from './ssh-servers/signing-key.ts';
import { addTestAccount, startSshd, type Sshd, type TestAccount } from './ssh-servers/sshd.ts';

const key = makeKey('ed25519');
const patience = { timeout: 30_000 };
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

/** A terminal on the real server, and how it ended. */
function openTerminal(): Disposable & { readonly terminal: Terminal; readonly ends: SessionEnd[] } {
  const ends: SessionEnd[] = [];
  const hop = makeHop({ username: account.username, port: sshd.port, hostKeys: pinned(sshd.hostKeys), key });
  const terminal = new Terminal({
    id: 7,
    environment: { term: 'xterm-256color' },
    characters: { charset: 'utf-8', backspace: 'del' },
    size: { cols: 80, rows: 24 },
    resumeMs: () => 60_000,
    now: () => new Date(),
    logger: createLogger('silent'),
    connect: ({ onStep = () => undefined, signal }) => logIn(loginOptions(hop, { interaction: { onStep }, signal })),
    onEnd: (end) => ends.push(end),
  });
  return {
    terminal,
    ends,
    [Symbol.dispose]: () => {
      terminal.end({ cause: 'person', why: say('ended_by_person') });
    },
  };
}

/** A client of a session, and all that it got. */
interface TestClient extends AsyncDisposable {
  readonly said: () => string;
  readonly type: (text: string) => void;
}

/** Joins over a real WebSocket, as the web app does. */
async function joinByWebSocket(terminal: Terminal): Promise<TestClient & { readonly controls: string[] }> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  server.once('connection', (socket) => {
    terminal.join(overWebSocket(socket));
  });
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  let said = '';
  const controls: string[] = [];
  client.on('message', (data: Buffer, isBinary: boolean) => {
    if (!isBinary) controls.push(data.toString());
    else {
      said += data.toString();
      client.send(JSON.stringify({ t: 'ack', bytes: data.length }));
    }
  });
  await once(client, 'open');
  return {
    said: () => said,
    controls,
    type: (text) => {
      client.send(Buffer.from(text));
    },
    async [Symbol.asyncDispose]() {
      client.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}

interface SshClient extends TestClient {
  readonly shell: ClientChannel;
  readonly happened: unknown[];
}

/** Joins over the channel of an SSH server in this process, as a native client will. */
async function joinBySsh(terminal: Terminal): Promise<SshClient> {
  const { private: hostKey } = utils.generateKeyPairSync('ed25519');
  const server = new Server({ hostKeys: [hostKey] }, (connection) => {
    connection.on('error', () => undefined);
    connection.on('authentication', (context) => {
      context.accept();
    });
    connection.on('session', (accept) => {
      const session = accept();
      session.on('pty', (acceptPty) => {
        acceptPty();
      });
      session.on('shell', (acceptShell) => {
        terminal.join(overSshChannel(session, acceptShell()), 'beside');
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new Client();
  client.connect({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, username: 'anyone' });
  await once(client, 'ready');
  const shell = await new Promise<ClientChannel>((resolve, reject) => {
    client.shell({ cols: 80, rows: 24 }, (error, channel) => {
      if (error === undefined) resolve(channel);
      else reject(error);
    });
  });
  let said = '';
  const happened: unknown[] = [];
  shell.on('data', (data: Buffer) => (said += data.toString()));
  shell.on('exit', (code: unknown) => happened.push(['exit', code]));
  shell.on('close', () => happened.push('close'));
  return {
    said: () => said,
    type: (text) => shell.write(text),
    shell,
    happened,
    async [Symbol.asyncDispose]() {
      client.end();
      server.close();
      await once(server, 'close');
    },
  };
}

test('a terminal is joined over an SSH channel and a WebSocket at once', { timeout: 120_000 }, async () => {
  using opened = openTerminal();
  const { terminal } = opened;
  await using web = await joinByWebSocket(terminal);
  await expect.poll(web.said, patience).toContain('$');
  await using ssh = await joinBySsh(terminal);

  // What the shell printed before, and what either of them types from now on, reaches both.
  await expect.poll(ssh.said, patience).toContain('$');
  ssh.type('echo from-$((40+1))\n');
  await expect.poll(() => [web.said(), ssh.said()].every((said) => said.includes('from-41')), patience).toBe(true);
  web.type('echo from-$((40+2))\n');
  await expect.poll(() => [web.said(), ssh.said()].every((said) => said.includes('from-42')), patience).toBe(true);

  ssh.shell.setWindow(33, 101, 0, 0);
  web.type('until [ "$(stty size)" = "33 101" ]; do sleep 0.1; done; echo size-$((32+1))\n');
  await expect.poll(ssh.said, patience).toContain('size-33');

  // More than any window holds: each of them gets all of it.
  web.type('head -c 3000000 /dev/zero | tr "\\0" x; echo; echo all-$((40+3))\n');
  await expect.poll(() => [web.said(), ssh.said()].every((said) => said.includes('all-43')), patience).toBe(true);
  expect(web.said().match(/x{1000}/g)).toHaveLength(3000);
  expect(ssh.said().match(/x{1000}/g)).toHaveLength(3000);
});

test('its end closes the channel with the exit status', { timeout: 120_000 }, async () => {
  using opened = openTerminal();
  const { terminal, ends } = opened;
  await using web = await joinByWebSocket(terminal);
  await using ssh = await joinBySsh(terminal);
  await expect.poll(ssh.said, patience).toContain('$');
  ssh.type('echo good-$((40+4)); exit 7\n');
  await expect.poll(() => ssh.happened, patience).toEqual([['exit', 7], 'close']);
  expect(ssh.said()).toContain('good-44');
  await expect.poll(() => web.controls.at(-1), patience).toBe(JSON.stringify({ t: 'exit', code: 7, signal: null }));
  expect(ends).toMatchObject([{ opened: true, exit: { code: 7, signal: null }, why: say('ended_by_shell') }]);
});

test('a channel that its client closes leaves the others joined', { timeout: 120_000 }, async () => {
  using opened = openTerminal();
  const { terminal, ends } = opened;
  await using web = await joinByWebSocket(terminal);
  await using ssh = await joinBySsh(terminal);
  await expect.poll(ssh.said, patience).toContain('$');
  ssh.shell.close();
  await expect.poll(() => ssh.happened, patience).toContain('close');
  web.type('echo still-$((40+5))\n');
  await expect.poll(web.said, patience).toContain('still-45');
  expect(ends).toEqual([]);
  terminal.end({ cause: 'person', why: say('ended_by_person') });
  expect(ends).toHaveLength(1);
});
