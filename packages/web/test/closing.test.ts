import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Person, TestGatehouse } from '../../server/test/harness/gatehouse.ts';
import { addEntry, keyIdentity } from '../../server/test/sessions/servers.ts';
import { expectAccessible, visit } from './harness/browser.ts';
import { openServerRoom, type ServerRoom } from './harness/server-room.ts';

let room: ServerRoom;
let gatehouse: TestGatehouse;
let browser: Browser;
let anna: Person;
let people = 0;

beforeAll(async () => {
  room = await openServerRoom();
  ({ gatehouse, browser } = room);
});

// Everyone has sessions of their own, so that they can be counted.
beforeEach(async () => {
  anna = await gatehouse.person(`anna${++people}`);
  const identity = await keyIdentity(anna, room.account.username, { name: 'Deploy key' });
  for (const name of ['web-1', 'web-2']) await addEntry(anna, room.sshd, { name, identities: [identity] });
});

afterAll(() => room[Symbol.asyncDispose]());

const pane = (page: Page, name: string) => page.getByRole('region', { name: `Terminal on ${name}`, exact: true });
const rows = (page: Page, name: string) => pane(page, name).locator('.xterm-rows');
const tabs = (page: Page) => page.getByRole('navigation', { name: 'Open terminals' }).getByRole('listitem');
const notice = (page: Page) => page.getByRole('alert').filter({ hasText: 'closed' });

async function connect(page: Page, name: string): Promise<void> {
  await page.getByRole('treeitem', { name }).first().dblclick();
  await rows(page, name).getByText('$').first().waitFor();
  await focused(pane(page, name).getByRole('textbox', { name: 'Terminal input' }));
}

async function focused(element: Locator): Promise<void> {
  await expect.poll(() => element.evaluate((node) => node === document.activeElement)).toBe(true);
}

async function liveSessions(): Promise<number> {
  const { body } = await anna.call('GET', '/api/connection?live=true');
  return (body as readonly unknown[]).length;
}

test('a closed tab comes back as it was: the same session, its screen, what is typed there', async () => {
  await using visitor = await visit(browser, gatehouse, { as: anna });
  const { page } = visitor;
  const opened: string[] = [];
  page.on('websocket', (socket) => {
    if (socket.url().includes('/api/ws/session/')) opened.push(socket.url());
  });
  await page.goto('/servers');
  await connect(page, 'web-1');
  await connect(page, 'web-2');
  await page.keyboard.type('kept=$((40+2)); echo was$kept\n');
  await rows(page, 'web-2').getByText('was42').waitFor();

  await page.getByRole('link', { name: /^web-2/ }).click({ button: 'middle' });
  await expect.poll(() => tabs(page).count()).toBe(1);
  // By the keyboard alone.
  const undo = notice(page).getByRole('button', { name: 'Undo' });
  await undo.focus();
  await page.keyboard.press('Enter');
  await rows(page, 'web-2').getByText('was42').waitFor();
  await focused(pane(page, 'web-2').getByRole('textbox', { name: 'Terminal input' }));
  await page.keyboard.type('echo still$kept\n');
  await rows(page, 'web-2').getByText('still42').waitFor();
  expect(opened).toHaveLength(2);
  expect(visitor.faults).toEqual([]);
});

test('the session of a closed tab ends after a while; then the tab opens with a new one', async () => {
  await using visitor = await visit(browser, gatehouse, { as: anna });
  const { page } = visitor;
  await page.goto('/servers');
  await connect(page, 'web-1');
  await page.getByRole('button', { name: 'Close web-1' }).click();
  await notice(page).waitFor();
  expect(await liveSessions()).toBe(1);
  await expect.poll(liveSessions, { timeout: 60_000 }).toBe(0);
  await notice(page).waitFor({ state: 'detached' });

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('>reopen');
  await page.getByRole('option', { name: 'Reopen closed tab' }).waitFor();
  await page.keyboard.press('Enter');
  await rows(page, 'web-1').getByText('$').first().waitFor();
  expect(await liveSessions()).toBe(1);
});

