import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person, TestGatehouse } from '../../server/test/harness/gatehouse.ts';
import { addEntry, keyIdentity } from '../../server/test/sessions/servers.ts';
import { expectAccessible, visit } from './harness/browser.ts';
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
  for (const name of ['web-1', 'web-2']) await addEntry(anna, room.sshd, { name, identities: [identity] });
});

afterAll(() => room[Symbol.asyncDispose]());

const strip = (page: Page) => page.getByRole('navigation', { name: 'Open terminals' });
const rows = (page: Page, name: string) =>
  page.getByRole('region', { name: `Terminal on ${name}`, exact: true }).locator('.xterm-rows');

async function connect(page: Page, name: string): Promise<void> {
  await page.getByRole('treeitem', { name }).first().dblclick();
  await rows(page, name).getByText('$').first().waitFor();
}

/** Whether the active tab is within the visible part of the strip. */
async function isActiveVisible(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const tab = document.querySelector('nav li[data-active]')?.getBoundingClientRect();
    const list = document.querySelector('nav li[data-active]')?.parentElement?.getBoundingClientRect();
    return tab !== undefined && list !== undefined && tab.left >= list.left - 2 && tab.right <= list.right + 2;
  });
}

test('the active tab is in view however many there are; the wheel scrolls; same names have numbers', async () => {
  await using visitor = await visit(browser, gatehouse, { as: anna, viewport: { width: 900, height: 700 } });
  const { page } = visitor;
  await page.goto('/servers');
  await connect(page, 'web-1');
  for (let count = 2; count <= 8; count++) {
    await page.getByRole('button', { name: 'Terminal actions' }).click();
    await page.getByRole('menuitem', { name: 'Duplicate' }).click();
    await strip(page)
      .getByRole('link', { name: `web-1 (${count})` })
      .waitFor();
    await expect.poll(() => isActiveVisible(page)).toBe(true);
  }
  const first = strip(page)
    .getByRole('link', { name: /^web-1 / })
    .first();
  expect(await first.innerText()).not.toContain('(');
  await strip(page).getByRole('list').hover();
  await page.mouse.wheel(0, -5_000);
  await expect.poll(() => isActiveVisible(page)).toBe(false);
  await first.click();
  await expect.poll(() => isActiveVisible(page)).toBe(true);

  // Away and back: the router restores an old position of the strip.
  await page.getByRole('link', { name: 'Identities' }).click();
  await page.getByRole('heading', { name: 'Identities' }).waitFor();
  await page.getByRole('link', { name: '8 open tabs' }).click();
  await rows(page, 'web-1').waitFor();
  await expect.poll(() => isActiveVisible(page)).toBe(true);
  await page.keyboard.press('Control+Shift+ArrowLeft');
  await expect.poll(() => page.title()).toContain('web-1 (8)');
  await page.waitForTimeout(500);
  expect(await isActiveVisible(page)).toBe(true);
  await page.goBack();
  await expect.poll(() => page.title()).not.toContain('web-1 (8)');
  await page.waitForTimeout(500);
  expect(await isActiveVisible(page)).toBe(true);

  await strip(page).getByRole('button', { name: '8 tabs, show all' }).click();
  await page.getByRole('combobox', { name: 'Search open tabs' }).fill('(5)');
  await expect.poll(() => page.getByRole('option').count()).toBe(1);
  await page.keyboard.press('Enter');
  await expect.poll(() => page.title()).toContain('web-1 (5)');
  expect(visitor.faults).toEqual([]);
});

test('output and the bell mark tabs that are not shown, and the navigation', async () => {
  await using visitor = await visit(browser, gatehouse, { as: anna });
  const { page } = visitor;
  await page.goto('/servers');
  await connect(page, 'web-1');
  await page.keyboard.type('sleep 2; echo done\n');
  await connect(page, 'web-2');
  await strip(page).getByRole('link', { name: 'web-1 connected new output' }).waitFor();
  await page.getByRole('link', { name: /2 open tabs\s+with new output/i }).waitFor();
  await page.keyboard.type("sleep 2; printf '\\a'\n");
  await strip(page)
    .getByRole('link', { name: /^web-1/ })
    .click();
  await strip(page).getByRole('link', { name: 'web-2 connected bell' }).waitFor();
  await expectAccessible(page);
  await strip(page)
    .getByRole('link', { name: /^web-2/ })
    .click();
  await page.getByRole('link', { name: '2 Open tabs', exact: true }).waitFor();

  // What was there before a reload is not news.
  await page.reload();
  await rows(page, 'web-2').getByText('$').first().waitFor();
  await page.waitForTimeout(500);
  await page.getByRole('link', { name: '2 Open tabs', exact: true }).waitFor();
});

test('notifies once when a command in the background is done, and asks for permission only then', async () => {
  await using visitor = await visit(browser, gatehouse, { as: anna });
  const { page } = visitor;
  await page.addInitScript(() => {
    const log: string[] = [];
    class FakeNotification {
      static permission = 'default';
      onclick: (() => void) | null = null;
      constructor(title: string, { body }: { body: string }) {
        log.push(`${title}: ${body}`);
        setTimeout(() => this.onclick?.(), 200);
      }
      static requestPermission() {
        log.push('asked');
        FakeNotification.permission = 'granted';
        return Promise.resolve('granted');
      }
      close() {
        log.push('closed');
      }
    }
    Object.assign(window, { Notification: FakeNotification, notices: log });
    document.hasFocus = () => false;
  });
  await page.goto('/servers');
  await connect(page, 'web-1');
  expect(await page.evaluate('notices')).toEqual([]);
  await page.getByRole('button', { name: 'Terminal actions' }).click();
  await page.getByRole('menuitem', { name: 'Notify when done' }).click();
  await page.getByRole('menu').waitFor({ state: 'detached' });
  await page.getByRole('textbox', { name: 'Terminal input' }).focus();
  await page.keyboard.type("sleep 3; printf '\\a'\n");
  await page.getByRole('link', { name: 'Identities' }).click();
  await expect
    .poll(() => page.evaluate('notices'), { timeout: 60_000 })
    .toEqual(['asked', 'Gatehouse: web-1: the bell rang', 'closed']);
  // A click on it shows the terminal.
  await rows(page, 'web-1').waitFor();
});

test('a pane is dragged out to a tab of its own by its heading, a tab into a pane', async () => {
  await using visitor = await visit(browser, gatehouse, { as: anna });
  const { page } = visitor;
  await page.goto('/servers');
  await connect(page, 'web-1');
  await page.getByRole('treeitem', { name: 'web-2' }).first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Connect in split pane' }).click();
  const second = page.getByRole('region', { name: 'Terminal 2 of 2, on web-2' });
  await second.locator('.xterm-rows').getByText('$').first().waitFor();
  await second.locator('header').dragTo(strip(page).getByRole('list'));
  await rows(page, 'web-2').getByText('$').first().waitFor();
  expect(await strip(page).getByRole('listitem').count()).toBe(2);
});
