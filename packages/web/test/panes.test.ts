import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person, TestGatehouse } from '../../server/test/harness/gatehouse.ts';
import { addEntry, keyIdentity } from '../../server/test/sessions/servers.ts';
import type { Sshd, TestAccount } from '../../server/test/ssh-servers/sshd.ts';
import { expectAccessible, visit } from './harness/browser.ts';
import { openServerRoom, type ServerRoom } from './harness/server-room.ts';

let room: ServerRoom;
let account: TestAccount;
let sshd: Sshd;
let gatehouse: TestGatehouse;
let browser: Browser;
let anna: Person;

beforeAll(async () => {
  room = await openServerRoom();
  ({ account, sshd, gatehouse, browser } = room);
  anna = await gatehouse.person('anna');
  const identity = await keyIdentity(anna, account.username, { name: 'Deploy key' });
  for (const name of ['web-1', 'web-2', 'db-1']) await addEntry(anna, sshd, { name, identities: [identity] });
});

afterAll(() => room[Symbol.asyncDispose]());

const inTree = (page: Page, name: string) => page.getByRole('treeitem', { name }).first();
const pane = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

async function connect(page: Page, name: string): Promise<void> {
  await inTree(page, name).dblclick();
  await shellOf(page, `Terminal on ${name}`);
}

async function shellOf(page: Page, name: string): Promise<void> {
  await pane(page, name).locator('.xterm-rows').getByText('$').first().waitFor();
}

test('servers stand beside each other in a tab, from the tree, and part again', async () => {
  await using visitor = await visit(browser, gatehouse, { as: anna });
  const { page } = visitor;
  await page.goto('/servers');
  await inTree(page, 'web-2').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Connect', exact: true }).waitFor();
  expect(await page.getByRole('menuitem', { name: 'Connect in split pane' }).count()).toBe(0);
  await page.keyboard.press('Escape');
  await connect(page, 'web-1');
  await inTree(page, 'web-2').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Connect in split pane' }).click();
  await shellOf(page, 'Terminal 2 of 2, on web-2');
  const first = await pane(page, 'Terminal 1 of 2, on web-1').boundingBox();
  await inTree(page, 'db-1').dragTo(pane(page, 'Terminal 1 of 2, on web-1'), {
    targetPosition: { x: (first?.width ?? 0) / 2, y: (first?.height ?? 0) - 10 },
  });
  await shellOf(page, 'Terminal 2 of 3, on db-1');
  await expectAccessible(page);
  const below = await pane(page, 'Terminal 2 of 3, on db-1').boundingBox();
  expect(below?.x).toBe(first?.x);
  expect(below?.y).toBeGreaterThan((first?.y ?? 0) + 100);

  await page.getByRole('button', { name: 'Terminal actions' }).click();
  await page.getByRole('menuitem', { name: 'Move to new tab' }).click();
  await shellOf(page, 'Terminal on db-1');
  await page.getByRole('link', { name: 'web-1, web-2 connected' }).click();
  await shellOf(page, 'Terminal 1 of 2, on web-1');
});

test('a tab joins another with its sessions, and what is typed reaches all of them', async () => {
  await using visitor = await visit(browser, gatehouse, { as: anna });
  const { page } = visitor;
  const opened: string[] = [];
  page.on('websocket', (socket) => {
    if (socket.url().includes('/api/ws/session/')) opened.push(socket.url());
  });
  await page.goto('/servers');
  for (const name of ['web-1', 'web-2', 'db-1']) await connect(page, name);
  await page.getByRole('button', { name: 'Split' }).click();
  await page.getByText('Open beside, from tab').waitFor();
  await page.getByRole('menuitem', { name: 'web-2' }).click();
  await shellOf(page, 'Terminal 2 of 2, on web-2');
  await page
    .getByRole('link', { name: 'web-1 connected' })
    .dragTo(pane(page, 'Terminal 2 of 2, on web-2'), { targetPosition: { x: 300, y: 300 } });
  await shellOf(page, 'Terminal 3 of 3, on web-1');
  expect(await page.getByRole('navigation', { name: 'Open terminals' }).getByRole('listitem').count()).toBe(1);

  await page.getByRole('button', { name: 'Terminal actions' }).click();
  await page.getByRole('menuitem', { name: 'Broadcast input to all panes' }).click();
  await page.getByText('Input goes to all 3 panes').waitFor();
  await page.getByRole('menu').waitFor({ state: 'detached' });
  await pane(page, 'Terminal 1 of 3, on db-1').getByRole('textbox').focus();
  await page.keyboard.type('echo ev$((1+1))ery\n');
  for (const name of ['Terminal 1 of 3, on db-1', 'Terminal 2 of 3, on web-2', 'Terminal 3 of 3, on web-1'])
    await pane(page, name).getByText('ev2ery').first().waitFor();
  // Nothing was opened anew on the way.
  expect(opened).toHaveLength(3);
});
