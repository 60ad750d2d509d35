import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestGatehouse } from './harness/gatehouse.ts';
import { addEntry, authorizedKeys, keyIdentity } from './sessions/servers.ts';
import { openTerminal } from './sessions/terminal-client.ts';
import { addTestAccount, startSshd, type Sshd, type TestAccount } from './ssh-servers/sshd.ts';

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

test('a terminal ends in which nothing happens for too long', async () => {
  let aheadMs = 0;
  await using gatehouse = await startTestGatehouse({
    environment: { TERMINAL_IDLE_MINUTES: '5' },
    now: () => new Date(Date.now() + aheadMs),
  });
  const anna = await gatehouse.person('anna');
  const entryId = await addEntry(anna, sshd, { identities: [await keyIdentity(anna, account.username)] });
  const terminal = await openTerminal(gatehouse, anna, { entryId });
  await terminal.frame('ready');
  await terminal.says('$');
  aheadMs = 6 * 60_000;
  expect(await terminal.closed()).toEqual({ code: 4002, reason: 'the idle timeout was reached' });
});

test('a terminal ends that was open for too long, however busy', async () => {
  let aheadMs = 0;
  await using gatehouse = await startTestGatehouse({
    environment: { TERMINAL_ABSOLUTE_HOURS: '2' },
    now: () => new Date(Date.now() + aheadMs),
  });
  const anna = await gatehouse.person('anna');
  const entryId = await addEntry(anna, sshd, { identities: [await keyIdentity(anna, account.username)] });
  const terminal = await openTerminal(gatehouse, anna, { entryId });
  await terminal.frame('ready');
  aheadMs = 119 * 60_000;
  terminal.type('echo still$((1+1))there\n');
  await terminal.says('still2there');
  aheadMs = 121 * 60_000;
  expect(await terminal.closed()).toEqual({ code: 4002, reason: 'the maximum session duration was reached' });
});
