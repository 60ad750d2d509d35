import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestGatehouse } from '../../server/test/harness/gatehouse.ts';
import { expectAccessible, startBrowser, visit } from './harness/browser.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser();
});

afterAll(async () => {
  await browser.close();
});

test('administrators change settings of the server, and see which are fixed elsewhere', async () => {
  await using gatehouse = await startTestGatehouse({ environment: { TERMINALS_PER_ACCOUNT: '7' } });
  const admin = await gatehouse.administrator();
  await using visitor = await visit(browser, gatehouse, { as: admin });
  const { page } = visitor;

  await page.goto('/settings/server');
  const terminals = page.getByRole('listitem').filter({ hasText: 'TERMINALS_PER_ACCOUNT' });
  await terminals.getByText('Set by environment variable').waitFor();
  await terminals.getByText('7', { exact: true }).waitFor();
  expect(await terminals.getByRole('textbox').count()).toBe(0);

  const length = page.getByRole('textbox', { name: 'PASSWORD_MIN_LENGTH' });
  await length.fill('4');
  await page.getByRole('textbox', { name: /EGRESS_DENY$/ }).fill('not a network!');
  await page.getByText('2 unsaved changes').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('A whole number from 8 to 255').waitFor();
  await page.getByText('Must list addresses, networks').waitFor();
  await expectAccessible(page);
  await page.getByRole('textbox', { name: /EGRESS_DENY$/ }).fill('');
  await page.getByText('Must list addresses, networks').waitFor({ state: 'detached' });
  await length.fill('12');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Settings saved.').waitFor();
  const settings = (await admin.call('GET', '/api/settings')).body as { name: string; value: unknown }[];
  expect(settings.find(({ name }) => name === 'PASSWORD_MIN_LENGTH')?.value).toBe(12);

  await page.getByRole('button', { name: 'Reset PASSWORD_MIN_LENGTH to default' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Set here', { exact: true }).waitFor({ state: 'detached' });
  expect(await length.inputValue()).toBe('8');
});
