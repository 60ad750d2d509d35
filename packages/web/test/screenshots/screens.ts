import type { Page } from 'playwright-core';
import type { Demo } from './demo.ts';

/** A screen to take a picture of. */
export interface Screen {
  readonly name: string;
  readonly path: (demo: Demo) => string;
  /** What a person does before there is something to see. */
  readonly prepare?: (page: Page, demo: Demo) => Promise<void>;
  /** On a server without any account. */
  readonly empty?: boolean;
  readonly anonymous?: boolean;
  /** There is none on a phone. */
  readonly desk?: boolean;
}

const entry = (name: string) => (demo: Demo) => `/servers/${String(demo.entries.get(name))}`;
const identity = (name: string) => (demo: Demo) => `/identities/${String(demo.identities.get(name))}`;

/** Connects to a server, and types what makes a terminal worth a look. */
async function connect(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Connect', exact: true }).first().click();
  const pane = page.getByRole('region', { name: `Terminal on ${name}` });
  const prompts = pane.locator('.xterm-rows > div').filter({ hasText: /^\w+@[\w-]+:~\$/ });
  await prompts.first().waitFor();
  await pane.getByRole('textbox', { name: 'Terminal input' }).focus();
  const commands = ['ls -l', 'tail -n 3 log/access.log', 'df -h /', 'uptime -p'];
  for (const [index, command] of commands.entries()) {
    await page.keyboard.type(`${command}\n`);
    // The next one, when the last has come to its end.
    await prompts.nth(index + 1).waitFor();
  }
}

/** Every screen of the app. */
export const screens: readonly Screen[] = [
  { name: 'welcome', path: () => '/welcome', empty: true },
  { name: 'welcome-link', path: () => `/welcome#setup=${'0123456789'.repeat(4)}`, empty: true },
  { name: 'sign-in', path: () => '/sign-in', anonymous: true },
  { name: 'servers', path: () => '/servers' },
  { name: 'server', path: entry('web-1') },
  { name: 'server-form', path: (demo) => `${entry('web-1')(demo)}/edit` },
  { name: 'server-new', path: () => '/servers/new' },
  { name: 'import', path: () => '/servers/import' },
  { name: 'identities', path: () => '/identities' },
  { name: 'identity', path: identity('Deploy key') },
  { name: 'identity-new', path: () => '/identities/new' },
  { name: 'identity-form', path: (demo) => `${identity('Ada, personal')(demo)}/edit` },
  {
    name: 'identity-test',
    path: identity('Deploy key'),
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Test…' }).click();
      await page.getByRole('button', { name: 'Test', exact: true }).click();
      await page.getByText('Login successful.').waitFor();
    },
  },
  {
    name: 'identity-delete',
    path: identity('Deploy key'),
    prepare: async (page) => {
      await page.getByRole('button', { name: 'More actions' }).click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'terminal', path: entry('web-1'), prepare: (page) => connect(page, 'web-1') },
  {
    name: 'terminal-split',
    desk: true,
    path: entry('web-1'),
    prepare: async (page) => {
      await connect(page, 'web-1');
      await page.getByRole('treeitem', { name: 'staging-db' }).first().click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Connect in split pane' }).click();
      await page.getByRole('heading', { name: 'The host key has changed' }).waitFor();
    },
  },
  {
    name: 'terminal-host-key',
    path: entry('staging-web'),
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Connect', exact: true }).first().click();
      await page.getByRole('heading', { name: 'Unknown host key' }).waitFor();
    },
  },
  {
    name: 'terminal-failed',
    path: entry('db-primary'),
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Connect', exact: true }).first().click();
      await page.getByRole('button', { name: 'Try again' }).waitFor();
    },
  },
  {
    name: 'terminal-question',
    path: entry('guest-desk'),
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Connect', exact: true }).first().click();
      const trust = page.getByRole('button', { name: 'Trust and connect' });
      const question = page.getByRole('textbox', { name: 'Password' });
      await trust.or(question).first().waitFor();
      // Once is enough for all looks.
      if (await trust.isVisible()) await trust.click();
      await question.waitFor();
    },
  },
  { name: 'server-suspended', path: entry('report-runner') },
  {
    name: 'server-confirm',
    path: entry('report-runner'),
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Confirm use on this server' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'sessions', path: () => '/sessions' },
  { name: 'audit', path: () => '/audit' },
  {
    name: 'audit-command',
    path: () => '/audit?action=session.open',
    prepare: async (page) => {
      await page
        .getByRole('button', { name: /started a command on web-1/ })
        .first()
        .click();
      await page.getByRole('region', { name: 'Command' }).waitFor();
    },
  },
  { name: 'organizations', path: () => '/organizations' },
  { name: 'organization', path: (demo) => `/organizations/${String(demo.organizations.get('Ops'))}` },
  { name: 'settings-profile', path: () => '/settings/profile' },
  { name: 'settings-security', path: () => '/settings/security' },
  { name: 'settings-api-keys', path: () => '/settings/api-keys' },
  { name: 'settings-appearance', path: () => '/settings/appearance' },
  { name: 'settings-terminal', path: () => '/settings/terminal' },
  { name: 'settings-server', path: () => '/settings/server' },
  { name: 'settings-users', path: () => '/settings/users' },
  { name: 'settings-recovery-kit', path: () => '/settings/recovery-kit' },
  { name: 'settings-about', path: () => '/settings/about' },
  {
    name: 'palette',
    path: () => '/servers',
    prepare: async (page) => {
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: /^Search servers, id/ }).fill('web');
    },
  },
  {
    name: 'shortcuts',
    path: () => '/settings/profile',
    prepare: async (page) => {
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
];
