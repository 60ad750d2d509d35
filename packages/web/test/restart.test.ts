import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '../../server/test/harness/gatehouse.ts';
import { addEntry, authorizedKeys, keyIdentity } from '../../server/test/sessions/servers.ts';
import { startSshd } from '../../server/test/ssh-servers/sshd.ts';
import { expectAccessible, visit } from './harness/browser.ts';
import { openServerRoom, type ServerRoom } from './harness/server-room.ts';
import { layWire } from './harness/wire.ts';

let room: ServerRoom;
let anna: Person;
let identity: number;

beforeAll(async () => {
  room = await openServerRoom();
  anna = await room.gatehouse.person('anna');
  identity = await keyIdentity(anna, room.account.username, { name: 'Deploy key' });
  for (const name of ['web-1', 'web-2']) await addEntry(anna, room.sshd, { name, identities: [identity] });
});
afterAll(() => room[Symbol.asyncDispose]());

/** Opens a shell, and has it print a text that is not in the command. */
async function openShell(page: Page, name: string): Promise<void> {
  await page.goto('/servers');
  const find = page.getByRole('searchbox', { name: 'Search or user@host' });
  await find.fill(name);
  await page.getByRole('treeitem', { name }).first().waitFor();
  await find.press('Enter');
  await page
    .getByRole('region', { name: `Terminal on ${name}` })
    .locator('.xterm-rows')
    .getByText('$')
    .first()
    .waitFor();
  await page
    .getByRole('region', { name: `Terminal on ${name}` })
    .getByRole('textbox', { name: 'Terminal input' })
    .focus();
  await page.keyboard.type('echo be$((40+2))fore\n');
  await page.locator('.xterm-rows').getByText('be42fore').first().waitFor();
}

test('keeps the output when a reconnection fails at a changed host key', async () => {
  await using machine = await startSshd({ authorizedKeys });
  await addEntry(anna, machine, { name: 'key-1', identities: [identity] });
  await using visitor = await visit(room.browser, room.gatehouse, { as: anna });
  const { page } = visitor;
  await openShell(page, 'key-1');
  await machine.rotateHostKeys();
  await page.keyboard.type('exit\n');
  await page.getByText('Exited with code 0').waitFor();
  await page.getByRole('button', { name: 'Reconnect', exact: true }).click();
  await page.getByRole('heading', { name: 'The host key has changed' }).waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();

  await page.locator('.xterm-rows').getByText('be42fore').first().waitFor();
  await page.getByRole('link', { name: 'key-1 failed' }).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Reconnect', exact: true }).click();
  await page.getByRole('heading', { name: 'The host key has changed' }).waitFor();
  expect(visitor.faults).toEqual([]);
});

test('says why all terminals ended with a restart, and reconnects them with one click', async () => {
  await using wire = await layWire(room.gatehouse);
  await using visitor = await visit(room.browser, room.gatehouse, { as: anna, baseURL: wire.url });
  const { page } = visitor;
  await openShell(page, 'web-1');
  await page.getByRole('searchbox', { name: 'Search or user@host' }).fill('');
  await page.getByRole('treeitem', { name: 'web-2' }).first().dblclick();
  const tabs = ['web-1', 'web-2'].map((name) => page.getByRole('link', { name: `${name} connected` }));
  for (const tab of tabs) await tab.waitFor();

  await room.gatehouse.restart();
  await page.getByText('The session has ended: the gateway is stopping.').first().waitFor();
  await page.getByText('This page may be out of date.', { exact: false }).waitFor({ state: 'detached' });
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Reconnect all (2)' }).click();
  for (const tab of tabs) await tab.waitFor();
});
