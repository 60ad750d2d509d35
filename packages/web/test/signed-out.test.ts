import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { password, type Person } from '../../server/test/harness/gatehouse.ts';
import { addEntry, keyIdentity } from '../../server/test/sessions/servers.ts';
import { expectAccessible, visit } from './harness/browser.ts';
import { openServerRoom, type ServerRoom } from './harness/server-room.ts';

let room: ServerRoom;
let anna: Person;

beforeAll(async () => {
  room = await openServerRoom();
  anna = await room.gatehouse.person('anna');
  await room.gatehouse.person('bob');
  const identities = [await keyIdentity(anna, room.account.username, { name: 'Deploy key' })];
  await addEntry(anna, room.sshd, { name: 'web-1', identities });
});
afterAll(() => room[Symbol.asyncDispose]());

/** Signs Anna in as another browser would, so that each test ends a sign-in of its own. */
async function visitAsAnna() {
  const as = await room.gatehouse.signIn('anna');
  const visitor = await visit(room.browser, room.gatehouse, { as });
  return { as, ...visitor, [Symbol.asyncDispose]: () => visitor[Symbol.asyncDispose]() };
}

/** Ends a sign-in from elsewhere. */
async function revoke({ token }: Person): Promise<void> {
  await room.gatehouse.call('POST', '/api/auth/logout', { body: { token } });
}

const overlay = (page: Page) => page.getByRole('dialog', { name: 'You were signed out' });

async function signInAbove(page: Page, username = 'anna'): Promise<void> {
  await overlay(page).getByRole('textbox', { name: 'Username' }).fill(username);
  await overlay(page).getByLabel('Password', { exact: true }).fill(password);
  await overlay(page).getByRole('button', { name: 'Sign in' }).click();
}

