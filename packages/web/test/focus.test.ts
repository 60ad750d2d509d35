import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person, TestGatehouse } from '../../server/test/harness/gatehouse.ts';
import { addEntry, keyIdentity } from '../../server/test/sessions/servers.ts';
import { visit } from './harness/browser.ts';
import { openServerRoom, type ServerRoom } from './harness/server-room.ts';

let room: ServerRoom;
let gatehouse: TestGatehouse;
let browser: Browser;
let anna: Person;

beforeAll(async () => {
  room = await openServerRoom();
  ({ gatehouse, browser } = room);
  anna = await gatehouse.person('anna');
  const identity = await keyIdentity(anna, room.account.username, { name: 'Deploy key' });
  for (const name of ['web-1', 'web-2', 'db-1']) await addEntry(anna, room.sshd, { name, identities: [identity] });
});

afterAll(() => room[Symbol.asyncDispose]());

const shell = (page: Page, name: string) =>
  page.getByRole('region', { name, exact: true }).locator('.xterm-rows').getByText('$').first();

async function connect(page: Page, name: string): Promise<void> {
  await page.getByRole('treeitem', { name }).first().dblclick();
  await shell(page, `Terminal on ${name}`).waitFor();
}

/** What has the focus: the terminal, or the role and the name of the element. */
async function focus(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { activeElement: active } = document;
    if (active === null || active === document.body) return 'nothing';
    if (active.classList.contains('xterm-helper-textarea')) return 'terminal';
    const isSeen = active.checkVisibility() && active.closest('[inert], [aria-hidden="true"]') === null;
    return isSeen ? `${active.tagName} ${active.getAttribute('aria-label') ?? active.textContent}` : 'something hidden';
  });
}

/** Waits until the focus is where it should be and stays there. */
async function expectFocus(page: Page, expected: string | RegExp): Promise<void> {
  const matcher = typeof expected === 'string' ? (is: string) => is === expected : (is: string) => expected.test(is);
  await expect.poll(async () => matcher(await focus(page)) || (await focus(page)), { timeout: 30_000 }).toBe(true);
  // Nothing that closes later takes it away again.
  await page.waitForTimeout(400);
  expect(await focus(page)).toMatch(expected);
}

/** Chooses an item of a menu that the button opens. */
async function choose(page: Page, button: Locator, item: string): Promise<void> {
  await page.getByRole('menu').waitFor({ state: 'detached' });
  await button.click();
  await page.getByRole('menuitem', { name: item }).click();
}

