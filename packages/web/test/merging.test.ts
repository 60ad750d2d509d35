import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestGatehouse } from '../../server/test/harness/gatehouse.ts';
import { expectAccessible, startBrowser, visit } from './harness/browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

test('applies changes to the version that was saved elsewhere meanwhile, and asks about what both changed', async () => {
  await using gatehouse = await startTestGatehouse();
  const ada = await gatehouse.administrator();
  const added = await ada.call('PUT', '/api/entry', { name: 'shared-1', config: { ip: 'shared-1.test' } });
  const id = Number(added.at('id'));
  await using visitor = await visit(browser, gatehouse, { as: ada });
  const { page } = visitor;
  await page.goto(`/servers/${id}/edit`);
  const port = page.getByLabel('Port');
  const name = page.getByLabel('Name', { exact: true });
  const apply = page.getByRole('button', { name: 'Apply my changes' });
  await port.fill('2222');
  await ada.call('PATCH', `/api/entry/${id}`, { name: 'shared-renamed' });
  await page.getByText('This server was changed in the meantime').waitFor();
  expect(await port.inputValue()).toBe('2222');
  await expectAccessible(page);
  // Saved all the same, the server refuses it.
  const refused = page.waitForResponse((answer) => answer.status() === 412);
  await page.getByRole('button', { name: 'Save server' }).click();
  await refused;
  await page.getByText('This server was changed in the meantime').waitFor();
  expect((await ada.call('GET', `/api/entry/${id}`)).at('name')).toBe('shared-renamed');
  await apply.click();
  await page.getByText('Your changes were applied to it. Check them, then save.').waitFor();
  expect([await name.inputValue(), await port.inputValue()]).toEqual(['shared-renamed', '2222']);

  await name.fill('shared-mine');
  await ada.call('PATCH', `/api/entry/${id}`, { name: 'shared-theirs', icon: 'cloud' });
  await apply.click();
  await page.getByText('These fields were changed by both:').waitFor();
  await page.getByRole('status').getByText('shared-theirs').waitFor();
  expect(await name.inputValue()).toBe('shared-mine');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Use current value of Name' }).click();
  expect(await name.inputValue()).toBe('shared-theirs');
  const sent = page.waitForRequest((request) => request.method() === 'PATCH');
  await page.getByRole('button', { name: 'Save server' }).click();
  // Only what differs is sent.
  expect(Object.keys((await sent).postDataJSON() as object)).toEqual(['config']);
  await page.getByRole('heading', { name: 'shared-theirs', level: 1 }).waitFor();
  const saved = await ada.call('GET', `/api/entry/${id}`);
  expect([saved.at('name'), saved.at('icon'), saved.at('config.port')]).toEqual(['shared-theirs', 'cloud', 2222]);
});
