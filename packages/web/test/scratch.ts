import { startTestGatehouse } from '../../server/test/harness/gatehouse.ts';
import { desktop, startBrowser, visit, phone } from './harness/browser.ts';
import { furnish } from './screenshots/demo.ts';
const out='/tmp/shots-w-terminal/';
const browser = await startBrowser();
const gatehouse = await startTestGatehouse();
const demo = await furnish(gatehouse);
try {
  const v = await visit(browser, gatehouse, { as: demo.ada });
  const { page } = v; page.on('console', (m) => console.log('C', m.text())); page.on('websocket', (w) => { console.log('WS', w.url()); w.on('framesent', (f) => { if (typeof f.payload === 'string') console.log('>', f.payload) }); w.on('close', () => console.log('wsclose', w.url())) });
  const seed = (tabs: unknown) => page.evaluate((s) => sessionStorage.setItem('gatehouse.workspace', s), JSON.stringify({ tabs }));
  const tab = (id: string, name: string) => ({ id, layout: { kind: 'pane', paneId: 'p' + id }, panes: [{ id: 'p' + id, target: { entryId: demo.entries.get(name), name } }], activePaneId: 'p' + id });
  await page.goto('/servers');
  await seed([tab('a', 'web-1'), tab('b', 'home-nas'), tab('c', [...demo.entries.keys()].at(-1)!)]);
  await page.goto('/terminals/a');
  await page.waitForTimeout(4000);
  await page.screenshot({ path: out + '1.png' });
  await page.keyboard.type('ls -la --color /etc | head -30\n');
  await page.waitForTimeout(1500);
  await page.screenshot({ path: out + '2.png' });
  await page.getByRole('button', { name: 'Split' }).click();
  await page.getByRole('menuitem', { name: 'To the right' }).click();
  await page.waitForTimeout(2500);
  await page.screenshot({ path: out + '3.png' });
  await page.keyboard.press('Alt+3');
  await page.waitForTimeout(2500);
  await page.screenshot({ path: out + '4.png' });
  console.log(demo.entries, v.faults);
} finally {
  await browser.close();
  await demo[Symbol.asyncDispose]();
  await gatehouse[Symbol.asyncDispose]();
}