test('a tab that was closed just before a reload can still be reopened with its session', async () => {
  await using visitor = await visit(browser, gatehouse, { as: anna });
  const { page } = visitor;
  await page.goto('/servers');
  await connect(page, 'web-1');
  await connect(page, 'web-2');
  await page.keyboard.type('echo was$((40+2))\n');
  await rows(page, 'web-2').getByText('was42').waitFor();
  await page.getByRole('button', { name: 'Close web-2' }).click();
  // A reload loses nothing, so nothing is asked.
  await page.reload();
  await page.getByRole('button', { name: 'Terminal actions' }).click();
  await page.getByRole('menuitem', { name: 'Reopen closed tab' }).click();
  await rows(page, 'web-2').getByText('was42').waitFor();
  await page.getByRole('button', { name: 'Close web-2' }).click();
  await page.reload();
  await expect.poll(liveSessions, { timeout: 60_000 }).toBe(1);
});

test('asks before a full-screen program closes, and takes Cancel for the answer of Enter', async () => {
  await using visitor = await visit(browser, gatehouse, { as: anna });
  const { page } = visitor;
  await page.goto('/servers');
  await connect(page, 'web-1');
  await page.keyboard.type('less /etc/passwd\n');
  await rows(page, 'web-1').getByText('root:').waitFor();
  await page.getByRole('button', { name: 'Close web-1' }).click();
  const dialog = page.getByRole('dialog', { name: 'Close web-1?' });
  await dialog.getByText('Text that is not saved there will be lost.').waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await rows(page, 'web-1').getByText('root:').waitFor();

  await page.getByRole('button', { name: 'Terminal actions' }).click();
  await page.getByRole('menuitem', { name: 'End session…' }).click();
  await page.getByRole('dialog', { name: 'End the session on web-1?' }).waitFor();
  await page.keyboard.press('Escape');

  await page.getByRole('link', { name: /^web-1/ }).click({ button: 'middle' });
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  await notice(page).getByRole('button', { name: 'Undo' }).click();
  await rows(page, 'web-1').getByText('root:').waitFor();
});

test('asks before a tab with several sessions closes; they come back together', async () => {
  await using visitor = await visit(browser, gatehouse, { as: anna });
  const { page } = visitor;
  await page.goto('/servers');
  await connect(page, 'web-1');
  await page.getByRole('button', { name: 'Split' }).click();
  await page.getByRole('menuitem', { name: 'Split right' }).click();
  const second = page.getByRole('region', { name: 'Terminal 2 of 2, on web-1' });
  await second.locator('.xterm-rows').getByText('$').first().waitFor();
  await page.getByRole('button', { name: 'Close web-1' }).click();
  await page.getByRole('dialog', { name: 'Close 2 terminals?' }).getByRole('button', { name: 'Close' }).last().click();
  await notice(page).getByRole('button', { name: 'Undo' }).click();
  await second.locator('.xterm-rows').getByText('$').first().waitFor();

  // One pane of it needs no question, and comes back into its place.
  await second.getByRole('button', { name: 'Close pane' }).click();
  await pane(page, 'web-1').waitFor();
  await notice(page).getByRole('button', { name: 'Undo' }).click();
  await second.locator('.xterm-rows').getByText('$').first().waitFor();
  expect(await liveSessions()).toBe(2);
});

test('signing out comes last in the palette, and is asked with the number of sessions', async () => {
  await using visitor = await visit(browser, gatehouse, { as: anna });
  const { page } = visitor;
  await page.goto('/servers');
  await connect(page, 'web-1');
  await connect(page, 'web-2');
  await page.keyboard.press('Control+Shift+k');
  await page.getByRole('combobox').fill('>');
  const options = page.getByRole('option');
  await expect.poll(() => options.first().innerText()).toContain('Show all tabs');
  expect(await options.last().innerText()).toContain('Sign out');
  await page.getByRole('combobox').fill('>s');
  expect(await options.last().innerText()).toContain('Sign out');
  await page.getByRole('combobox').fill('>sign out');
  await expect.poll(() => options.count()).toBe(1);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Sign out?' });
  await dialog.getByText('2 of your sessions are running.').waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  expect(await liveSessions()).toBe(2);

  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await dialog.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in to Gatehouse' }).waitFor();
});
