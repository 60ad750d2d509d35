import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestGatehouse, type Person, type TestGatehouse } from './harness/gatehouse.ts';
import { addEntry, addIdentity, authorizedKeys, exec, keyIdentity } from './sessions/servers.ts';
import { openTerminal } from './sessions/terminal-client.ts';
import { startHostile } from './ssh-servers/hostile.ts';
import { addTestAccount, startSshd, type Sshd, type TestAccount } from './ssh-servers/sshd.ts';

let account: TestAccount;
let sshd: Sshd;
let gatehouse: TestGatehouse;
let anna: Person;

beforeAll(async () => {
  account = await addTestAccount();
  sshd = await startSshd({ authorizedKeys });
  gatehouse = await startTestGatehouse();
  anna = await gatehouse.person('anna');
});

afterAll(async () => {
  await gatehouse[Symbol.asyncDispose]();
  await sshd[Symbol.asyncDispose]();
  await account[Symbol.asyncDispose]();
});

describe('a terminal asks', () => {
  test('as many questions at once as a server may ask', async () => {
    const prompts = Array.from({ length: 20 }, (_, index) => ({ prompt: `Digit ${index}`, echo: true }));
    const digits = prompts.map((_, index) => String(index));
    await using server = await startHostile({
      methods: ['keyboard-interactive'],
      converse: async (ask) => (await ask(prompts)).join() === digits.join(),
      onChannel: (channel) => channel.write('welcome'),
    });
    const entryId = await addEntry(anna, server, {
      identities: [await addIdentity(anna, { type: 'password', username: 'anna', password: 'the secret' })],
    });
    const terminal = await openTerminal(gatehouse, anna, { entryId });
    await terminal.answer(...digits);
    await terminal.says('welcome');
    await anna.call('DELETE', `/api/connection/${terminal.sessionId}`);
  });

  test('for the password after the server refused the stored one, and stores nothing', async () => {
    const stored = { type: 'password', username: account.username, password: 'out of date' };
    const entryId = await addEntry(anna, sshd, { identities: [await addIdentity(anna, stored)] });
    const terminal = await openTerminal(gatehouse, anna, { entryId });
    await terminal.answer(account.password);
    await terminal.frame('ready');
    terminal.type('exit\n');
    await terminal.closed();
    expect(await exec(anna, entryId, 'true')).toMatchObject({ status: 502, body: { error: 'login_failed' } });
  });

  test('for the password that a server requires besides the key of an identity', async () => {
    await using both = await startSshd({ authorizedKeys, config: ['AuthenticationMethods publickey,password'] });
    const entryId = await addEntry(anna, both, { identities: [await keyIdentity(anna, account.username)] });
    const terminal = await openTerminal(gatehouse, anna, { entryId });
    expect(await terminal.question()).toMatchObject({
      kind: 'credential',
      prompts: [{ text: 'Password', echo: false }],
    });
    terminal.tell({ t: 'answer', id: 1, values: [account.password] });
    await terminal.frame('ready');
    terminal.type('exit\n');
    await terminal.closed();
  });
});
