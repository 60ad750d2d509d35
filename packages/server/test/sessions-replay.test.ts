import { Terminal } from '@xterm/xterm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestGatehouse, type Person, type TestGatehouse } from './harness/gatehouse.ts';
import { addEntry, authorizedKeys, keyIdentity } from './sessions/servers.ts';
import { openTerminal, rejoinTerminal, type TestTerminal } from './sessions/terminal-client.ts';
import { addTestAccount, startSshd, type Sshd, type TestAccount } from './ssh-servers/sshd.ts';

const KiB = 1024;
const size = { cols: 80, rows: 24 };
const patience = { timeout: 60_000 };

/**
 * A full-screen program: it enters the alternate screen with the modes of an editor, prints this many KiB in the middle of which a drawing is, draws
 * its screen when its size changes, and leaves at a key.
 */
const fullScreenProgram = (kib: number) => `
draw() { printf '\\033[2J'; for row in 1 2 3 4 5; do printf '\\033[%d;1H\\033[7mröw %d\\033[m' $row $row; done; }
trap draw WINCH
printf '\\033[?1049h\\033[?1h\\033=\\033[?2004h\\033[?25l'
draw
head -c ${kib * KiB} /dev/zero | tr '\\0' 'x' | sed 's/x\\{8\\}/\\x1b[12;40H\\x1b[32mé\\x1b[m/g'
printf '\\033[9;1Hp%s' rinted
while ! read -rsn1 -t 1 key; do :; done
printf '\\033[?1l\\033>\\033[?2004l\\033[?25h\\033[?1049l'
`;

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

/** A terminal in which the shell has printed some lines, and then started this script. */
async function openWith(script: string): Promise<TestTerminal> {
  const terminal = await openTerminal(gatehouse, anna, { entryId, ...size });
  await terminal.frame('ready');
  const encoded = Buffer.from(script).toString('base64');
  terminal.type(`PS1='$ '; bind 'set enable-bracketed-paste off'; seq 1 40; echo ${encoded} | base64 -d > program\n`);
  await terminal.says('40\r\n');
  terminal.type('seq 41 50; bash program\n');
  return terminal;
}

/** What a browser shows that has got this output. */
async function shownBy(terminal: TestTerminal): Promise<Terminal> {
  const screen = new Terminal({ ...size, scrollback: 1_000, allowProposedApi: true, logLevel: 'off' });
  await new Promise<void>((resolve) => {
    screen.write(terminal.output(), resolve);
  });
  return screen;
}

function textOf({ buffer: { active } }: Terminal): string {
  const lines = Array.from({ length: active.length }, (_, at) => active.getLine(at)?.translateToString(true) ?? '');
  return lines.join('\n').trimEnd();
}

const rows = [1, 2, 3, 4, 5].map((row) => `röw ${row}`).join('\n');

test('a program in the alternate screen that printed a lot is there for a client that joins again, and so is the shell', async () => {
  const stayed = await openWith(fullScreenProgram(256));
  await stayed.says('\u001B[9;1Hprinted');
  expect(stayed.received()).toBeGreaterThan(512 * KiB);

  const joined = await rejoinTerminal(gatehouse, anna, stayed.sessionId);
  await expect.poll(async () => textOf(await shownBy(joined)), patience).toContain(rows);
  const screen = await shownBy(joined);
  expect(joined.output()).not.toContain('\uFFFD');
  expect(screen.buffer.active.type).toBe('alternate');
  expect(screen.modes).toMatchObject({
    applicationCursorKeysMode: true,
    applicationKeypadMode: true,
    bracketedPasteMode: true,
  });

  joined.type('q');
  await joined.says('\u001B[?1049l$ ');
  const after = await shownBy(joined);
  expect(after.buffer.active.type).toBe('normal');
  expect(after.modes).toMatchObject({ applicationCursorKeysMode: false, bracketedPasteMode: false });
  const shell = Array.from({ length: 10 }, (_, at) => at + 41).join('\n');
  expect(textOf(after)).toContain(`${shell}\n$`);
  expect(textOf(after)).toContain('\n39\n40\n');
  await anna.call('DELETE', `/api/connection/${stayed.sessionId}`);
});

test('a program that fits is shown without drawing its screen again', async () => {
  const stayed = await openWith(fullScreenProgram(1));
  await stayed.says('\u001B[9;1Hprinted');
  const before = textOf(await shownBy(stayed));
  const joined = await rejoinTerminal(gatehouse, anna, stayed.sessionId);
  await joined.says('\u001B[9;1Hprinted');
  expect(textOf(await shownBy(joined))).toBe(before);
  joined.type('q');
  await joined.says('\u001B[?1049l$ ');
  await anna.call('DELETE', `/api/connection/${stayed.sessionId}`);
});
