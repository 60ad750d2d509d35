import { createRequire } from 'node:module';
import { atLeast, atMost } from '../goals.ts';
import { quantile } from '../latency.ts';
import { startProduct, type Product } from '../product.ts';
import type { Row } from '../row.ts';
import { addTarget, startTarget } from '../ssh/target.ts';
import { openUnwatchedPage, type UnwatchedPage } from '../web/unwatched-page.ts';
import { visit } from '../web/visitor.ts';

const outputMegabytes = 60;
const rounds = 3;
const leastMegabytesPerSecond = 60;
const longestTaskMs = 100;
const line = 'Nov 24 12:00:00 web-1 nginx[1234]: 10.0.0.1 GET /index.html HTTP/1.1 200 5123 0.012';
const scrollbackLines = 10_000;

/** How fast a page processes output, and whether it stays responsive. */
export const terminalPage: Row = {
  name: 'terminal-page',
  async run({ directory }) {
    await using target = await startTarget(directory);
    await using product = await startProduct(directory);
    await addTarget(product, target);
    await using page = await openUnwatchedPage(product);
    await openTerminal(page);
    const printed: Printed[] = [];
    const alone: number[] = [];
    for (let round = 0; round < rounds; round++) {
      printed.push(await printLines(page, round));
      alone.push(await emulatorAlone(product));
    }
    const median = (figure: (one: Printed) => number) => quantile(printed.map(figure), 0.5);
    const rate = median(({ seconds }) => outputMegabytes / seconds);
    const perCpuSecond = median(({ cpuSeconds }) => outputMegabytes / cpuSeconds);
    const longest = Math.max(...printed.map(({ longestTaskMs: ms }) => ms));
    return [
      {
        title: `terminal in a page: ${outputMegabytes} MB of lines, median of ${rounds} (MB per second, and per second of the page's thread)`,
        lines: [
          { who: 'product', figures: { perSecond: rate, perCpuSecond } },
          { who: 'xterm.js fed from memory', figures: { perSecond: quantile(alone, 0.5) } },
          { who: 'longest task of the page', figures: { p99Ms: longest } },
        ],
        goals: [
          atLeast(leastMegabytesPerSecond, 'MB/s', 'rate', rate),
          atLeast(leastMegabytesPerSecond, 'MB', "rate per second of the page's thread", perCpuSecond),
          atMost(longestTaskMs, 'ms', 'longest task', longest),
        ],
      },
    ];
  },
};

async function openTerminal(page: UnwatchedPage): Promise<void> {
  await page.goto('/servers');
  const item = `[...document.querySelectorAll('[role=treeitem]')].find((item) => item.textContent.includes('measured'))`;
  await page.until(`${item} !== undefined`);
  await page.evaluate(`${item}.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }))`);
  await page.until(`document.querySelector('.xterm-rows')?.textContent.includes('$')`);
  await page.evaluate(`
    document.querySelector('.xterm-helper-textarea').focus();
    window.longTaskMs = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longTaskMs.push(duration);
    }).observe({ type: 'longtask' });
    true`);
}

interface Printed {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly longestTaskMs: number;
}

/** Types a command that prints; measures from its start to its last line on the screen. */
async function printLines(page: UnwatchedPage, round: number): Promise<Printed> {
  const typed = `do$((${round}))ne`;
  await page.type(`yes '${line}' | head -c ${outputMegabytes}M; echo ${typed}`);
  await page.until(`document.querySelector('.xterm-rows').textContent.includes('${typed}')`);
  await page.evaluate('window.longTaskMs = []');
  const cpuSeconds = page.cpuSeconds();
  const startedMs = await page.evaluate<number>('performance.now()');
  await page.pressEnter();
  const endedMs = await page.until(
    `[...document.querySelectorAll('.xterm-rows > div')].some((row) => row.textContent.includes('do${round}ne'))`,
  );
  return {
    // head counts in mebibytes.
    seconds: (endedMs - startedMs) / 1000 / 1.048576,
    cpuSeconds: (page.cpuSeconds() - cpuSeconds) / 1.048576,
    longestTaskMs: await page.evaluate<number>('Math.max(0, ...window.longTaskMs)'),
  };
}

/** The same lines, as a terminal device outputs them, in the product's emulator alone. */
async function emulatorAlone(product: Product): Promise<number> {
  await using visitor = await visit(product);
  const { page } = visitor;
  const require = createRequire(import.meta.url);
  await page.goto('about:blank');
  await page.setContent('<div id="terminal" style="width: 1150px; height: 800px"></div>');
  await page.addScriptTag({ path: require.resolve('@xterm/xterm') });
  await page.addStyleTag({ path: require.resolve('@xterm/xterm/css/xterm.css') });
  return await page.evaluate<number>(`(async () => {
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
