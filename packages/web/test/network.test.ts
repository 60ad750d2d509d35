import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '../../server/test/harness/gatehouse.ts';
import { addEntry, keyIdentity } from '../../server/test/sessions/servers.ts';
import { expectAccessible, visit, type Visitor } from './harness/browser.ts';
import { openServerRoom, type ServerRoom } from './harness/server-room.ts';
import { layWire, type Wire } from './harness/wire.ts';

let room: ServerRoom;
let anna: Person;

beforeAll(async () => {
  room = await openServerRoom();
  anna = await room.gatehouse.person('anna');
  const identities = [await keyIdentity(anna, room.account.username, { name: 'Deploy key' })];
  await addEntry(anna, room.sshd, { name: 'web-1', identities });
});
afterAll(() => room[Symbol.asyncDispose]());

/** A person with a shell on web-1, over a wire. */
async function inShell(wire: Wire, options: Parameters<typeof visit>[2] = {}): Promise<Visitor> {
  const visitor = await visit(room.browser, room.gatehouse, { as: anna, baseURL: wire.url, ...options });
  const { page } = visitor;
  await page.goto('/servers');
  await page.getByRole('searchbox', { name: 'Search or user@host' }).fill('web-1');
  await page.getByRole('treeitem', { name: 'web-1' }).first().waitFor();
  await page.getByRole('searchbox', { name: 'Search or user@host' }).press('Enter');
  await page.getByRole('link', { name: 'web-1 connected' }).waitFor();
  await terminal(page).rows.getByText('$').first().waitFor();
  await type(page, 'echo be$((40+2))fore\n');
  await terminal(page).rows.getByText('be42fore').first().waitFor();
  return visitor;
}

function terminal(page: Page) {
  const pane = page.getByRole('region', { name: 'Terminal on web-1' });
  return { pane, rows: pane.locator('.xterm-rows'), input: pane.getByRole('textbox', { name: 'Terminal input' }) };
}

async function type(page: Page, text: string): Promise<void> {
  await terminal(page).input.focus();
  await page.keyboard.type(text);
}

/** How often a text is on the screen and in the scrollback. */
async function countOf(page: Page, text: string): Promise<number> {
  return (await terminal(page).rows.innerText()).split(text).length - 1;
}

const latency = (page: Page) => page.getByTitle('Latency: time from a key press', { exact: false });
const banner = (page: Page) => page.getByText('This page may be out of date.', { exact: false });

test('shows that nothing answers, and sends what was typed once the network is back', async () => {
  await using wire = await layWire(room.gatehouse.url);
  await using visitor = await inShell(wire);
  const { page } = visitor;
  await latency(page).waitFor();

  wire.hold();
  await type(page, 'echo he$((40+2))ld\n');
  await page
    .getByText(/^No answer for \d+ s\./)
    .first()
    .waitFor();
  await page.getByRole('link', { name: 'web-1 no answer' }).waitFor();
  expect(await latency(page).count()).toBe(0);
  expect(await page.getByRole('link', { name: 'web-1 connected' }).count()).toBe(0);
  await banner(page).waitFor();
  await expectAccessible(page);

  wire.mend();
  await page.getByRole('link', { name: 'web-1 connected' }).waitFor();
  await terminal(page).rows.getByText('he42ld').first().waitFor();
  await banner(page).waitFor({ state: 'detached' });
  await type(page, 'echo af$((40+2))ter\n');
  await terminal(page).rows.getByText('af42ter').first().waitFor();
  expect(await countOf(page, 'he42ld')).toBe(1);
  expect(visitor.faults).toEqual([]);
});

test('gives up a connection that stays silent, joins the session again, and types nothing twice', async () => {
  await using wire = await layWire(room.gatehouse.url);
  await using visitor = await inShell(wire);
  const { page } = visitor;

  wire.swallow();
  await type(page, 'echo swal$((40+2))lowed\n');
  await page.getByText('Connection lost. Input is not sent.', { exact: false }).waitFor();
  await page.getByRole('link', { name: 'web-1 connection lost' }).waitFor();
  await page.keyboard.type('# this is not sent');
  await banner(page).waitFor();

  wire.mend();
  await page.getByRole('link', { name: 'web-1 connected' }).waitFor();
  await terminal(page).rows.getByText('swal42lowed').first().waitFor();
  await type(page, 'echo af$((40+2))ter\n');
  await terminal(page).rows.getByText('af42ter').first().waitFor();
  expect(await countOf(page, 'swal42lowed')).toBe(1);
  expect(await countOf(page, 'not sent')).toBe(0);
  await banner(page).waitFor({ state: 'detached' });
}, 180_000);
