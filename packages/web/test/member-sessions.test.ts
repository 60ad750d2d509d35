import { afterAll, beforeAll, expect, test } from 'vitest';
import { addEntry, addOrganization, keyIdentity } from '../../server/test/sessions/servers.ts';
import { openTerminal } from '../../server/test/sessions/terminal-client.ts';
import { expectAccessible, visit } from './harness/browser.ts';
import { openServerRoom, type ServerRoom } from './harness/server-room.ts';

let room: ServerRoom;

beforeAll(async () => {
  room = await openServerRoom();
});

afterAll(() => room[Symbol.asyncDispose]());

test('the owner of an organization sees who is logged in where, and ends it', async () => {
  const { account, sshd, gatehouse, browser } = room;
  const owner = await gatehouse.person('olga');
  const member = await gatehouse.person('mia');
  const organizationId = await addOrganization(owner, [member]);
  const identityId = await keyIdentity(owner, account.username, { organizationId });
  const entryId = await addEntry(owner, sshd, { organizationId, identities: [identityId], name: 'shared-1' });
  const terminal = await openTerminal(gatehouse, member, { entryId });
  await terminal.frame('ready');

  await using visitor = await visit(browser, gatehouse, { as: owner });
  const { page } = visitor;
  await page.goto('/sessions');
  await page.getByText('No sessions yet').waitFor();
  await page.getByRole('combobox', { name: 'Whose sessions' }).click();
  await page.getByRole('option', { name: /^Members of / }).click();
  await page.getByRole('row', { name: /shared-1.*mia.*live/ }).click();
  const panel = page.getByRole('complementary', { name: 'Session on shared-1' });
  await panel.getByText('mia', { exact: true }).waitFor();
  expect(await panel.getByRole('button', { name: 'Open in tab' }).count()).toBe(0);
  expect(await panel.getByText('Connection log').count()).toBe(0);
  await expectAccessible(page);

  await panel.getByRole('button', { name: 'End session…' }).click();
  await page.getByRole('heading', { name: 'End the session of mia on shared-1?' }).waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'End session' }).click();
  expect((await terminal.closed()).reason).toBe('olga, who manages the members of the organization, ended it');
  await page.getByText('No live sessions').waitFor();
  expect(visitor.faults).toEqual([]);

  await using other = await visit(browser, gatehouse, { as: member });
  await other.page.goto('/sessions');
  await other.page.getByRole('row', { name: /shared-1/ }).waitFor();
  expect(await other.page.getByRole('combobox', { name: 'Whose sessions' }).count()).toBe(0);
});
