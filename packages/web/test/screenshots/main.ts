import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { startTestGatehouse, type TestGatehouse } from '../../../server/test/harness/gatehouse.ts';
import { desktop, phone, startBrowser, visit } from '../harness/browser.ts';
import { furnish, type Demo } from './demo.ts';
import { screens, type Screen } from './screens.ts';

const usage = `Usage: npm run screenshots -- [--only SCREEN]… [--out DIRECTORY]
Takes a picture of every screen: dark, light, and on a phone.
Screens: ${screens.map(({ name }) => name).join(', ')}`;

const looks = [
  { name: 'dark', options: { colorScheme: 'dark', viewport: desktop } },
  { name: 'light', options: { colorScheme: 'light', viewport: desktop } },
  {
    name: 'phone',
    options: { colorScheme: 'dark', viewport: phone, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
  },
] as const;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true },
      out: { type: 'string', default: '.runtime/screenshots' },
      help: { type: 'boolean', default: false },
    },
  });
  const unknown = values.only?.filter((name) => !screens.some((screen) => screen.name === name)) ?? [];
  if (values.help || unknown.length > 0) {
    console.log(usage);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const out = resolve(values.out);
  mkdirSync(out, { recursive: true });
  const chosen = screens.filter(({ name }) => values.only?.includes(name) ?? true);
  const browser = await startBrowser();
  try {
    await using empty = await startTestGatehouse();
    await using full = await startTestGatehouse();
    await using demo = await furnish(full);
    for (const screen of chosen)
      await take(screen, { browser, out, gatehouse: screen.empty === true ? empty : full, demo });
  } finally {
    await browser.close();
  }
}

interface Studio {
  readonly browser: Browser;
  readonly out: string;
  readonly gatehouse: TestGatehouse;
  readonly demo: Demo;
}

async function take(screen: Screen, { browser, out, gatehouse, demo }: Studio): Promise<void> {
  for (const { name, options } of looks) {
    if (screen.desk === true && name === 'phone') continue;
    const signedIn = screen.empty === true || screen.anonymous === true ? {} : { as: demo.ada };
    await using visitor = await visit(browser, gatehouse, { ...options, ...signedIn });
    const { page } = visitor;
    const file = join(out, `${screen.name}-${name}.png`);
    try {
      await page.goto(screen.path(demo));
      await screen.prepare?.(page, demo);
      await settled(page);
    } catch (error) {
      console.log(`${screen.name}, ${name}: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    }
    await page.screenshot({ path: file });
    console.log(file);
    for (const fault of visitor.faults) console.log(`  ${fault}`);
  }
}

/** Fonts have come, what moves has come to rest, and the pointer is out of the way. */
async function settled(page: Page): Promise<void> {
  await page.mouse.move(1, 1);
  await page.waitForLoadState('networkidle');
  await page.evaluate('document.fonts.ready.then(() => true)');
  await page.waitForTimeout(400);
}

await main();
