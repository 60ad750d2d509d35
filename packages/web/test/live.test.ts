import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestGatehouse } from '../../server/test/harness/gatehouse.ts';
import { expectAccessible, startBrowser, visit } from './harness/browser.ts';
import { layWire } from './harness/wire.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

const identity = (name: string, organizationId?: number) => ({
  name,
  type: 'password',
  username: 'deploy',
  password: 'nobody reads this',
  ...(organizationId === undefined ? {} : { organizationId }),
});

test('says that the server is lost, and shows what happened meanwhile when it is back', async () => {
  await using gatehouse = await startTestGatehouse();
  const ada = await gatehouse.administrator();
  await ada.call('PUT', '/api/identity', identity('Before'));
  await using wire = await layWire(gatehouse.url);
  await using visitor = await visit(browser, gatehouse, { as: ada, baseURL: wire.url });
  const { page } = visitor;
  await page.goto('/identities');
  await page.getByText('Before').first().waitFor();

  wire.cut();
  await page.getByText('Connection to the server lost.').waitFor();
  await ada.call('PUT', '/api/identity', identity('Meanwhile'));
  expect(await page.getByText('Before').first().isVisible()).toBe(true);
  expect(await page.getByText('Meanwhile').count()).toBe(0);

  wire.mend();
  await page.getByText('Meanwhile').first().waitFor();
  await page.getByText('Connection to the server lost.').waitFor({ state: 'hidden' });
});

test('shows a screen that was asked for while the server was lost, when it is back', async () => {
  await using gatehouse = await startTestGatehouse();
  const ada = await gatehouse.administrator();
  await using wire = await layWire(gatehouse.url);
  await using visitor = await visit(browser, gatehouse, { as: ada, baseURL: wire.url });
  const { page } = visitor;
  await page.goto('/identities');
  await page.getByRole('heading', { name: 'Identities', level: 1 }).waitFor();
  wire.cut();
  // Its part of the app has not been fetched yet.
  await page.getByRole('link', { name: 'Organizations' }).click();
  await page.getByRole('heading', { name: 'This page could not be displayed' }).waitFor();
  await page.getByText('The server cannot be reached.').waitFor();
  await expectAccessible(page);
  await page.getByText('Connection to the server lost.').waitFor();
  wire.mend();
  await page.getByRole('heading', { name: 'Organizations', level: 1 }).waitFor();

  await page.goto('/nowhere/at/all');
  await page.getByRole('heading', { name: 'Not found', level: 1 }).waitFor();
  await expectAccessible(page);
});

test('shows two people each other’s changes without a reload', async () => {
  await using gatehouse = await startTestGatehouse();
  const ada = await gatehouse.administrator();
  const grace = await gatehouse.person('grace');
  const organizationId = Number((await ada.call('PUT', '/api/organization', { name: 'Ops' })).at('id'));
  await ada.call('POST', `/api/organization/${organizationId}/invite`, { username: 'grace' });
  await grace.call('POST', `/api/organization/invitations/${organizationId}/respond`, { accept: true });
  await using mine = await visit(browser, gatehouse, { as: ada });
  await using hers = await visit(browser, gatehouse, { as: grace });
  await mine.page.goto('/identities');
  await hers.page.goto('/identities');
  await mine.page.getByRole('heading', { name: 'Identities', level: 1 }).waitFor();
  await hers.page.getByRole('heading', { name: 'Identities', level: 1 }).waitFor();

  await ada.call('PUT', '/api/identity', identity('Made by Ada', organizationId));
  await hers.page.getByText('Made by Ada').first().waitFor();
  await grace.call('PUT', '/api/identity', identity('Made by Grace', organizationId));
  await mine.page.getByText('Made by Grace').first().waitFor();

  expect([...mine.faults, ...hers.faults]).toEqual([]);
});
