import { atMost } from '../goals.ts';
import { spread } from '../latency.ts';
import { startProduct, type Product } from '../product.ts';
import type { Result, Row } from '../row.ts';
import { gzippedKb, shellScripts } from '../web/bundle.ts';
import { openUnwatchedPage } from '../web/unwatched-page.ts';
import { visit, watchFrames } from '../web/visitor.ts';
import { createPasswords } from './identities.ts';

const largestShellKb = 220;
const longestStartMs = 1_000;
const listLength = 10_000;
/** Two frames of a 60 Hz screen: later frames are visible as a stutter. */
const longestFrameMs = 50;
/** A phone with a poor connection. */
const slowLink = { bitsPerSecond: 1_600_000, roundTripMs: 300 };
const longestBlankMs = 2_000;
const longestSlowStartMs = 6_000;
const starts = 9;
const slowStarts = 3;
const entriesAtOnce = 16;

/** The web app in a browser: download size, time to the first screen, and scrolling and filtering of lists of 10,000. */
export const web: Row = {
  name: 'web',
  async run({ directory, seconds }) {
    await using product = await startProduct(directory);
    const results: Result[] = [shell(), await firstScreen(product), await slowFirstScreen(product)];
    await createPasswords(product, listLength);
    results.push(await longList(product, 'identities', seconds));
    await createEntries(product, listLength);
    results.push(await longList(product, 'servers', seconds));
    return results;
  },
};

function shell(): Result {
  const kb = gzippedKb(shellScripts());
  return {
    title: 'scripts before the first screen, gzip',
    lines: [{ who: 'product', figures: { megabytes: kb / 1000 } }],
    goals: [atMost(largestShellKb, 'kB', 'shell', kb)],
  };
}

async function firstScreen(product: Product): Promise<Result> {
  const times: number[] = [];
  for (let round = 0; round < starts; round++) {
    await using page = await openUnwatchedPage(product);
    await page.goto('/servers');
    times.push(await page.until(`document.querySelector('h1') !== null`));
  }
  const figures = spread(times);
  return {
    title: `from the address to the servers on the screen, empty cache, ${starts} starts`,
    lines: [{ who: 'product', figures }],
    goals: [atMost(longestStartMs, 'ms', 'median', figures.p50Ms)],
  };
}

const isPainted = "performance.getEntriesByName('first-contentful-paint').length > 0";

async function slowFirstScreen(product: Product): Promise<Result> {
  const painted: number[] = [];
  const usable: number[] = [];
  for (let round = 0; round < slowStarts; round++) {
    await using page = await openUnwatchedPage(product);
    await page.slowDown(slowLink);
    await page.goto('/servers');
    painted.push(await page.until(isPainted));
    usable.push(await page.until(`document.querySelector('h1') !== null`));
  }
  return {
    title: `the same behind 1.6 Mbit/s and 300 ms, ${slowStarts} starts`,
    lines: [
      { who: 'first paint', figures: spread(painted) },
      { who: 'servers', figures: spread(usable) },
    ],
    goals: [
      atMost(longestBlankMs, 'ms', 'first paint, median', spread(painted).p50Ms),
      atMost(longestSlowStartMs, 'ms', 'servers, median', spread(usable).p50Ms),
    ],
  };
}

async function longList(product: Product, area: 'identities' | 'servers', seconds: number): Promise<Result> {
  await using visitor = await visit(product);
  const { page } = visitor;
  await page.goto(`/${area}`);
  const list = area === 'identities' ? page.getByRole('grid') : page.getByRole('tree');
  await list.hover();
  const scrolled = await watchFrames(page, async () => {
    const end = performance.now() + seconds * 1000;
    while (performance.now() < end) await page.mouse.wheel(0, 600);
  });
  const filtered = await watchFrames(page, async () => {
    await page
      .getByRole('searchbox')
      .or(page.getByPlaceholder(/search|find/i))
      .first()
      .pressSequentially('777', { delay: 120 });
    await page.waitForTimeout(500);
  });
  const worst = Math.max(0, ...filtered.longTaskMs);
  const frames = spread(scrolled.frameMs);
  return {
    title: `${listLength} ${area}: scroll for ${seconds} s, then filter by three keys`,
    lines: [
      { who: 'frames while it scrolls', figures: frames },
      { who: 'longest task while it filters', figures: { p99Ms: worst } },
    ],
    goals: [
      atMost(longestFrameMs, 'ms', 'p99 of a frame', frames.p99Ms),
      atMost(longestFrameMs * 2, 'ms', 'filter', worst),
    ],
  };
}

async function createEntries(product: Product, count: number): Promise<void> {
  const numbers = Array.from({ length: count }, (_, index) => index);
  for (let at = 0; at < count; at += entriesAtOnce)
    await Promise.all(
      numbers.slice(at, at + entriesAtOnce).map((number) =>
        product.call('PUT', '/api/entry', {
          name: `server-${number}`,
          type: 'server',
          config: { protocol: 'ssh', ip: `host-${number}.example.net` },
        }),
      ),
    );
}
