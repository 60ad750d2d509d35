import type { Page } from 'playwright-core';
import type { Demo } from './demo.ts';
import type { Words } from './words.ts';

/** A screen to take a picture of. */
export interface Screen {
  readonly name: string;
  readonly path: (demo: Demo) => string;
  /** What a person does before the picture is taken; `t` has the texts of the page's language. */
  readonly prepare?: (page: Page, t: Words) => Promise<void>;
  /** On a server without any account. */
  readonly empty?: boolean;
  readonly anonymous?: boolean;
  /** There is none on a phone. */
  readonly desk?: boolean;
}

const entry = (name: string) => (demo: Demo) => `/servers/${String(demo.entries.get(name))}`;
const identity = (name: string) => (demo: Demo) => `/identities/${String(demo.identities.get(name))}`;

async function clickConnect(page: Page, t: Words): Promise<void> {
  await page
    .getByRole('button', { name: t('entries:page.connect'), exact: true })
    .first()
    .click();
}

/** Connects to a server, and types commands that show a typical terminal. */
async function connect(page: Page, name: string, t: Words): Promise<void> {
  await clickConnect(page, t);
  const pane = page.getByRole('region', { name: t('sessions:pane.label', { name }) });
  const prompts = pane.locator('.xterm-rows > div').filter({ hasText: /^\w+@[\w-]+:~\$/ });
  await prompts.first().waitFor();
  await pane.getByRole('textbox', { name: t('sessions:pane.input') }).focus();
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
  {
    name: 'server-new-more',
    path: () => '/servers/new',
    prepare: async (page, t) => {
      await page.getByText(t('entries:form.more')).click();
      await page.getByLabel(t('entries:form.notes')).scrollIntoViewIfNeeded();
    },
  },
  { name: 'import', path: () => '/servers/import' },
  { name: 'identities', path: () => '/identities' },
  { name: 'identity', path: identity('Deploy key') },
  { name: 'identity-new', path: () => '/identities/new' },
  { name: 'identity-form', path: (demo) => `${identity('Ada, personal')(demo)}/edit` },
  {
    name: 'identity-test',
    path: identity('Deploy key'),
    prepare: async (page, t) => {
      await page.getByRole('button', { name: t('identities:panel.test') }).click();
      await page.getByRole('button', { name: t('identities:test.run'), exact: true }).click();
      await page.getByText(t('identities:test.ok')).waitFor();
    },
  },
  {
    name: 'identity-delete',
    path: identity('Deploy key'),
    prepare: async (page, t) => {
      await page.getByRole('button', { name: t('identities:panel.more') }).click();
      await page.getByRole('menuitem', { name: t('identities:panel.delete') }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'terminal', path: entry('web-1'), prepare: (page, t) => connect(page, 'web-1', t) },
  {
    name: 'terminal-split',
    desk: true,
    path: entry('web-1'),
    prepare: async (page, t) => {
      await connect(page, 'web-1', t);
      await page.getByRole('treeitem', { name: 'staging-db' }).first().click({ button: 'right' });
      await page.getByRole('menuitem', { name: t('entries:menu.connectBeside') }).click();
      await page.getByRole('heading', { name: t('sessions:hostKey.changed') }).waitFor();
    },
  },
  {
    name: 'terminal-tabs',
    path: entry('web-1'),
    prepare: async (page, t) => {
      await connect(page, 'web-1', t);
      for (let count = 1; count < 9; count++) {
        await page.getByRole('button', { name: t('workspace:tabs.menu') }).click();
        await page.getByRole('menuitem', { name: t('workspace:menu.duplicate') }).click();
      }
      await page.locator('nav li').last().click({ button: 'right' });
      await page.getByRole('menuitem', { name: t('workspace:menu.closeOthers') }).waitFor();
    },
  },
  {
    name: 'terminal-closed',
    path: entry('web-1'),
    prepare: async (page, t) => {
      await connect(page, 'web-1', t);
      await page.locator('nav li').last().click({ button: 'middle' });
      await page.getByRole('button', { name: t('app:notice.undo') }).waitFor();
    },
  },
  {
    name: 'all-tabs',
    path: entry('web-1'),
    prepare: async (page, t) => {
      await connect(page, 'web-1', t);
      for (let count = 1; count < 4; count++) {
        await page.getByRole('button', { name: t('workspace:tabs.menu') }).click();
        await page.getByRole('menuitem', { name: t('workspace:menu.duplicate') }).click();
      }
      await page.keyboard.press('Control+Shift+l');
      await page.getByRole('combobox', { name: t('app:palette.tabsLabel') }).waitFor();
    },
  },
  {
    name: 'server-connect',
    path: (demo) => `${entry('web-1')(demo)}/connect`,
  },
  {
    name: 'terminal-host-key',
    path: entry('staging-web'),
    prepare: async (page, t) => {
      await clickConnect(page, t);
      await page.getByRole('heading', { name: t('sessions:hostKey.unknown') }).waitFor();
    },
  },
  {
    name: 'terminal-failed',
    path: entry('db-primary'),
    prepare: async (page, t) => {
      await clickConnect(page, t);
      await page.getByRole('button', { name: t('sessions:connect.reconnect') }).waitFor();
    },
  },
  {
    name: 'terminal-question',
    path: entry('guest-desk'),
    prepare: async (page, t) => {
      await clickConnect(page, t);
      const trust = page.getByRole('button', { name: t('sessions:hostKey.trust') });
      const question = page.locator('input[type=password]');
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
    prepare: async (page, t) => {
      await page.getByRole('button', { name: t('entries:links.confirm') }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'sessions', path: () => '/sessions' },
  { name: 'audit', path: () => '/audit' },
  {
    name: 'audit-command',
    path: () => '/audit?action=session.open',
    prepare: async (page, t) => {
      await page
        .getByRole('button', { name: t('auditLog:sentences.sessionOpenExec', { actor: '', name: 'web-1' }).trim() })
        .first()
        .click();
      await page.getByRole('region', { name: t('auditLog:entry.command') }).waitFor();
    },
  },
  { name: 'organizations', path: () => '/organizations' },
  { name: 'organization', path: (demo) => `/organizations/${String(demo.organizations.get('Ops'))}` },
  { name: 'settings-profile', path: () => '/settings/profile' },
  { name: 'settings-security', path: () => '/settings/security' },
  { name: 'settings-api-keys', path: () => '/settings/api-keys' },
  { name: 'settings-appearance', path: () => '/settings/appearance' },
  { name: 'settings-terminal', path: () => '/settings/terminal' },
  {
    name: 'settings-keyboard',
    path: () => '/settings/keyboard',
    prepare: async (page, t) => {
      const name = t('app:shortcuts.tabs.nextTab');
      await page.getByRole('button', { name: t('app:settings.keyboard.change', { name }) }).click();
      await page.keyboard.press('Control+Shift+l');
      await page.getByRole('button', { name: t('app:settings.keyboard.press') }).waitFor();
    },
  },
  { name: 'settings-server', path: () => '/settings/server' },
  { name: 'settings-users', path: () => '/settings/users' },
  { name: 'settings-recovery-kit', path: () => '/settings/recovery-kit' },
  { name: 'settings-about', path: () => '/settings/about' },
  {
    name: 'palette',
    path: () => '/servers',
    prepare: async (page, t) => {
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: t('app:palette.label') }).fill('web');
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