test('keeps a form that is being filled in, and saves it after a sign-in above it', async () => {
  await using visitor = await visitAsAnna();
  const { page, as } = visitor;
  await page.goto('/servers/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('half-1');
  await page.getByRole('textbox', { name: 'Host' }).fill('192.0.2.7');

  await revoke(as);
  await overlay(page).waitFor();
  await expectAccessible(page);
  expect(page.url()).toMatch(/\/servers\/new$/);
  // Neither a shortcut nor what is typed reaches anything.
  await page.keyboard.type('rm -rf ./build');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.getByText('The keys that you have pressed since then were not sent anywhere.').waitFor();
  expect(await overlay(page).getByRole('textbox', { name: 'Username' }).inputValue()).toBe('anna');
  expect(await overlay(page).getByLabel('Password', { exact: true }).inputValue()).toBe('');
  expect(await page.getByRole('combobox', { name: 'Search servers, identities and actions' }).count()).toBe(0);

  await overlay(page).getByLabel('Password', { exact: true }).fill('not this one');
  await page.keyboard.press('Enter');
  await overlay(page).getByText('Wrong username or password.').waitFor();
  await signInAbove(page);
  await overlay(page).waitFor({ state: 'detached' });
  expect(await page.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toBe('half-1');
  expect(await page.getByRole('textbox', { name: 'Host' }).inputValue()).toBe('192.0.2.7');
  await page.getByRole('button', { name: 'Save server' }).click();
  await page.getByRole('heading', { name: 'half-1' }).first().waitFor();
  expect(visitor.faults).toEqual([]);
});

test('keeps the screen of a terminal, and takes what is typed at that moment nowhere', async () => {
  await using visitor = await visitAsAnna();
  const { page, as } = visitor;
  await page.goto('/servers');
  await page.getByRole('searchbox', { name: 'Search or user@host' }).fill('web-1');
  await page.getByRole('treeitem', { name: 'web-1' }).first().waitFor();
  await page.getByRole('searchbox', { name: 'Search or user@host' }).press('Enter');
  const pane = page.getByRole('region', { name: 'Terminal on web-1' });
  await pane.locator('.xterm-rows').getByText('$').first().waitFor();
  await pane.getByRole('textbox', { name: 'Terminal input' }).focus();
  await page.keyboard.type('echo be$((40+2))fore\n');
  await pane.locator('.xterm-rows').getByText('be42fore').first().waitFor();

  const typing = (async () => {
    for (let count = 0; count < 60; count += 1) await page.keyboard.type('ls; ', { delay: 15 });
    await page.keyboard.press('Enter');
  })();
  await revoke(as);
  await overlay(page).waitFor();
  await typing;
  for (const field of await page.locator('input').all()) expect(await field.inputValue()).not.toContain('ls;');
  await signInAbove(page);
  await overlay(page).waitFor({ state: 'detached' });
  await pane.locator('.xterm-rows').getByText('be42fore').first().waitFor();
  await page.getByText('The session has ended: the sign-in was ended.').waitFor();
  await pane.getByRole('button', { name: 'Reconnect', exact: true }).click();
  await page.getByRole('link', { name: 'web-1 connected' }).waitFor();
  expect(visitor.faults).toEqual([]);
});

test('does what was asked for when the sign-in had ended, once the person has signed in', async () => {
  await using visitor = await visitAsAnna();
  const { page, as } = visitor;
  await page.goto('/identities');
  await page.getByText('Deploy key').first().waitFor();
  await revoke(as);
  await overlay(page).waitFor();
  await anna.call('PUT', '/api/identity', {
    name: 'Meanwhile',
    type: 'password',
    username: 'x',
    password: 'y'.repeat(12),
  });
  await signInAbove(page);
  await overlay(page).waitFor({ state: 'detached' });
  await page.getByText('Meanwhile').first().waitFor();
  // The state socket is there again, too.
  await anna.call('PUT', '/api/identity', {
    name: 'Afterwards',
    type: 'password',
    username: 'x',
    password: 'y'.repeat(12),
  });
  await page.getByText('Afterwards').first().waitFor();
});

test('asks before the page is loaded for another account', async () => {
  await using visitor = await visitAsAnna();
  const { page, as } = visitor;
  await page.goto('/identities');
  await page.getByText('Deploy key').first().waitFor();
  await revoke(as);
  await overlay(page).waitFor();
  await signInAbove(page, 'bob');
  await overlay(page).getByText('bob is signed in to this browser now', { exact: false }).waitFor();
  await expectAccessible(page);
  // Nothing of the other account gets into the page.
  await page.evaluate(() => {
    window.dispatchEvent(new Event('online'));
    window.dispatchEvent(new Event('focus'));
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(await page.getByText('Deploy key').count()).toBeGreaterThan(0);
  await overlay(page).getByRole('button', { name: 'Sign in as anna' }).click();
  await signInAbove(page, 'bob');
  await overlay(page).getByRole('button', { name: 'Load page for bob' }).click();
  await page.waitForURL(/\/servers$/);
  await page.goto('/identities');
  await page.getByRole('heading', { name: 'Identities', level: 1 }).waitFor();
  expect(await page.getByText('Deploy key').count()).toBe(0);
});

test('goes on by itself when the person has signed in with another tab', async () => {
  await using visitor = await visitAsAnna();
  const { page, as, context } = visitor;
  await page.goto('/identities');
  await page.getByText('Deploy key').first().waitFor();
  await revoke(as);
  await overlay(page).waitFor();
  const other = await context.newPage();
  await other.goto('/sign-in?next=%2Fsign-in%3Fnext%3D%252Faudit');
  await other.waitForURL(/\/sign-in\?next=%2Faudit$/);
  await other.getByRole('textbox', { name: 'Username' }).fill('anna');
  await other.getByLabel('Password', { exact: true }).fill(password);
  await other.getByRole('button', { name: 'Sign in' }).click();
  await other.waitForURL(/\/audit/);
  await other.close();
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await overlay(page).waitFor({ state: 'detached' });
});
