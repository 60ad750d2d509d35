import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestGatehouse } from '../../server/test/harness/gatehouse.ts';
import { expectAccessible, phone, startBrowser, visit } from './harness/browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

const settings = ['profile', 'security', 'api-keys', 'appearance', 'terminal', 'users', 'recovery-kit', 'about'];

test('every screen can be shown in German, also on a phone, and nothing of it is missing', async () => {
  await using gatehouse = await startTestGatehouse();
  const ada = await gatehouse.administrator();
  const add = async (path: string, body: object) => Number((await ada.call('PUT', path, body)).at('id'));
  const organization = await add('/api/organization', { name: 'Ops' });
  const identity = await add('/api/identity', {
    name: 'Deploy',
    type: 'password',
    username: 'a',
    password: 'of nobody',
  });
  const config = { protocol: 'ssh', ip: 'web-1.test', port: 22 };
  const server = await add('/api/entry', { name: 'web-1', config, identities: [identity] });
  const paths = [
    ...['/servers', '/servers/new', '/servers/import', `/servers/${server}`, `/servers/${server}/edit`],
    ...['/identities', '/identities/new', `/identities/${identity}`, `/identities/${identity}/edit`],
    ...['/sessions', '/audit', '/organizations', `/organizations/${organization}`],
    ...settings.map((section) => `/settings/${section}`),
  ];
  await using visitor = await visit(browser, gatehouse, {
    as: ada,
    locale: 'de-DE',
    viewport: phone,
    colorScheme: 'light',
  });
  const { page } = visitor;
  for (const path of paths) {
    await page.goto(path);
    await page.getByRole('heading').first().waitFor();
    await page.waitForLoadState('networkidle');
    expect(await page.getByText('Diese Seite konnte nicht angezeigt werden').count(), path).toBe(0);
    // A text that a language does not have shows as its key.
    expect(await page.locator('body').innerText(), path).not.toMatch(/\b[a-z]+\.[a-z]+\.[a-z]+[A-Z]?\w*\b(?<!\.test)/);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).toBeLessThanOrEqual(0);
    await expectAccessible(page);
  }
  expect(visitor.faults).toEqual([]);
});
