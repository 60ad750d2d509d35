import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestGatehouse, type Person, type TestGatehouse } from './harness/gatehouse.ts';
import { addEntry, authorizedKeys, keyIdentity } from './sessions/servers.ts';
import { openTerminal, rejoinTerminal } from './sessions/terminal-client.ts';
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

  test('includes the byte of the backspace key: in cooked mode it deletes, whatever the server takes for it', async () => {
    for (const [backspace, erase] of [
      ['del', '^?'],
      ['ctrl-h', '^H'],
    ] as const) {
      const terminal = await terminalAt(sshd, { backspace });
      terminal.type('stty -a | grep -o "erase = [^;]*"\n');
      await terminal.says(`erase = ${erase}`);
      terminal.type('echo re$((1+1))ady; read -r line; printf %s "$line" | od -An -tx1\n');
      await terminal.says('re2ady');
      terminal.type('ax\x7fb\n');
      await terminal.says(/61 62\r/);
      terminal.type('stty raw -echo; echo ra$((1+1))w; head -c 1 | od -An -tx1; stty sane\n');
      await terminal.says('ra2w');
      terminal.type('\x7f');
      await terminal.says(backspace === 'del' ? ' 7f' : ' 08');
      terminal.type('exit\n');
      await terminal.closed();
    }
  });

  test('includes the character set: the client sends and gets UTF-8, also in what it missed', async () => {
    for (const [charset, text, hex, written] of [
      ['iso-8859-1', 'ä', 'e4', "'\\344'"],
      ['euc-jp', '語', 'b8 ec', "'\\270' '\\354'"],
      ['gb18030', '😀', '94 39 fc 36', "'\\224' '\\071' '\\374' '\\066'"],
    ] as const) {
      const terminal = await terminalAt(sshd, { charset });
      terminal.type('stty -a | grep -o -e "-*iutf8"; stty raw -echo; echo re$((1+1))ady\n');
      await terminal.says('re2ady');
      expect(terminal.output()).toContain('-iutf8');
      terminal.type(`head -c ${hex.split(' ').length} | od -An -tx1\n`);
      // A character whose bytes come in two frames.
      const bytes = Buffer.from(text);
      await delay(500);
      terminal.socket.send(bytes.subarray(0, 1));
      terminal.socket.send(bytes.subarray(1));
      await terminal.says(` ${hex}`);
      terminal.type(`for byte in ${written}; do printf "$byte"; sleep 0.1; done; echo do$((1+1))ne\n`);
      await terminal.says('do2ne');
      expect(terminal.output()).toContain(text);
      expect(terminal.output()).not.toContain('\uFFFD');
      const again = await rejoinTerminal(gatehouse, anna, terminal.sessionId);
      await again.says(text);
      again.type('exit\n');
      await again.closed();
    }
  });
});
