import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser, Page, WebSocketRoute } from 'playwright-core';
import type { Person, TestGatehouse } from '../../server/test/harness/gatehouse.ts';
import { addEntry, authorizedKeys, keyIdentity } from '../../server/test/sessions/servers.ts';
import { startSshd, type Sshd, type TestAccount } from '../../server/test/ssh-servers/sshd.ts';
import { expectAccessible, phone, visit } from './harness/browser.ts';
import { openServerRoom, type ServerRoom } from './harness/server-room.ts';

let room: ServerRoom;
let account: TestAccount;
let sshd: Sshd;
let gatehouse: TestGatehouse;
let browser: Browser;
let anna: Person;
let identity: number;

beforeAll(async () => {
  room = await openServerRoom();
  ({ account, sshd, gatehouse, browser } = room);
  anna = await gatehouse.person('anna');
  identity = await keyIdentity(anna, account.username, { name: 'Deploy key' });
  await addEntry(anna, sshd, { name: 'web-1', identities: [identity] });
});

afterAll(() => room[Symbol.asyncDispose]());

/** Finds a server in the tree and connects to it by the keyboard. */
async function connect(page: Page, server: string): Promise<void> {
  await page.goto('/servers');
  const find = page.getByRole('searchbox', { name: 'Search or user@host' });
  await find.fill(server);
  await page.getByRole('treeitem', { name: server }).first().waitFor();
  await find.press('Enter');
}

function screen(page: Page, name = 'web-1') {
  const pane = page.getByRole('region', { name: `Terminal on ${name}` });
  return { pane, rows: pane.locator('.xterm-rows'), input: pane.getByRole('textbox', { name: 'Terminal input' }) };
}

/** Types a command when the shell is there; its output must differ from itself. */
async function run(page: Page, command: string, output: string): Promise<void> {
  const { rows, input } = screen(page);
  await page.getByRole('link', { name: 'web-1 connected' }).waitFor();
  await rows.getByText('$').first().waitFor();
  await input.focus();
  await page.keyboard.type(`${command}\n`);
  await rows.getByText(output).first().waitFor();
}

test('a server opens in a terminal that outlives other screens, a reload and a lost connection', async () => {
  await using visitor = await visit(browser, gatehouse, { as: anna });
  const { page } = visitor;
  const sockets: WebSocketRoute[] = [];
  await page.routeWebSocket(/\/api\/ws\/session\//, (socket) => {
    sockets.push(socket);
    socket.connectToServer();
  });
  await connect(page, 'web-1');
  await run(page, 'echo fir$((40+2))st', 'fir42st');
  await page.getByText('Deploy key · ed25519').waitFor();
  await expectAccessible(page);

  await page.getByRole('link', { name: 'Identities' }).click();
  await page.getByRole('heading', { name: 'Identities' }).waitFor();
  await page.goBack();
  await run(page, 'echo sec$((40+2))ond', 'sec42ond');
  expect(sockets).toHaveLength(1);

  await page.reload();
  await run(page, 'echo thi$((40+2))rd', 'thi42rd');
  await screen(page).rows.getByText('fir42st').first().waitFor();
  expect(sockets).toHaveLength(2);

  await sockets[1]?.close({ code: 3001 });
  await page.getByText('Connection lost.').waitFor();
  await page.getByText('Connection lost.').waitFor({ state: 'detached' });
  await run(page, 'echo fou$((40+2))rth', 'fou42rth');
  const sessions = await anna.call('GET', '/api/connection?live=true');
  expect(sessions.body).toHaveLength(1);

  await page.getByRole('button', { name: 'Close web-1' }).click();
  await page.waitForURL('**/servers');
  await expect.poll(async () => (await anna.call('GET', '/api/connection?live=true')).body).toEqual([]);
  expect(visitor.faults).toEqual([]);
});

