import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Person, TestGatehouse } from '../../../server/test/harness/gatehouse.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** How long a person waits for a screen on a busy machine. */
const patienceMs = 60_000;

/** Debian's builds of Chromium. The shell is the same engine without the windows around the page: it takes half the processor time. */
const builds = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/** A headless browser; as root it runs without its sandbox, with nothing but our own pages in it. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = builds.find((path) => existsSync(path));
  if (executablePath === undefined) throw new Error('There is no Chromium; scripts/test-machine.sh installs it.');
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--force-color-profile=srgb'] });
}

/** Phones are this wide and less. */
export const phone = { width: 390, height: 844 };
export const desktop = { width: 1440, height: 900 };

/** A tab of a browser of its own, and everything that went wrong in it. */
export interface Visitor extends AsyncDisposable {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of scripts, of the console, and violations of the content security policy. */
  readonly faults: readonly string[];
}

interface VisitOptions extends BrowserContextOptions {
  /** Who is signed in; by default there is no sign-in. */
  readonly as?: Person;
}

/** Opens a browser of its own on a server. Speaks English and sees the dark unless told otherwise. */
export async function visit(
  browser: Browser,
  gatehouse: TestGatehouse,
  { as, ...options }: VisitOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: gatehouse.url,
    locale: 'en-GB',
    timezoneId: 'UTC',
    colorScheme: 'dark',
    viewport: desktop,
    ...options,
  });
  context.setDefaultTimeout(patienceMs);
  if (as !== undefined)
    await context.addCookies([
      { name: 'gatehouse', value: as.token, url: options.baseURL ?? gatehouse.url, httpOnly: true, sameSite: 'Strict' },
    ]);
  const faults: string[] = [];
  // A violation that a script catches is in no console.
  await context.exposeBinding('reportViolation', (_source, violation: string) => void faults.push(violation));
  await context.addInitScript(`addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) =>
    reportViolation(\`policy violated: \${violatedDirective} \${blockedURI} by \${sourceFile}\`))`);
  const page = await context.newPage();
  page.on('pageerror', (error) => faults.push(`${error.name}: ${error.message}`));
  page.on('console', (message) => {
    // The browser itself reports each refused request so; the app tells of it in its own words.
    const isAnswer = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !isAnswer) faults.push(message.text());
  });
  return { page, context, faults, [Symbol.asyncDispose]: () => context.close() };
}

/** What moves or fades has another contrast than what a person reads. Spinners never rest. */
const atRest = `Promise.allSettled(
  document.getAnimations()
    .filter((animation) => animation.effect.getComputedTiming().iterations !== Infinity)
    .map((animation) => animation.finished),
).then(() => undefined)`;

/** Looks at what the page shows by WCAG 2.2 AA (axe-core), and expects nothing to complain about. */
export async function expectAccessible(page: Page): Promise<void> {
  // By the debugger, which the content security policy of the page does not bind.
  await page.evaluate(axeSource);
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  await page.evaluate(atRest);
  const { violations } = await page.evaluate<AxeResults>(
    // An open menu floats beside the landmarks, as menus do; everything else belongs into one.
    `axe.run(document, {
      runOnly: { type: 'tag', values: ${JSON.stringify(tags)} },
      rules: { region: { enabled: document.querySelector('[role=menu]') === null } },
    })`,
  );
  const told = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes.map(({ html, failureSummary }) => `  ${html}\n  ${failureSummary ?? ''}`).join('\n')}`,
  );
  expect(told).toEqual([]);
}
