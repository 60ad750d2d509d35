import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestGatehouse } from '../../server/test/harness/gatehouse.ts';
import { startBrowser, visit } from './harness/browser.ts';

/** Each file costs a round trip; there were 130 when every icon had its own. */
const mostRequests = 40;

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

test('the first screen takes few requests, and the tree is transferred once', async () => {
  await using gatehouse = await startTestGatehouse();
  const ada = await gatehouse.administrator();
  for (let at = 0; at < 20; at++) await ada.call('PUT', '/api/entry', { name: `web-${at}`, config: { ip: 'host' } });
  await using visitor = await visit(browser, gatehouse, { as: ada });
  const { page } = visitor;
  const requests: string[] = [];
  const trees: number[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('requestfinished', (request) => {
    if (!request.url().endsWith('/api/entry/list')) return;
    void request.sizes().then(({ responseBodySize }) => trees.push(responseBodySize));
  });

  await page.goto('/servers');
  await page.getByRole('treeitem', { name: /web-19/ }).waitFor();
  await page.waitForLoadState('networkidle');

  expect(requests.length).toBeLessThan(mostRequests);
  // What follows when the state socket opens is answered with 304.
  await expect.poll(() => trees.length, { timeout: 30_000 }).toBeGreaterThan(0);
  expect(trees.filter((bytes) => bytes > 0)).toHaveLength(1);
});

test('something is on the screen before the scripts have arrived', async () => {
  await using gatehouse = await startTestGatehouse();
  const ada = await gatehouse.administrator();
  await using visitor = await visit(browser, gatehouse, { as: ada });
  const { page } = visitor;
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/assets/*.js', async (route) => {
    await released;
    await route.continue();
  });

  await page.goto('/servers', { waitUntil: 'commit' });
  await page.getByText('Gatehouse', { exact: true }).waitFor();
  const painted = () => page.evaluate(() => performance.getEntriesByName('first-contentful-paint').length);
  await expect.poll(painted, { timeout: 30_000 }).toBe(1);

  release();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.locator('.opening').waitFor({ state: 'hidden' });
});
