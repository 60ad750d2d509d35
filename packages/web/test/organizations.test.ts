import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestGatehouse, type Person } from '../../server/test/harness/gatehouse.ts';
import { desktop, expectAccessible, phone, startBrowser, visit } from './harness/browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

/** An organization with one active member, who may do what members may. */
async function organizationOf(owner: Person, member: Person): Promise<number> {
  const id = Number(
    (await owner.call('PUT', '/api/organization', { name: 'Ops', description: 'Production' })).at('id'),
  );
  await owner.call('POST', `/api/organization/${id}/invite`, { username: member.username });
  await member.call('POST', `/api/organization/invitations/${id}/respond`, { accept: true });
  return id;
}

test('an owner makes an organization and invites a person, who accepts in another browser', async () => {
  await using gatehouse = await startTestGatehouse();
  const ada = await gatehouse.administrator();
  const grace = await gatehouse.person('grace');
  await using mine = await visit(browser, gatehouse, { as: ada });
  await using hers = await visit(browser, gatehouse, { as: grace });
  await mine.page.goto('/organizations');
  await mine.page.getByText('No organizations yet').waitFor();
  await expectAccessible(mine.page);
  await hers.page.goto('/organizations');
  await hers.page.getByText('No organizations yet').waitFor();

  await mine.page.getByRole('button', { name: 'New organization' }).click();
  await mine.page.getByLabel('Name').fill('<b>Ops</b>');
  await mine.page.getByLabel('Description').fill('Everybody who keeps production running');
  await expectAccessible(mine.page);
  await mine.page.getByRole('button', { name: 'Create organization' }).click();
  await mine.page.getByRole('heading', { name: '<b>Ops</b>', level: 1 }).waitFor();

  const invite = mine.page.getByRole('combobox', { name: 'Invite by username' });
  await invite.fill('nobody-here');
  await mine.page.getByRole('button', { name: 'Invite' }).click();
  await mine.page.getByText('No account has this username.').waitFor();
  await invite.fill('gra');
  await mine.page.getByRole('option', { name: 'grace' }).click();
  await mine.page.getByRole('button', { name: 'Invite' }).click();
  await mine.page.getByText('invitation pending').waitFor();

  await hers.page.getByText('Invited by Ada Admin').waitFor();
  await expectAccessible(hers.page);
  await hers.page.getByRole('button', { name: 'Accept: <b>Ops</b>' }).click();
  await hers.page.getByText('You are now a member of <b>Ops</b>.').waitFor();
  await hers.page.getByRole('link', { name: '<b>Ops</b>' }).waitFor();
  await mine.page.getByText('invitation pending').waitFor({ state: 'hidden' });
  expect([...mine.faults, ...hers.faults]).toEqual([]);
});

test('an owner changes a right of a member, and takes it back', async () => {
  await using gatehouse = await startTestGatehouse();
  const ada = await gatehouse.administrator();
  const grace = await gatehouse.person('grace');
  const id = await organizationOf(ada, grace);
  const right = async () =>
    (await ada.call('GET', `/api/organization/${id}/members/${grace.id}/permissions`)).at('permissions') as Record<
      string,
      string
    >;
  await using visitor = await visit(browser, gatehouse, { as: ada });
  const { page } = visitor;
  await page.goto(`/organizations/${id}`);
  await page.getByRole('button', { name: 'Permissions of grace Example' }).click();
  const ssh = page.getByRole('radiogroup', { name: 'Connect over SSH' });
  await ssh.waitFor();
  await expectAccessible(page);
  await page.getByText('Allowed by default. Can open terminals').waitFor();

  await ssh.getByText('Deny').click();
  await page.getByText('Denied by you. Can see servers, but not log in').waitFor();
  await page.getByText('Permissions of grace Example changed.').waitFor();
  expect((await right())['connect.ssh']).toBe('deny');

  await expectAccessible(page);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Allowed by default. Can open terminals').waitFor();
  await expect.poll(async () => (await right())['connect.ssh']).toBe('neutral');
});

