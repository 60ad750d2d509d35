import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { atLeast, atMost } from '../goals.ts';
import { quantile } from '../latency.ts';
import { startProduct } from '../product.ts';
import type { Row } from '../row.ts';
import { addTarget, startTarget } from '../ssh/target.ts';
import { visit, watchFrames, type Visitor } from '../web/visitor.ts';

const outputMegabytes = 60;
const rounds = 3;
const leastMegabytesPerSecond = 60;
const longestTaskMs = 100;
const patienceMs = 120_000;
const line = 'Nov 24 12:00:00 web-1 nginx[1234]: 10.0.0.1 GET /index.html HTTP/1.1 200 5123 0.012';
const scrollbackLines = 10_000;

/** How fast a page takes output, and whether it can be used meanwhile. */
export const terminalPage: Row = {
  name: 'terminal-page',
  async run({ directory }) {
    await using target = await startTarget(directory);
    await using product = await startProduct(directory);
    await addTarget(product, target);
    await using visitor = await visit(product);
    await openTerminal(visitor);
    const rates: number[] = [];
    const longest: number[] = [];
    const alone: number[] = [];
    for (let round = 0; round < rounds; round++) {
      let rate = 0;
      const { longTaskMs } = await watchFrames(visitor.page, async () => {
        rate = await printLines(visitor.page, round);
      });
      rates.push(rate);
      longest.push(Math.max(0, ...longTaskMs));
      await using other = await visit(product);
      alone.push(await emulatorAlone(other.page));
    }
    const rate = quantile(rates, 0.5);
    return [
      {
        title: `terminal in a page: ${outputMegabytes} MB of lines, median of ${rounds} (MB per second)`,
        lines: [
          { who: 'product', figures: { perSecond: rate } },
          { who: 'xterm.js fed from memory', figures: { perSecond: quantile(alone, 0.5) } },
          { who: 'longest task of the page', figures: { p99Ms: Math.max(...longest) } },
        ],
        goals: [
          atLeast(leastMegabytesPerSecond, 'MB/s', 'rate', rate),
          atMost(longestTaskMs, 'ms', 'longest task', Math.max(...longest)),
        ],
      },
    ];
  },
};

async function openTerminal({ page }: Visitor): Promise<void> {
  await page.goto('/servers');
  const find = page.getByRole('searchbox', { name: 'Find or user@host' });
  await find.fill('measured');
  await page.getByRole('treeitem', { name: 'measured' }).first().waitFor();
  await find.press('Enter');
  await page.getByRole('link', { name: 'measured connected' }).waitFor();
  await page.locator('.xterm-rows').getByText('$').first().waitFor();
  await page.getByRole('textbox', { name: 'Terminal input' }).focus();
}

/** Types a command that prints; MB per second from its start to its last line on the screen. */
async function printLines(page: Page, round: number): Promise<number> {
  await page.keyboard.type(`yes '${line}' | head -c ${outputMegabytes}M; echo do$((round))ne-${round}`);
  const startedMs = performance.now();
  await page.keyboard.press('Enter');
  await page.locator('.xterm-rows').getByText(`do0ne-${round}`).first().waitFor({ timeout: patienceMs });
  return (outputMegabytes * 2 ** 20) / 1000 / (performance.now() - startedMs);
}

/** The same lines, as a terminal device gives them out, for the emulator that the product uses and nothing else. */
async function emulatorAlone(page: Page): Promise<number> {
  const require = createRequire(import.meta.url);
  await page.goto('about:blank');
  await page.setContent('<div id="terminal" style="width: 1150px; height: 800px"></div>');
  await page.addScriptTag({ path: require.resolve('@xterm/xterm') });
  await page.addStyleTag({ path: require.resolve('@xterm/xterm/css/xterm.css') });
  return page.evaluate<number>(`(async () => {
    const terminal = new Terminal({ cols: 140, rows: 40, scrollback: ${scrollbackLines} });
    terminal.open(document.getElementById('terminal'));
    const piece = new TextEncoder().encode(${JSON.stringify(`${line}\r\n`)}.repeat(750));
    const pieces = Math.ceil(${outputMegabytes} * 2 ** 20 / piece.length);
    const startedMs = performance.now();
    for (let sent = 0; sent < pieces; sent++) {
      const written = new Promise((resolve) => terminal.write(piece, resolve));
      if (sent % 8 === 7 || sent === pieces - 1) await written;
    }
    return (pieces * piece.length) / 1000 / (performance.now() - startedMs);
  })()`);
}
