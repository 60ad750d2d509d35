import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestGatehouse, type Person, type TestGatehouse } from './harness/gatehouse.ts';
import { addEntry, authorizedKeys, keyIdentity } from './sessions/servers.ts';
import { openTerminal, rejoinTerminal, type TestTerminal } from './sessions/terminal-client.ts';
import { addTestAccount, startSshd, type Sshd, type TestAccount } from './ssh-servers/sshd.ts';

let account: TestAccount;
let sshd: Sshd;
let gatehouse: TestGatehouse;
let anna: Person;
let entryId: number;

beforeAll(async () => {
  account = await addTestAccount();
  sshd = await startSshd({ authorizedKeys });
  gatehouse = await startTestGatehouse();
  anna = await gatehouse.person('anna');
  entryId = await addEntry(anna, sshd, { identities: [await keyIdentity(anna, account.username)] });
});

afterAll(async () => {
  await gatehouse[Symbol.asyncDispose]();
  await sshd[Symbol.asyncDispose]();
  await account[Symbol.asyncDispose]();
});

test('answers pings with the input it has taken, over all sockets of a stream', async () => {
  const first = await openTerminal(gatehouse, anna, { entryId });
  await first.frame('ready');
  first.tell({ t: 'ping', id: 1, stream: 'my-stream' });
  first.type('echo on$((1+1))ce; ');
  first.tell({ t: 'ping', id: 2, stream: 'my-stream' });
  const pongs = (terminal: TestTerminal) => terminal.frames.filter(({ t }) => t === 'pong');
  await expect
    .poll(() => pongs(first), { timeout: 30_000 })
    .toEqual([
      { t: 'pong', id: 1, input: 0 },
      { t: 'pong', id: 2, input: 19 },
    ]);
  const second = await rejoinTerminal(gatehouse, anna, first.sessionId);
  await second.frame('ready');
  first.type('this is too late');
  second.tell({ t: 'ping', id: 3, stream: 'my-stream' });
  await expect.poll(() => pongs(second), { timeout: 30_000 }).toEqual([{ t: 'pong', id: 3, input: 19 }]);
  second.type('\n');
  second.tell({ t: 'ping', id: 4, stream: 'another-one' });
  await expect.poll(() => pongs(second).at(-1), { timeout: 30_000 }).toEqual({ t: 'pong', id: 4, input: 0 });
  await second.says('on2ce');
  second.type('exit\n');
  await second.closed();
});

test('tells a client that is not read, because the program takes no input, that it is still there', async () => {
  const terminal = await openTerminal(gatehouse, anna, { entryId });
  await terminal.frame('ready');
  terminal.type('stty -echo -icanon; echo re$((1+1))ady; sleep 600\n');
  await terminal.says('re2ady');
  terminal.tell({ t: 'ping', id: 1 });
  for (let sent = 0; sent < 256; sent += 1) terminal.type('x'.repeat(64 * 1024));
  terminal.tell({ t: 'ping', id: 2 });
  const ids = () => terminal.frames.flatMap((frame) => (frame.t === 'pong' ? [frame.id] : []));
  await expect.poll(ids, { timeout: 30_000 }).toEqual([1, 1, 1]);
  terminal.socket.terminate();
  await anna.call('DELETE', `/api/connection/${terminal.sessionId}`);
}, 60_000);