test('a member without rights reads a page that offers nothing but to leave', async () => {
  await using gatehouse = await startTestGatehouse();
  const ada = await gatehouse.administrator();
  const grace = await gatehouse.person('grace');
  const id = await organizationOf(ada, grace);
  await ada.call('PUT', `/api/organization/${id}/members/${grace.id}/permissions`, {
    permissions: { 'identities.manage': 'deny', 'resources.manage': 'deny' },
  });
  await ada.call('PUT', '/api/identity', { name: 'Deploy key', type: 'password', password: 'x', organizationId: id });
  await using visitor = await visit(browser, gatehouse, { as: grace });
  const { page } = visitor;
  await page.goto(`/organizations/${id}`);
  await page.getByText('Ada Admin manages members and permissions.').waitFor();
  await page.getByRole('link', { name: 'Deploy key' }).waitFor();
  await expectAccessible(page);
  for (const name of ['Edit', 'Invite', 'Permissions of Ada Admin', 'Remove Ada Admin'])
    expect([name, await page.getByRole('button', { name, exact: true }).count()]).toEqual([name, 0]);
  for (const name of ['New identity', 'New server'])
    expect([name, await page.getByRole('link', { name }).count()]).toEqual([name, 0]);
  expect(await page.getByText('Recent identity use').count()).toBe(0);

  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Leave' }).click();
  await page.getByText('To return, you need a new invitation.').waitFor();
  await page.getByRole('button', { name: 'Leave Ops' }).click();
  await page.getByText('You left Ops.').waitFor();
  await page.getByText('No organizations yet').waitFor();
});

test('removing a member and deleting the organization say what follows before they happen', async () => {
  await using gatehouse = await startTestGatehouse();
  const ada = await gatehouse.administrator();
  const grace = await gatehouse.person('grace');
  const id = await organizationOf(ada, grace);
  await ada.call('PUT', '/api/identity', { name: 'Deploy key', type: 'password', password: 'x', organizationId: id });
  await using mine = await visit(browser, gatehouse, { as: ada });
  await using hers = await visit(browser, gatehouse, { as: grace });
  await hers.page.goto(`/organizations/${id}`);
  await hers.page.getByRole('heading', { name: 'Ops', level: 1 }).waitFor();
  const { page } = mine;
  await page.goto(`/organizations/${id}`);
  await page.getByRole('button', { name: 'Remove grace Example' }).click();
  await page.getByText('Live sessions of grace Example on its servers end immediately.').waitFor();
  await expectAccessible(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Remove grace Example' }).click();
  await page.getByText('grace Example was removed.').waitFor();
  await hers.page.getByText('This organization does not exist, or you are not a member of it.').waitFor();

  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).waitFor();
  await expectAccessible(page);
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByText('1 identity and its secrets are permanently deleted.').waitFor();
  const act = page.getByRole('button', { name: 'Delete organization' });
  expect(await act.isDisabled()).toBe(true);
  await page.getByRole('textbox', { name: 'Type “Ops”' }).fill('Ops');
  await act.click();
  await page.getByText('No organizations yet').waitFor();
  expect((await ada.call('GET', `/api/organization/${id}`)).status).toBe(404);
});

test('an owner hands the organization over and chooses what servers log in with, in the light and on a phone', async () => {
  await using gatehouse = await startTestGatehouse();
  const ada = await gatehouse.administrator();
  const grace = await gatehouse.person('grace');
  const id = await organizationOf(ada, grace);
  await ada.call('PUT', '/api/identity', { name: 'Deploy key', type: 'password', password: 'x', organizationId: id });
  await using visitor = await visit(browser, gatehouse, { as: ada, viewport: phone, colorScheme: 'light' });
  const { page } = visitor;
  await page.goto(`/organizations/${id}`);
  await page.getByRole('combobox', { name: 'Default identity' }).click();
  await page.getByRole('option', { name: 'Deploy key' }).click();
  await page.getByText('Servers without an identity of their own now use Deploy key.').waitFor();
  await page.getByRole('combobox', { name: 'Host-key policy' }).click();
  await page.getByRole('option', { name: 'Pinned keys only' }).click();
  await page.getByText('Host-key policy of the organization: Pinned keys only.').waitFor();
  expect((await ada.call('GET', `/api/organization/${id}`)).at('hostKeyPolicy')).toBe('strict');
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);

  await page.setViewportSize(desktop);
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Transfer ownership' }).click();
  await page.getByRole('combobox', { name: 'New owner' }).click();
  await page.getByRole('option', { name: 'grace' }).click();
  await page.getByRole('button', { name: 'Transfer ownership', exact: true }).click();
  await page.getByText('grace Example manages members and permissions.').waitFor();
});
