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
let entryId: number;

beforeAll(async () => {
  room = await openServerRoom();
  ({ gatehouse, browser } = room);
  anna = await gatehouse.person('anna');
  const identity = await keyIdentity(anna, room.account.username, { name: 'Deploy key' });
  const folderId = Number((await anna.call('PUT', '/api/folder', { name: 'Staging' })).at('id'));
  const add = async (name: string) => {
    const id = await addEntry(anna, room.sshd, { name, identities: [identity] });
    expect((await anna.call('PATCH', `/api/entry/${id}/reposition`, { folderId })).status).toBe(200);
    return id;
  };
  entryId = await add('web-1');
  await add('web-2');
  await add('db-1');
});

afterAll(() => room[Symbol.asyncDispose]());

const strip = (page: Page) => page.getByRole('navigation', { name: 'Open terminals' });
const rows = (page: Page, name: string) => page.getByRole('region', { name, exact: true }).locator('.xterm-rows');

async function liveSessions(): Promise<number> {
  const { body } = await anna.call('GET', '/api/connection?live=true');
  return (body as readonly unknown[]).length;
}

test('a folder connects to all its servers, and its tabs are saved as a set that follows the person', async () => {
  {
    await using visitor = await visit(browser, gatehouse, { as: anna });
    const { page } = visitor;
    await page.goto('/servers');
    await page.getByRole('treeitem', { name: 'Staging' }).first().click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Connect to all 3 servers' }).click();
    await rows(page, 'Terminal on web-1').getByText('$').first().waitFor();
    // Those that are not shown connect as well.
    await expect.poll(liveSessions, { timeout: 60_000 }).toBe(3);
    await page.getByRole('button', { name: 'Split' }).click();
    await page.getByRole('menuitem', { name: 'db-1' }).click();
    await rows(page, 'Terminal 2 of 2, on db-1').getByText('$').first().waitFor();

    await page.getByRole('button', { name: 'Terminal actions' }).click();
    await page.getByRole('menuitem', { name: 'Save open tabs as a set…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Save 2 tabs as a set' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Morning');
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await page.getByText('“Morning” saved').waitFor();
    expect(visitor.faults).toEqual([]);
  }
  await using visitor = await visit(browser, gatehouse, { as: anna });
  const { page } = visitor;
  await page.goto('/servers');
  await page.getByRole('heading', { name: 'Saved sets' }).waitFor();
  await expectAccessible(page);
  const before = await liveSessions();
  await page.getByRole('button', { name: 'Open “Morning”' }).click();
  await rows(page, 'Terminal 1 of 2, on web-1').getByText('$').first().waitFor();
  await rows(page, 'Terminal 2 of 2, on db-1').getByText('$').first().waitFor();
  expect(await strip(page).getByRole('listitem').count()).toBe(2);
  await expect.poll(liveSessions, { timeout: 60_000 }).toBe(before + 3);

  await page.keyboard.press('Control+Shift+k');
  await page.getByRole('combobox').fill('>morning');
  await page.getByRole('option', { name: 'Open set: Morning' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Open another server' }).click();
  await page.getByRole('button', { name: 'Delete “Morning”' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Open “Morning”' }).waitFor();
  expect(visitor.faults).toEqual([]);
});

test('a link to a server opens no session before the person clicks', async () => {
  const ben = await gatehouse.person('ben');
  const before = await liveSessions();
  await using visitor = await visit(browser, gatehouse, { as: anna });
  const { page } = visitor;
  await page.goto(`/servers/${entryId}/connect`);
  await page.getByRole('heading', { name: 'Connect to web-1?' }).waitFor();
  await expectAccessible(page);
  // A key that is just being pressed chooses nothing.
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space');
  await page.waitForTimeout(500);
  expect(await liveSessions()).toBe(before);
  await page.getByRole('main').getByRole('button', { name: 'Connect', exact: true }).click();
  await rows(page, 'Terminal on web-1').getByText('$').first().waitFor();
  expect(await liveSessions()).toBe(before + 1);

  await using stranger = await visit(browser, gatehouse, { as: ben });
  await stranger.page.goto(`/servers/${entryId}/connect`);
  await stranger.page.getByText('Not found').first().waitFor();
  expect(await stranger.page.getByRole('button', { name: 'Connect', exact: true }).count()).toBe(0);
});
