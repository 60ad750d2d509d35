import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { startTestGatehouse, type TestGatehouse } from '../../../server/test/harness/gatehouse.ts';
import { desktop, phone, startBrowser, visit } from '../harness/browser.ts';
import { furnish, type Demo } from './demo.ts';
import { screens, type Screen } from './screens.ts';
import { wordsOf, type Words } from './words.ts';

const looks = [
  { name: 'dark', options: { colorScheme: 'dark', viewport: desktop } },
  { name: 'light', options: { colorScheme: 'light', viewport: desktop } },
  {
    name: 'phone',
    options: { colorScheme: 'dark', viewport: phone, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
  },
] as const;

const usage = `Usage: npm run screenshots -- [--only SCREEN]… [--look LOOK]… [--locale LOCALE] [--out DIRECTORY]
Takes a picture of every screen: dark, light, and on a phone; in English, or in the language of a locale such as de-DE.
Looks: ${looks.map(({ name }) => name).join(', ')}
Screens: ${screens.map(({ name }) => name).join(', ')}`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true },
      look: { type: 'string', multiple: true },
      locale: { type: 'string', default: 'en-GB' },
      out: { type: 'string', default: '.runtime/screenshots' },
      help: { type: 'boolean', default: false },
    },
  });
  const unknown = [
    ...(values.only?.filter((name) => !screens.some((screen) => screen.name === name)) ?? []),
    ...(values.look?.filter((name) => !looks.some((look) => look.name === name)) ?? []),
  ];
  if (values.help || unknown.length > 0) {
    console.log(usage);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const out = resolve(values.out);
  mkdirSync(out, { recursive: true });
  const chosen = screens.filter(({ name }) => values.only?.includes(name) ?? true);
  const studio = {
    out,
    looks: looks.filter(({ name }) => values.look?.includes(name) ?? true),
    locale: values.locale,
    t: await wordsOf(values.locale),
  };
  const browser = await startBrowser();
  try {
    await using empty = await startTestGatehouse();
    await using full = await startTestGatehouse();
    await using demo = await furnish(full);
    for (const screen of chosen)
      await take(screen, { ...studio, browser, gatehouse: screen.empty === true ? empty : full, demo });
  } finally {
    await browser.close();
  }
}

interface Studio {
  readonly browser: Browser;
  readonly out: string;
  readonly looks: readonly (typeof looks)[number][];
  readonly locale: string;
  readonly t: Words;
  readonly gatehouse: TestGatehouse;
  readonly demo: Demo;
}

async function take(screen: Screen, studio: Studio): Promise<void> {
  const { browser, out, locale, t, gatehouse, demo } = studio;
  for (const { name, options } of studio.looks) {
    if (screen.desk === true && name === 'phone') continue;
    const signedIn = screen.empty === true || screen.anonymous === true ? {} : { as: demo.ada };
    await using visitor = await visit(browser, gatehouse, { ...options, locale, ...signedIn });
    const { page } = visitor;
    const file = join(out, `${screen.name}-${name}.png`);
    try {
      await page.goto(screen.path(demo));
      await screen.prepare?.(page, t);
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

/** The screen is rendered, fonts are loaded, animations have ended, and the pointer hovers nothing. */
async function settled(page: Page): Promise<void> {
  await page.locator('h1, h2, .xterm').first().waitFor();
  await page.mouse.move(1, 1);
  await page.waitForLoadState('networkidle');
  await page.evaluate('document.fonts.ready.then(() => true)');
  await page.waitForTimeout(400);
}

await main();