test('an unknown host key is refused unless the person trusts it, and a changed one stops everything', async () => {
  await using machine = await startSshd({ authorizedKeys });
  const entryId = await addEntry(anna, machine, { name: 'new-1', identities: [identity], pinned: false });
  await using visitor = await visit(browser, gatehouse, { as: anna });
  const { page } = visitor;
  await connect(page, 'new-1');
  await page.getByRole('heading', { name: 'Unknown host key' }).waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await page.getByText('is unknown').first().waitFor();
  expect((await anna.call('GET', `/api/entry/${entryId}/host-keys`)).at('keys')).toEqual([]);

  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('button', { name: 'Trust and connect' }).click();
  await screen(page, 'new-1').rows.getByText('$').first().waitFor();

  await machine.rotateHostKeys();
  await page.getByRole('button', { name: 'Terminal actions' }).click();
  await page.getByRole('menuitem', { name: 'Reconnect' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Reconnect' }).click();
  await page.getByRole('heading', { name: 'The host key has changed' }).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Replace pinned key…' }).click();
  await page.getByRole('textbox', { name: 'Type “127.0.0.1” to confirm' }).fill('127.0.0.1');
  await page.getByRole('button', { name: 'Replace key' }).click();
  await screen(page, 'new-1').rows.getByText('$').first().waitFor();
});

test('where nothing is stored, a person types what to log in with, and may keep it', async () => {
  const entryId = await addEntry(anna, sshd, { name: 'bare-1' });
  await using visitor = await visit(browser, gatehouse, { as: anna });
  const { page } = visitor;
  await connect(page, 'bare-1');
  await page.getByRole('textbox', { name: 'Username' }).fill(account.username);
  await page.getByLabel('Password', { exact: true }).last().fill('not this one');
  await page.getByRole('radio', { name: 'Save as identity' }).check();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByText('Check username and password').waitFor();
  // A login that failed stores nothing.
  expect((await anna.call('GET', `/api/entry/${entryId}`)).at('identities')).toEqual([]);

  // The same once more would be refused once more; the username is still there.
  await page.getByRole('button', { name: 'Enter again' }).click();
  expect(await page.getByRole('textbox', { name: 'Username' }).inputValue()).toBe(account.username);
  await page.getByLabel('Password', { exact: true }).last().fill(account.password);
  await page.getByRole('radio', { name: 'Save as identity' }).check();
  await page.getByRole('textbox', { name: 'Name of the identity' }).fill('Typed once');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await screen(page, 'bare-1').rows.getByText('$').first().waitFor();
  await page.getByText('Identity “Typed once” saved and linked to this server.').waitFor();
  const entry = await anna.call('GET', `/api/entry/${entryId}`);
  expect(entry.at('identities')).toHaveLength(1);
  const kept = await page.evaluate(() =>
    JSON.stringify([Object.entries(sessionStorage), Object.entries(localStorage)]),
  );
  expect(kept).toContain('bare-1');
  expect(kept).not.toContain(account.password);
});

test('sends a paste that is larger than a frame may be, all of it and in order', async () => {
  await using visitor = await visit(browser, gatehouse, {
    as: anna,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const { page } = visitor;
  await connect(page, 'web-1');
  // Without a line end, so that no question is asked; numbers, so that a piece that is missing or misplaced changes the sum.
  const text = Array.from({ length: 300_000 }, (_, index) => `${index}`.padStart(7, '0')).join('');
  const sum = createHash('sha256').update(text).digest('hex').slice(0, 32);
  await run(
    page,
    `stty raw -echo; echo rea$((40+2))dy; head -c ${text.length} | sha256sum | head -c 32; stty sane; echo`,
    'rea42dy',
  );
  await page.evaluate((pasted) => navigator.clipboard.writeText(pasted), text);
  await page.keyboard.press('Control+Shift+V');
  await screen(page).rows.getByText(sum).first().waitFor();
  expect(visitor.faults).toEqual([]);
});

test('asks before several lines are pasted and before a server writes the clipboard; what servers write stays text', async () => {
  await using visitor = await visit(browser, gatehouse, {
    as: anna,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const { page } = visitor;
  await connect(page, 'web-1');
  await run(page, "PS1='$ '; echo rea$((1+1))dy", 'rea2dy');
  await page.evaluate(() => navigator.clipboard.writeText('echo pas$((1+1))ted\necho mo$((1+1))re\n'));
  await page.getByRole('button', { name: 'Terminal actions' }).click();
  await page.getByRole('menuitem', { name: 'Paste' }).click();
  await page.getByRole('dialog', { name: 'Paste 2 lines?' }).getByRole('button', { name: 'Cancel' }).last().click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+Shift+V');
  await page.getByRole('dialog', { name: 'Paste 2 lines?' }).waitFor();
  await page.getByText('The last line ends with a line break').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Paste', exact: true }).click();
  const { rows } = screen(page);
  // The shell asked for bracketed pastes, so it waits for a person.
  await rows.getByText('echo mo$((1+1))re').waitFor();
  expect(await rows.getByText('pas2ted').count()).toBe(0);
  await page.keyboard.press('Enter');
  await rows.getByText('pas2ted').waitFor();

  await run(page, "printf '\\033]52;c;%s\\007' $(printf stolen | base64); echo as$((1+1))ked", 'as2ked');
  await page.getByRole('dialog', { name: 'Allow the server to write to your clipboard?' }).waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).last().click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).not.toContain('stolen');
  // Who was refused does not ask on and on.
  await run(page, "printf '\\033]52;c;%s\\007' $(printf again | base64); echo as$((1+2))ked", 'as3ked');
  expect(await page.getByRole('dialog').count()).toBe(0);

  await run(
    page,
    "printf '\\033]0;<img src=x onerror=alert(1)>\\342\\200\\256evil\\007'; echo ti$((1+1))tled",
    'ti2tled',
  );
  await page.getByRole('group', { name: 'Connection' }).getByText('<img src=x onerror=alert(1)>evil').waitFor();
  expect(visitor.faults).toEqual([]);
});

test('a flood of output leaves the page at work, and Ctrl+C ends it', async () => {
  await using visitor = await visit(browser, gatehouse, { as: anna });
  const { page } = visitor;
  await connect(page, 'web-1');
  await run(page, 'yes flo$((1+1))od', 'flo2od');
  await page.getByRole('button', { name: 'Terminal actions' }).click();
  await page.getByRole('menuitem', { name: 'Search' }).waitFor();
  await expectAccessible(page);
  await page.getByRole('menuitem', { name: 'Search' }).click();
  await page.getByRole('textbox', { name: 'Search' }).press('Escape');
  await screen(page).input.focus();
  await page.keyboard.press('Control+c');
  await run(page, 'echo ca$((1+1))lm', 'ca2lm');
});

test('panes share a tab, and a broadcast reaches all of them', async () => {
  await using visitor = await visit(browser, gatehouse, { as: anna });
  const { page } = visitor;
  await connect(page, 'web-1');
  await run(page, 'echo o$((1+1))ne', 'o2ne');
  for (const direction of ['Split right', 'Split down']) {
    await page.getByRole('button', { name: 'Split' }).click();
    await page.getByRole('menuitem', { name: direction }).click();
  }
  const panes = page.getByRole('region', { name: /^Terminal \d of 3, on web-1$/ });
  for (const index of [0, 1, 2]) await panes.nth(index).locator('.xterm-rows').getByText('$').first().waitFor();
  await page.getByRole('button', { name: 'Terminal actions' }).click();
  await page.getByRole('menuitem', { name: 'Broadcast input to all panes' }).click();
  await page.getByText('Input goes to all 3 panes').waitFor();
  await page.getByRole('menu').waitFor({ state: 'detached' });
  await expectAccessible(page);
  await panes.nth(0).getByRole('textbox').focus();
  await page.keyboard.type('echo ev$((1+1))ery\n');
  for (const index of [0, 1, 2]) await panes.nth(index).getByText('ev2ery').first().waitFor();

  const divider = page.getByRole('separator').first();
  const before = Number(await divider.getAttribute('aria-valuenow'));
  await divider.press('ArrowLeft');
  expect(Number(await divider.getAttribute('aria-valuenow'))).toBe(before - 2);
});

test('shows how a shell ended, starts anew by Enter, and lists what was and is', async () => {
  await using visitor = await visit(browser, gatehouse, { as: anna });
  const { page } = visitor;
  await connect(page, 'web-1');
  const { rows, input } = screen(page);
  await rows.getByText('$').first().waitFor();
  await input.focus();
  await page.keyboard.type('clear; echo; echo bef$((1+1))ore\n');
  await rows.getByText('bef2ore').waitFor();
  await page.keyboard.type('exit 3\n');
  await page.getByText('Exited with code 3').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('Exited with code 3').waitFor({ state: 'detached' });
  await run(page, 'echo ag$((1+1))ain', 'ag2ain');
  // The new shell goes on below what the old one wrote.
  expect(await rows.getByText('bef2ore').count()).toBe(1);

  await page.getByRole('link', { name: 'Sessions' }).click();
  await page
    .getByRole('row', { name: /web-1.*live/ })
    .first()
    .click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Open in tab' }).click();
  await screen(page).rows.getByText('ag2ain').first().waitFor();
  await page.goBack();
  await page.getByRole('button', { name: 'End session…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End session' }).click();
  await page.getByRole('complementary').getByText('ended', { exact: true }).waitFor();
  expect(visitor.faults).toEqual([]);
});

test('a phone has the keys that its keyboard lacks', async () => {
  await using visitor = await visit(browser, gatehouse, { as: anna, viewport: phone, hasTouch: true, isMobile: true });
  const { page } = visitor;
  await connect(page, 'web-1');
  const { rows, input } = screen(page);
  await rows.getByText('$').first().waitFor();
  await input.focus();
  await page.keyboard.type('sleep 100\n');
  await page.getByRole('button', { name: 'Ctrl', exact: true }).tap();
  await expectAccessible(page);
  await page.keyboard.type('c');
  await page.keyboard.type('echo interr$((1+1))upted\n');
  await rows.getByText('interr2upted').waitFor();
  await page.getByRole('button', { name: 'Up', exact: true }).tap();
  await rows.getByText('echo interr$((1+1))upted').nth(1).waitFor();

  // A finger has no Ctrl: it is asked.
  await page.keyboard.type('\nclear; echo http://else$((1+1))where.test/\n');
  const box = await rows.getByText('http://else2where.test/').first().boundingBox();
  await page.touchscreen.tap((box?.x ?? 0) + 20, (box?.y ?? 0) + 8);
  await page.getByRole('dialog', { name: 'Open this link?' }).getByRole('button', { name: 'Cancel' }).tap();

  await page.getByRole('button', { name: 'Show servers' }).click();
  await page.getByRole('dialog', { name: 'Servers' }).getByRole('treeitem', { name: 'web-1' }).first().waitFor();
  await page.keyboard.press('Escape');
});

test('a link that a server has written says where it leads, and only then opens', async () => {
  await using visitor = await visit(browser, gatehouse, { as: anna });
  const { page, context } = visitor;
  await context.route('http://elsewhere.test/**', (route) => route.fulfill({ body: 'elsewhere' }));
  await connect(page, 'web-1');
  const link = String.raw`\033]8;;http://elsewhere.test/a\033\\LIN%s\033]8;;\033\\`;
  const script = String.raw`\033]8;;javascript:alert(1)\033\\SCR%s\033]8;;\033\\`;
  await run(page, `clear; printf '${link} ${script}\\n' KED IPT; echo rea$((1+1))dy`, 'rea2dy');
  const { rows } = screen(page);
  // The emulator lays a plane over its rows that takes the clicks.
  const click = async (text: string, modifiers: readonly 'Control'[]) => {
    const box = await rows.getByText(text).last().boundingBox();
    if (box === null) throw new Error(`${text} does not show`);
    await page.mouse.move(box.x + 12, box.y + box.height / 2);
    for (const key of modifiers) await page.keyboard.down(key);
    await page.mouse.click(box.x + 12, box.y + box.height / 2);
    for (const key of modifiers) await page.keyboard.up(key);
  };
  await click('LINKED', []);
  await screen(page).pane.getByTitle('http://elsewhere.test/a (Ctrl + click)').waitFor();
  await click('SCRIPT', ['Control']);
  expect(await screen(page).pane.getByTitle('click').count()).toBe(0);
  expect(await page.getByRole('dialog').count()).toBe(0);
  await click('LINKED', ['Control']);
  const dialog = page.getByRole('dialog', { name: 'Open this link?' });
  await dialog.getByText('http://elsewhere.test/a').waitFor();
  await expectAccessible(page);
  const [opened] = await Promise.all([
    context.waitForEvent('page'),
    dialog.getByRole('button', { name: 'Open', exact: true }).click(),
  ]);
  expect(opened.url()).toBe('http://elsewhere.test/a');
  expect(await opened.evaluate(() => window.opener === null)).toBe(true);
  expect(visitor.faults).toEqual([]);
});

test('gives the keyboard back to the terminal after the palette, a dialog and a new name', async () => {
  await using visitor = await visit(browser, gatehouse, { as: anna });
  const { page } = visitor;
  await connect(page, 'web-1');
  await run(page, 'echo rea$((1+1))dy', 'rea2dy');
  const { input } = screen(page);
  const hasKeyboard = () => input.evaluate((field) => field === document.activeElement);
  await page.keyboard.press('Control+Shift+K');
  await page.getByRole('dialog', { name: 'Command palette' }).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(hasKeyboard).toBe(true);

  await page.getByRole('button', { name: 'Terminal actions' }).click();
  await page.getByRole('menuitem', { name: 'Rename tab' }).click();
  await page.getByRole('textbox', { name: 'Tab name' }).fill('the first');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'the first' }).waitFor();
  await expect.poll(hasKeyboard).toBe(true);
  // The rail shows where one is.
  expect(await page.getByRole('link', { name: 'Servers' }).first().getAttribute('data-holds-page')).toBe('true');
});
