import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person, TestGatehouse } from '../../server/test/harness/gatehouse.ts';
import { addEntry, keyIdentity } from '../../server/test/sessions/servers.ts';
import { expectAccessible, visit } from './harness/browser.ts';
import { openServerRoom, type ServerRoom } from './harness/server-room.ts';

let room: ServerRoom;
let gatehouse: TestGatehouse;
let browser: Browser;

beforeAll(async () => {
  room = await openServerRoom();
  ({ gatehouse, browser } = room);
});

afterAll(() => room[Symbol.asyncDispose]());

async function personWithServers(name: string): Promise<Person> {
  const person = await gatehouse.person(name);
  const identity = await keyIdentity(person, room.account.username, { name: 'Deploy key' });
  for (const server of ['web-1', 'web-2']) await addEntry(person, room.sshd, { name: server, identities: [identity] });
  return person;
}

const pane = (page: Page, name: string) => page.getByRole('region', { name: `Terminal on ${name}`, exact: true });
const rows = (page: Page, name: string) => pane(page, name).locator('.xterm-rows');
const input = (page: Page, name: string) => pane(page, name).getByRole('textbox', { name: 'Terminal input' });

async function connect(page: Page, name: string): Promise<void> {
  await page.getByRole('treeitem', { name }).first().dblclick();
  await rows(page, name).getByText('$').first().waitFor();
  await focused(input(page, name));
}

async function focused(element: Locator): Promise<void> {
  await expect.poll(() => element.evaluate((node) => node === document.activeElement)).toBe(true);
}

test('Alt belongs to the shell, however many tabs are open; Ctrl+Shift with arrows switches tabs', async () => {
  const anna = await personWithServers('anna');
  await using visitor = await visit(browser, gatehouse, { as: anna });
  const { page } = visitor;
  await page.goto('/servers');
  await connect(page, 'web-1');
  await connect(page, 'web-2');
  await page.keyboard.type('cat -v\n');
  for (const keys of ['Alt+1', 'Alt+ArrowLeft', 'Alt+ArrowRight', 'Alt+9']) await page.keyboard.press(keys);
  await page.keyboard.press('Enter');
  // Once as the terminal echoes it, once as cat has read it.
  await expect.poll(async () => (await rows(page, 'web-2').innerText()).split('^[1^[[1;3D^[[1;3C^[9').length).toBe(3);

  await page.keyboard.press('Control+Shift+ArrowLeft');
  await focused(input(page, 'web-1'));
  await page.keyboard.press('Control+Shift+ArrowRight');
  await focused(input(page, 'web-2'));

  await page.keyboard.press('Control+Shift+l');
  await page.getByRole('combobox', { name: 'Search open tabs' }).fill('1');
  await page.getByRole('option', { name: /^web-1/, selected: true }).waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await focused(input(page, 'web-1'));

  // From another area: to the terminal that was shown last.
  await page.getByRole('link', { name: 'Identities' }).click();
  await page.getByRole('heading', { name: 'Identities' }).waitFor();
  await page.keyboard.press('Control+Shift+ArrowRight');
  await focused(input(page, 'web-1'));

  await page.keyboard.press('Control+Shift+x');
  await focused(input(page, 'web-2'));
  await page.keyboard.press('Control+Shift+z');
  await focused(input(page, 'web-1'));
  expect(visitor.faults).toEqual([]);
});

test('keys are chosen in the settings, conflicts are said, and they follow the person', async () => {
  const ben = await personWithServers('ben');
  {
    await using visitor = await visit(browser, gatehouse, { as: ben });
    const { page } = visitor;
    await page.goto('/settings/keyboard');
    const next = page.getByRole('button', { name: 'Change the keys for “Next tab”' });
    await next.click();
    await page.keyboard.press('Control+Shift+l');
    await page.getByText('Ctrl+Shift+L is already used for “List of all tabs”.').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByText('Ctrl+K already has another purpose in Gatehouse.').waitFor();
    await page.keyboard.press('j');
    await page.getByText('J would no longer type text.').waitFor();
    await page.keyboard.press('Alt+j');
    await page.getByText('Programs in the terminal no longer receive Alt+J.').waitFor();
    await focused(next);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Change the keys for “Close tab”' }).click();
    await page.keyboard.press('Delete');
    await page.getByRole('button', { name: 'Change the keys for “Close tab”' }).getByText('Not set').waitFor();
    await page.getByRole('button', { name: 'Reset “Close tab” to its default' }).click();
    await page.getByRole('button', { name: 'Reset “Close tab” to its default' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Change the keys for “Go to tab by number”' }).click();
    await page.keyboard.press('Alt+2');
    await page.getByText('Programs in the terminal no longer receive Alt+1…9.').waitFor();
    await expect
      .poll(async () => (await ben.call('GET', '/api/account/me')).at('preferences'))
      .toMatchObject({ web: { keys: { nextTab: 'Alt+J', tabByNumber: 'Alt+2' } } });
  }
  await using visitor = await visit(browser, gatehouse, { as: ben });
  const { page } = visitor;
  await page.goto('/servers');
  await connect(page, 'web-1');
  await connect(page, 'web-2');
  await page.keyboard.press('Alt+j');
  await focused(input(page, 'web-1'));
  await page.keyboard.press('Alt+2');
  await focused(input(page, 'web-2'));
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('heading', { name: 'Profile' }).first().waitFor();
  await page.keyboard.press('?');
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await list.getByText('Next tab').waitFor();
  expect(await list.getByText('1…9').count()).toBe(1);
  expect(visitor.faults).toEqual([]);
});

test('can be installed; in full screen the keys that browsers keep go to the shell', async () => {
  const cleo = await personWithServers('cleo');
  await using visitor = await visit(browser, gatehouse, { as: cleo });
  const { page, context } = visitor;
  await page.addInitScript(() => {
    const locked: string[] = [];
    Object.defineProperty(navigator, 'keyboard', {
      value: {
        lock: (keys: readonly string[]) => Promise.resolve(void locked.push(...keys)),
        unlock: () => (locked.length = 0),
      },
    });
    Object.defineProperty(window, 'lockedKeys', { value: locked });
  });
  await page.goto('/servers');
  const devtools = await context.newCDPSession(page);
  const manifest = await devtools.send('Page.getAppManifest');
  expect(manifest.errors).toEqual([]);
  expect(manifest.url).toBe(`${gatehouse.url}/manifest.webmanifest`);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  // The context of a test is as private as an incognito window.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);

  await connect(page, 'web-1');
  await page.keyboard.type('stty werase undef; cat -v\n');
  await page.keyboard.press('Control+Shift+Enter');
  await expect.poll(() => page.evaluate('document.fullscreenElement !== null')).toBe(true);
  await expect.poll(() => page.evaluate('lockedKeys.join(" ")')).toContain('KeyT KeyW');
  await page.keyboard.press('Control+w');
  await page.keyboard.press('Control+t');
  await rows(page, 'web-1').getByText('^W^T').waitFor();
  await page.keyboard.press('Control+Shift+Enter');
  await expect.poll(() => page.evaluate('document.fullscreenElement === null && lockedKeys.length')).toBe(0);
  expect(visitor.faults).toEqual([]);
});