test('after every item of the menus of a terminal the keyboard is in the terminal, or in what the item opened', async () => {
  await using visitor = await visit(browser, gatehouse, {
    as: anna,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const { page } = visitor;
  await page.goto('/servers');
  await connect(page, 'web-1');
  const actions = page.getByRole('button', { name: 'Terminal actions' });
  const split = page.getByRole('button', { name: 'Split' });

  for (const item of [
    'Paste',
    'Clear screen',
    'Download as text',
    'Notify when done',
    'Cancel “Notify when done”',
    'Duplicate',
  ]) {
    await choose(page, actions, item);
    await expectFocus(page, 'terminal');
  }
  await choose(page, actions, 'Search');
  await expectFocus(page, /^INPUT Search$/);
  await page.keyboard.press('Escape');
  await expectFocus(page, 'terminal');
  await choose(page, actions, 'Rename tab');
  await expectFocus(page, /^INPUT Tab name$/);
  await page.keyboard.press('Escape');
  await expectFocus(page, 'terminal');
  for (const item of ['Move tab left', 'Move tab right']) {
    await choose(page, actions, item);
    await expectFocus(page, 'terminal');
  }
  for (const item of ['Reconnect', 'End session…']) {
    await choose(page, actions, item);
    await expectFocus(page, /^BUTTON Cancel$/);
    await page.keyboard.press('Escape');
    await expectFocus(page, 'terminal');
  }
  await actions.click();
  await page.keyboard.press('Escape');
  await expectFocus(page, 'terminal');

  for (const [item, name] of [
    ['Split right', 'Terminal 2 of 2, on web-1'],
    ['Split down', 'Terminal 3 of 3, on web-1'],
  ] as const) {
    await choose(page, split, item);
    await shell(page, name).waitFor();
    await expectFocus(page, 'terminal');
  }
  await choose(page, split, 'web-1');
  await shell(page, 'Terminal 4 of 4, on web-1').waitFor();
  await expectFocus(page, 'terminal');
  await choose(page, actions, 'Broadcast input to all panes');
  await expectFocus(page, 'terminal');
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expectFocus(page, 'terminal');
  await choose(page, actions, 'Broadcast input to all panes');
  await choose(page, actions, 'Stop broadcasting');
  await expectFocus(page, 'terminal');
  await choose(page, actions, 'Move to new tab');
  await expectFocus(page, 'terminal');
  await choose(page, actions, 'View server details');
  await page.getByRole('heading', { name: 'web-1' }).waitFor();
  await expectFocus(page, /^(H1|BUTTON|A) /);
  expect(visitor.faults).toEqual([]);
});

test('after every item of the context menu of a tab the keyboard is in the terminal', async () => {
  await using visitor = await visit(browser, gatehouse, { as: anna });
  const { page } = visitor;
  await page.goto('/servers');
  for (const name of ['web-1', 'web-2', 'db-1']) await connect(page, name);
  const context = async (tab: string, item: string | RegExp) => {
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: new RegExp(`^${tab}`) }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: item, exact: true }).click();
  };
  await context('web-2', 'Move tab left');
  await expectFocus(page, 'terminal');
  await context('web-1', 'Rename tab');
  await expectFocus(page, /^INPUT Tab name$/);
  await page.keyboard.type('logs\n');
  await expectFocus(page, 'terminal');
  await context('logs', 'Move below db-1');
  await shell(page, 'Terminal 2 of 2, on web-1').waitFor();
  await expectFocus(page, 'terminal');
  await context('web-2', /^Close Ctrl/);
  await expectFocus(page, 'terminal');
  await page.keyboard.press('Control+Shift+z');
  await shell(page, 'Terminal on web-2').waitFor();
  await context('web-2', 'Close others');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await expectFocus(page, 'terminal');
  expect(await page.getByRole('navigation', { name: 'Open terminals' }).getByRole('listitem').count()).toBe(1);
});

test('generating, saving and switching in forms leave the keyboard where it was, or at the heading of the next page', async () => {
  await using visitor = await visit(browser, gatehouse, { as: anna });
  const { page } = visitor;
  await page.goto('/identities/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Made here');
  await page.getByLabel('Username').fill('root');
  await page.getByText('Generate', { exact: true }).click();
  await page.getByRole('button', { name: 'Generate key' }).click();
  await page.getByText(/^ssh-ed25519 AAAA/).waitFor();
  await expectFocus(page, /^(BUTTON|INPUT) /);
  await page.getByRole('button', { name: /^(Save|Create)/ }).click();
  await page
    .getByRole('complementary', { name: 'Made here' })
    .or(page.getByRole('region', { name: 'Made here' }))
    .first()
    .waitFor();
  await expectFocus(page, /^(H1|BUTTON|TR|DIV|INPUT|A) ?/);

  await page.goto('/servers/new');
  await page.getByLabel('Name', { exact: true }).fill('new-1');
  await page.getByLabel('Host name or IP address').fill('127.0.0.1');
  await page
    .getByRole('button', { name: /^(Add|Create|Save)/ })
    .last()
    .click();
  await page.getByRole('heading', { name: 'new-1' }).waitFor();
  await expectFocus(page, /^H1 new-1/);

  await page.goto('/settings/profile');
  const save = page.getByRole('button', { name: /^Save/ }).first();
  await page.getByRole('textbox', { name: 'First name' }).fill('Annabel');
  await save.click();
  await expectFocus(page, /^(BUTTON|INPUT) /);
});
