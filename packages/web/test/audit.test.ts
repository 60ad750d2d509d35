import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestGatehouse } from '../../server/test/harness/gatehouse.ts';
import { expectAccessible, phone, startBrowser, visit } from './harness/browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

test('tells what happened in sentences, and all of an entry when it is opened', async () => {
  await using gatehouse = await startTestGatehouse();
  const ada = await gatehouse.administrator();
  const ops = Number((await ada.call('PUT', '/api/organization', { name: 'Ops' })).at('id'));
  const key = { name: '{{actor}} <i>key</i>', type: 'password', password: 'nobody reads this', organizationId: ops };
  const id = Number((await ada.call('PUT', '/api/identity', key)).at('id'));
  await gatehouse.call('POST', '/api/auth/login', { body: { username: 'root', password: 'guess' } });
  await using visitor = await visit(browser, gatehouse, { as: ada });
  const { page, faults } = visitor;
  await page.goto('/audit');
  await page.getByText('Sign-in failed: no such username').waitFor();
  const row = page.getByRole('button', { name: 'admin created the identity {{actor}} <i>key</i> for Ops' });
  await row.waitFor();
  await expectAccessible(page);

  await row.focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary', { name: /^Entry \d+$/ });
  await panel.getByText('identity.create').waitFor();
  await panel.getByText('secretVersions.password').waitFor();
  await expectAccessible(page);
  await panel.getByRole('link', { name: 'Identity {{actor}} <i>key</i>' }).click();
  await page.waitForURL(`**/identities/${id}`);
  expect(faults).toEqual([]);
});

test('shows a command with all of its lines', async () => {
  await using gatehouse = await startTestGatehouse();
  const ada = await gatehouse.administrator();
  const config = { protocol: 'ssh', ip: '127.0.0.1', port: 9 };
  const entry = await ada.call('PUT', '/api/entry', { name: 'silent', type: 'server', config });
  const directIdentity = { username: 'ada', password: 'nobody reads this' };
  const command = 'set -e\nsystemctl restart nginx';
  await ada.call('POST', `/api/connection/${String(entry.at('id'))}/exec`, { command, directIdentity });
  await using visitor = await visit(browser, gatehouse, { as: ada });
  const { page, faults } = visitor;
  await page.goto('/audit?action=session.open');
  await page.getByRole('button', { name: /started a command on silent/ }).click();
  const shown = page.getByRole('region', { name: 'Command' });
  await shown.waitFor();
  expect(await shown.textContent()).toBe(command);
  await expectAccessible(page);
  expect(faults).toEqual([]);
});

test('filters by what the address says, and writes there what is chosen', async () => {
  await using gatehouse = await startTestGatehouse();
  const ada = await gatehouse.administrator();
  const ops = Number((await ada.call('PUT', '/api/organization', { name: 'Ops' })).at('id'));
  await ada.call('PUT', '/api/identity', { name: 'Mine', type: 'password', password: 'x' });
  await ada.call('PUT', '/api/identity', { name: 'Ours', type: 'password', password: 'x', organizationId: ops });
  await using visitor = await visit(browser, gatehouse, { as: ada });
  const { page } = visitor;
  await page.goto('/audit?action=identity.*');
  await page.getByText('2 entries').waitFor();
  await page.getByRole('combobox', { name: 'Organization' }).click();
  await page.getByRole('option', { name: 'Ops' }).click();
  await page.getByText('1 entry').waitFor();
  await page.getByText('admin created the identity Ours for Ops').waitFor();
  expect(new URL(page.url()).searchParams.get('organizationId')).toBe(String(ops));

  await page.getByRole('combobox', { name: 'Time' }).click();
  await page.getByRole('option', { name: 'Custom range…' }).click();
  await page.getByLabel('To', { exact: true }).fill('2020-01-31');
  await page.getByText('No matches').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByText('admin created the identity Mine').waitFor();

  await page.getByRole('combobox', { name: 'Outcome' }).click();
  await page.getByRole('option', { name: 'Denied' }).click();
  await page.getByText('No matches').waitFor();
  expect(new URL(page.url()).searchParams.get('outcome')).toBe('denied');
});

test('says when more has happened, and loads more and more of a long log', async () => {
  await using gatehouse = await startTestGatehouse({ environment: { ORGANIZATIONS_PER_ACCOUNT: '200' } });
  const ada = await gatehouse.administrator();
  for (let count = 0; count < 150; count++) await ada.call('PUT', '/api/organization', { name: `Team ${count}` });
  await using visitor = await visit(browser, gatehouse, { as: ada, viewport: phone });
  const { page } = visitor;
  await page.goto('/audit?action=organization.create');
  await page.getByText('150 entries').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Team 149' }).focus();
  const first = page.getByText('admin created the organization Team 0', { exact: true });
  // Each time, the end is the end of what has been read so far.
  await expect
    .poll(
      async () => {
        await page.keyboard.press('End');
        return first.isVisible();
      },
      { timeout: 30_000 },
    )
    .toBe(true);

  await ada.call('PUT', '/api/organization', { name: 'Latest' });
  await page.getByText('1 new entry').waitFor();
  await page.getByRole('button', { name: 'Show' }).click();
  await page.getByText('admin created the organization Latest').waitFor();
});

test('an administrator verifies the chain and exports what is filtered', async () => {
  await using gatehouse = await startTestGatehouse();
  const ada = await gatehouse.administrator();
  await ada.call('PUT', '/api/organization', { name: 'Ops' });
  // The end of a server leaves a checkpoint, with which the log is compared.
  await gatehouse.restart();
  await using visitor = await visit(browser, gatehouse, { as: ada });
  const { page } = visitor;
  await page.goto('/audit?action=organization.create');
  await page.getByRole('button', { name: 'Chain not verified yet' }).click();
  await page.getByText(/^The log has \d+ entries and ends with/).waitFor();
  await page.getByRole('button', { name: 'Verify now' }).click();
  await page.getByText(/^All \d+ entries verified\.$/).waitFor();
  await page.getByRole('button', { name: 'Chain verified' }).waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Escape');

  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export' }).click();
  const file = await (await downloading).path();
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { action: string }).action)).toEqual(['organization.create']);
});

test('shows a member what is theirs, without the chain, which is for administrators', async () => {
  await using gatehouse = await startTestGatehouse();
  await gatehouse.administrator();
  const grace = await gatehouse.person('grace');
  await using visitor = await visit(browser, gatehouse, { as: grace, locale: 'de-DE', colorScheme: 'light' });
  const { page } = visitor;
  await page.goto('/audit');
  await page.getByText('grace hat sich angemeldet').waitFor();
  await expectAccessible(page);
  expect(await page.getByText(/Kette/).count()).toBe(0);
});
