import { startTestGatehouse } from '../../server/test/harness/gatehouse.ts';
import { startBrowser, visit } from './harness/browser.ts';
import { furnish } from './screenshots/demo.ts';
const out='/tmp/shots-w-terminal/';
const browser = await startBrowser();
const gatehouse = await startTestGatehouse();
const demo = await furnish(gatehouse);
try {
  const v = await visit(browser, gatehouse, { as: demo.ada });
  const { page } = v;
  const tab = (id: string, name: string) => ({ id, layout: { kind: 'pane', paneId: 'p' + id }, panes: [{ id: 'p' + id, target: { entryId: demo.entries.get(name), name } }], activePaneId: 'p' + id });
  await page.goto('/servers');
  await page.evaluate((s) => sessionStorage.setItem('gatehouse.workspace', s), JSON.stringify({ tabs: [tab('a', 'web-1')] }));
  await page.goto('/terminals/a');
  await page.locator('footer').getByText('ed25519').waitFor();
  await page.waitForTimeout(1500);
  const measure = async (label: string, command: string, bytes: number) => {
    await page.evaluate(() => {
      const w = window as any;
      w.longest = 0; w.count = 0;
      w.obs?.disconnect();
      w.obs = new PerformanceObserver((l) => { for (const e of l.getEntries()) { w.longest = Math.max(w.longest, e.duration); w.count++; } });
      w.obs.observe({ entryTypes: ['longtask'] });
      w.frames = 0; w.maxGap = 0; let last = performance.now(); w.stop = false;
      const f = () => { const n = performance.now(); w.maxGap = Math.max(w.maxGap, n - last); last = n; w.frames++; if (!w.stop) requestAnimationFrame(f); };
      requestAnimationFrame(f);
    });
    const t = Date.now();
    await page.keyboard.type(command + '; printf "\\033]0;do%s\\007" ne' + label + '\n');
    await page.locator('footer').getByText('done' + label).waitFor({ timeout: 120000 });
    const s = (Date.now() - t) / 1000;
    const r = await page.evaluate(() => { const w = window as any; w.stop = true; return { longestTask: w.longest, longTasks: w.count, frames: w.frames, maxFrameGap: w.maxGap }; });
    console.log(label, (bytes / 1e6 / s).toFixed(1), 'MB/s', s, 's', r);
  };
  await page.keyboard.type("PS1='$ '\n");
  await page.keyboard.type('seq 1 30000000 | head -c 100000000 > /tmp/big.txt; yes "$(ls -la --color=always /etc | head -40)" | head -c 50000000 > /tmp/color.txt; printf "\\033]0;rea%s\\007" dy\n');
  await page.locator('footer').getByText('ready').waitFor({ timeout: 60000 });
  await measure('one', 'cat /tmp/big.txt', 1e8);
  await page.screenshot({ path: out + 'bulk.png' });
  await measure('two', 'cat /tmp/color.txt', 5e7);
  await measure('three', 'tr -d "\\n" </tmp/big.txt | head -c 50000000', 5e7);
  await page.goto('/identities');
  console.log(v.faults);
} finally {
  await browser.close();
  await demo[Symbol.asyncDispose]();
  await gatehouse[Symbol.asyncDispose]();
}
