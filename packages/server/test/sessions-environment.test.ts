import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestGatehouse, type Person, type TestGatehouse } from './harness/gatehouse.ts';
import { addEntry, authorizedKeys, keyIdentity } from './sessions/servers.ts';
import { openTerminal } from './sessions/terminal-client.ts';
import { addTestAccount, startSshd, type Sshd, type TestAccount } from './ssh-servers/sshd.ts';

describe('what the programs of a terminal are told', () => {
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

  async function terminalAt(server: Sshd, config: object) {
    const identities = [await keyIdentity(anna, account.username)];
    const terminal = await openTerminal(gatehouse, anna, {
      entryId: await addEntry(anna, server, { identities, config }),
    });
    await terminal.frame('ready');
    return terminal;
  }

  test('includes that input is UTF-8: in cooked mode a backspace deletes the whole of é', async () => {
    const terminal = await terminalAt(sshd, {});
    terminal.type('echo "<$TERM $(stty -a | grep -o -e "-*iutf8")>"\n');
    await terminal.says('<xterm-256color iutf8>');
    // `read` leaves editing to the terminal of the server, as sudo and many installers do.
    terminal.type('echo re$((1+1))ady; read -r line; printf %s "$line" | od -An -tx1\n');
    await terminal.says('re2ady');
    terminal.type('a\u00e9\x7fb\n');
    await terminal.says(/61 62\r/);
    terminal.type('exit\n');
    await terminal.closed();
  });

  test('includes the terminal type of the entry, and its locale if the server accepts it', async () => {
    const config = { term: 'vt100', locale: 'de_DE.UTF-8' };
    const accepting = await startSshd({ authorizedKeys, config: ['AcceptEnv LANG LC_*'] });
    try {
      const terminal = await terminalAt(accepting, config);
      terminal.type('echo "<$TERM $LANG>"\n');
      await terminal.says('<vt100 de_DE.UTF-8>');
      terminal.type('exit\n');
      await terminal.closed();
    } finally {
      await accepting[Symbol.asyncDispose]();
    }
    const terminal = await terminalAt(sshd, config);
    terminal.type('echo "<$TERM>" "${LANG/de_DE/refused}"\n');
    await terminal.says('<vt100>');
    expect(terminal.output()).not.toContain('refused.UTF-8');
    terminal.type('exit\n');
    await terminal.closed();
  });
});
