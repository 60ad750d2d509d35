import { chromium, type Page } from 'playwright-core';
import { RowSkipped } from '../row.ts';
import { existsSync } from 'node:fs';
import type { Product } from '../product.ts';

const chromiumPath = '/usr/bin/chromium';

/** A page of a browser of its own, signed in as the product's administrator. */
export interface Visitor extends AsyncDisposable {
  readonly page: Page;
}

export async function visit(product: Product): Promise<Visitor> {
  if (!existsSync(chromiumPath)) throw new RowSkipped('There is no /usr/bin/chromium.');
  const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
  const url = `http://127.0.0.1:${product.port}`;
  const context = await browser.newContext({ baseURL: url, locale: 'en-GB', viewport: { width: 1440, height: 900 } });
  const token = product.authorization.slice('Bearer '.length);
  await context.addCookies([{ name: 'gatehouse', value: token, url, httpOnly: true, sameSite: 'Strict' }]);
  return { page: await context.newPage(), [Symbol.asyncDispose]: () => browser.close() };
}

/** Times between frames, and tasks that blocked the page for more than 50 ms (W3C Long Tasks), in milliseconds. */
export interface Smoothness {
  readonly frameMs: readonly number[];
  readonly longTaskMs: readonly number[];
}

/** Watches the page's frames while `act` runs. */
export async function watchFrames(page: Page, act: () => Promise<void>): Promise<Smoothness> {
  await page.evaluate(`
    window.watch = { frameMs: [], longTaskMs: [], on: true };
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.watch.longTaskMs.push(duration);
    }).observe({ type: 'longtask' });
    let last = performance.now();
    const step = (now) => {
      window.watch.frameMs.push(now - last);
      last = now;
      if (window.watch.on) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  `);
  await act();
  return page.evaluate<Smoothness>('window.watch.on = false, window.watch');
}
