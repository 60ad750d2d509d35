import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestGatehouse, type Person, type TestGatehouse } from '../../server/test/harness/gatehouse.ts';
import { startBrowser, visit } from './harness/browser.ts';

let browser: Browser;
let gatehouse: TestGatehouse;
let ada: Person;
beforeAll(async () => {
  [browser, gatehouse] = await Promise.all([startBrowser(), startTestGatehouse()]);
  ada = await gatehouse.administrator();
});
afterAll(async () => {
  await browser.close();
  await gatehouse[Symbol.asyncDispose]();
});

async function expectKeyboardAt(place: Locator): Promise<void> {
  await expect.poll(() => place.evaluate((element) => element === document.activeElement)).toBe(true);
}

test('a dialog that closes gives the keyboard back to what opened it, a button or the button of a menu', async () => {
  const organization = Number((await ada.call('PUT', '/api/organization', { name: 'Ops' })).at('id'));
  const identity = Number(
    (
      await ada.call('PUT', '/api/identity', { name: 'Deploy', type: 'password', username: 'a', password: 'of nobody' })
    ).at('id'),
  );
  await using visitor = await visit(browser, gatehouse, { as: ada });
  const { page } = visitor;

  await page.goto(`/organizations/${organization}`);
  const edit = page.getByRole('button', { name: 'Edit' });
  await edit.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await expectKeyboardAt(edit);

  await page.goto(`/identities/${identity}`);
  const more = page.getByRole('button', { name: 'More actions' });
  await more.press('Enter');
  await page.getByRole('menuitem', { name: 'Delete' }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await expectKeyboardAt(more);

  await page.goto('/settings/api-keys');
  const add = page.getByRole('button', { name: 'New API key' });
  await add.click();
  await page.getByRole('dialog').waitFor();
  // Nothing opens over a dialog: one Escape would close both.
  await page.keyboard.press('Control+k');
  expect(await page.getByRole('combobox').count()).toBe(0);
  await page.getByRole('dialog', { name: 'New API key' }).getByRole('button', { name: 'Cancel' }).click();
  await expectKeyboardAt(add);
});

test('copies also where the page came over plain HTTP from another machine', async () => {
  await using visitor = await visit(browser, gatehouse, { as: ada, permissions: ['clipboard-read'] });
  const { page } = visitor;
  await page.addInitScript(() => {
    // What such pages find.
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
  });
  await page.goto('/settings/recovery-kit');
  await page.getByRole('button', { name: 'Copy', exact: true }).first().click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
});
