import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { password, startTestGatehouse, type Person, type TestGatehouse } from '../../server/test/harness/gatehouse.ts';
import { expectAccessible, phone, startBrowser, visit } from './harness/browser.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser();
});

afterAll(async () => {
  await browser.close();
});

const mostPerImport = 500;

const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 }).waitFor();
const dialog = (page: Page) => page.getByRole('dialog');

async function addServer(person: Person, name: string, ip = '127.0.4.11'): Promise<void> {
  await person.call('PUT', '/api/entry', { name, config: { protocol: 'ssh', ip, port: 22 } });
}

test('every section is accessible, dark, light and on a phone', async () => {
  await using gatehouse = await startTestGatehouse();
  const admin = await gatehouse.administrator();
  const sections = 'profile security api-keys appearance terminal users server recovery-kit about'.split(' ');
  for (const options of [{ colorScheme: 'dark' }, { colorScheme: 'light', viewport: phone }] as const) {
    await using visitor = await visit(browser, gatehouse, { as: admin, ...options });
    const { page } = visitor;
    await page.goto('/settings');
    await page.getByRole('link', { name: 'Profile' }).waitFor();
    await expectAccessible(page);
    for (const section of sections) {
      await page.goto(`/settings/${section}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      await expectAccessible(page);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(
        page.viewportSize()?.width ?? 0,
      );
    }
    expect(visitor.faults).toEqual([]);
  }
});

test('changes the password and ends the other sign-ins', async () => {
  await using gatehouse = await startTestGatehouse();
  const admin = await gatehouse.administrator();
  const elsewhere = await gatehouse.signIn('admin');
  await using visitor = await visit(browser, gatehouse, { as: admin });
  const { page } = visitor;

  await page.goto('/settings/security');
  await page.getByText('This browser').waitFor();
  await page.getByLabel('Current password').fill('not this');
  await page.getByLabel('New password').fill('another long pass phrase');
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('Wrong current password.').waitFor();
  await page.getByLabel('Current password').fill(password);
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('All your other sign-ins have ended.').waitFor();
  await expectAccessible(page);
  expect((await elsewhere.call('GET', '/api/account/me')).status).toBe(401);
  expect(await page.getByLabel('New password').inputValue()).toBe('');
});

test('ends a sign-in elsewhere', async () => {
  await using gatehouse = await startTestGatehouse();
  const admin = await gatehouse.administrator();
  const elsewhere = await gatehouse.signIn('admin');
  await using visitor = await visit(browser, gatehouse, { as: admin });

  await visitor.page.goto('/settings/security');
  await visitor.page.getByRole('button', { name: /^End / }).click();
  await visitor.page.getByRole('button', { name: /^End / }).waitFor({ state: 'detached' });
  expect((await elsewhere.call('GET', '/api/account/me')).status).toBe(401);
});

test('makes an API key that works, shows it once, and deletes it', async () => {
  await using gatehouse = await startTestGatehouse();
  const admin = await gatehouse.administrator();
  await using visitor = await visit(browser, gatehouse, { as: admin });
  const { page } = visitor;

  await page.goto('/settings/api-keys');
  await page.getByRole('button', { name: 'New API key' }).click();
  await dialog(page).getByRole('button', { name: 'Create key' }).click();
  await page.getByText('Select at least one scope.').waitFor();
  await dialog(page).getByLabel('Name').fill('Nightly');
  await page.getByLabel('Read servers').check();
  await page.getByLabel('Current password').fill('not this');
  await dialog(page).getByRole('button', { name: 'Create key' }).click();
  await page.getByText('Wrong current password.').waitFor();
  await page.getByLabel('Current password').fill(password);
  await expectAccessible(page);
  await dialog(page).getByRole('button', { name: 'Create key' }).click();
  const token = await dialog(page).getByText(/^ghk_/).textContent();
  await expectAccessible(page);
  expect((await gatehouse.call('GET', '/api/entry/list', { token: token ?? '' })).status).toBe(200);
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Delete Nightly' }).waitFor();
  expect(await page.content()).not.toContain(token);

  await page.getByText(/used .* from 127\.0\.0\.1/).waitFor();

  await page.getByRole('button', { name: 'Delete Nightly' }).click();
  await dialog(page).getByRole('button', { name: 'Delete key' }).click();
  await page.getByText('No API keys').waitFor();
  expect((await gatehouse.call('GET', '/api/entry/list', { token: token ?? '' })).status).toBe(401);
});

test('keeps the API keys at a password change where that is wanted', async () => {
  await using gatehouse = await startTestGatehouse();
  const admin = await gatehouse.administrator();
  const make = await admin.call('POST', '/api/account/api-keys', {
    currentPassword: password,
    name: 'robot',
    scopes: ['account:read'],
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
  });
  const works = async () =>
    (await gatehouse.call('GET', '/api/account/me', { token: String(make.at('token')) })).status;
  await using visitor = await visit(browser, gatehouse, { as: admin });
  const { page } = visitor;
  const change = async (from: string, to: string) => {
    await page.getByLabel('Current password').fill(from);
    await page.getByLabel('New password').fill(to);
    await page.getByRole('button', { name: 'Change password' }).click();
    await expect.poll(() => page.getByLabel('New password').inputValue()).toBe('');
  };

  await page.goto('/settings/security');
  expect(await page.getByLabel('Delete my API keys as well').isChecked()).toBe(true);
  await page.getByLabel('Delete my API keys as well').uncheck();
  await change(password, 'another long pass phrase');
  expect(await works()).toBe(200);
  await change('another long pass phrase', password);
  expect(await works()).toBe(401);
});

test('shows an administrator the API keys of an account and ends them', async () => {
  await using gatehouse = await startTestGatehouse();
  const admin = await gatehouse.administrator();
  const bert = await gatehouse.person('bert');
  const made = await bert.call('POST', '/api/account/api-keys', {
    currentPassword: password,
    name: 'robot',
    scopes: ['account:read'],
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
  });
  await using visitor = await visit(browser, gatehouse, { as: admin });
  const { page } = visitor;

  await page.goto('/settings/users');
  await page.getByRole('button', { name: 'Actions for bert' }).click();
  await page.getByRole('menuitem', { name: 'API keys…' }).click();
  await dialog(page).getByText('robot').waitFor();
  await expectAccessible(page);
  await dialog(page).getByRole('button', { name: 'Delete robot' }).click();
  await dialog(page).getByText('No API keys', { exact: true }).waitFor();
  expect((await gatehouse.call('GET', '/api/account/me', { token: String(made.at('token')) })).status).toBe(401);
  expect(visitor.faults).toEqual([]);
});

test('speaks German and turns light at once, and remembers both', async () => {
  await using gatehouse = await startTestGatehouse();
  const admin = await gatehouse.administrator();
  await using visitor = await visit(browser, gatehouse, { as: admin });
  const { page } = visitor;

  await page.goto('/settings/appearance');
  await page.getByRole('radiogroup', { name: 'Language' }).getByText('Deutsch').click();
  await heading(page, 'Darstellung');
  await page.getByRole('radiogroup', { name: 'Design' }).getByText('Hell').click();
  await page.reload();
  await heading(page, 'Darstellung');
  expect(await page.getAttribute('html', 'lang')).toBe('de');
  expect(await page.getAttribute('html', 'data-mantine-color-scheme')).toBe('light');
});

test('keeps what is chosen for terminals with the account', async () => {
  await using gatehouse = await startTestGatehouse();
  const admin = await gatehouse.administrator();
  await using visitor = await visit(browser, gatehouse, { as: admin });
  const { page } = visitor;

  await page.goto('/settings/terminal');
  await page.getByRole('combobox', { name: 'Colour theme' }).click();
  await page.getByRole('option', { name: 'Nord' }).click();
  await page.getByRole('switch', { name: 'Copy on select' }).click({ force: true });
  await page.getByRole('textbox', { name: 'Font size' }).fill('15');
  await expect
    .poll(async () => (await admin.call('GET', '/api/account/me')).at('preferences.web.terminal'))
    .toEqual({ theme: 'nord', copyOnSelect: true, fontSize: 15 });
});

test('puts the keyboard at the first field that is not right', async () => {
  await using gatehouse = await startTestGatehouse();
  const admin = await gatehouse.administrator();
  await using visitor = await visit(browser, gatehouse, { as: admin });
  const { page } = visitor;
  const hasKeyboard = (name: string) =>
    dialog(page)
      .getByLabel(name, { exact: true })
      .first()
      .evaluate((field) => field === document.activeElement);
  await page.goto('/settings/users');
  await page.getByRole('button', { name: 'New account' }).click();
  await dialog(page).getByLabel('Username').fill('grace');
  await dialog(page).getByRole('button', { name: 'Create account' }).click();
  await expect.poll(() => hasKeyboard('First name')).toBe(true);
  await dialog(page).getByLabel('First name').fill('Grace');
  await dialog(page).getByLabel('Last name').fill('Okafor');
  await dialog(page).getByLabel('Password', { exact: true }).first().fill('password');
  await dialog(page).getByRole('button', { name: 'Create account' }).click();
  await expect.poll(() => hasKeyboard('Password')).toBe(true);
  // A click beside it does not cost what was typed.
  await page.mouse.click(5, 5);
  expect(await dialog(page).getByLabel('First name').inputValue()).toBe('Grace');
});

test('manages the people of the server', async () => {
  await using gatehouse = await startTestGatehouse();
  const admin = await gatehouse.administrator();
  await using visitor = await visit(browser, gatehouse, { as: admin });
  const { page } = visitor;
  const act = async (name: string) => {
    await page.getByRole('button', { name: 'Actions for grace' }).click();
    await page.getByRole('menuitem', { name }).click();
    await page.getByRole('menu').waitFor({ state: 'hidden' });
  };

  await page.goto('/settings/users');
  await page.getByRole('button', { name: 'New account' }).click();
  await page.getByLabel('Username').fill('grace');
  await page.getByLabel('First name').fill('Grace');
  await page.getByLabel('Last name').fill('Hopper');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByText('Grace Hopper').waitFor();
  const grace = await gatehouse.signIn('grace');

  await act('Disable');
  await page.getByText('All other data is kept.').waitFor();
  await expectAccessible(page);
  await dialog(page).getByRole('button', { name: 'Disable' }).click();
  await page.getByText('Disabled').waitFor();
  expect((await grace.call('GET', '/api/account/me')).status).toBe(401);
  await act('Enable');
  await dialog(page).getByRole('button', { name: 'Enable' }).click();
  await page.getByText('Disabled').waitFor({ state: 'detached' });

  await act('Delete');
  expect(await dialog(page).getByRole('button', { name: 'Delete account' }).isDisabled()).toBe(true);
  await page.getByLabel('Type “grace” to confirm').fill('grace');
  await dialog(page).getByRole('button', { name: 'Delete account' }).click();
  await page.getByText('Grace Hopper').waitFor({ state: 'detached' });
});

test('shows who is no administrator nothing of the server', async () => {
  await using gatehouse = await startTestGatehouse();
  const grace = await gatehouse.person('grace');
  await using visitor = await visit(browser, gatehouse, { as: grace });
  const { page } = visitor;

  await page.goto('/settings/users');
  await page.getByText('Not found').waitFor();
  await page.goto('/settings');
  expect(await page.getByRole('link', { name: 'Accounts' }).count()).toBe(0);
  expect(await page.getByText('No backup copy of the master key').count()).toBe(0);
});

test('reminds an administrator of the recovery kit until it is confirmed', async () => {
  await using gatehouse = await startTestGatehouse();
  const admin = await gatehouse.administrator();
  await using visitor = await visit(browser, gatehouse, { as: admin });
  const { page } = visitor;

  await page.goto('/settings');
  await page.getByRole('link', { name: 'Back up now' }).click();
  await heading(page, 'Recovery kit');
  const promise = page.getByLabel('I have stored a copy of the master key in a safe place');
  // A box that shows as not ticked for a moment would be clicked again.
  expect(await promise.evaluate(tickNow)).toBe(true);
  expect(await promise.isChecked()).toBe(true);
  await page.getByRole('link', { name: 'Profile' }).click();
  await heading(page, 'Profile');
  expect(await page.getByText('No backup copy of the master key').count()).toBe(0);
});

test('signs out, and leaves nothing behind in the browser', async () => {
  await using gatehouse = await startTestGatehouse();
  const admin = await gatehouse.administrator();
  await using visitor = await visit(browser, gatehouse, { as: admin });
  const { page, context } = visitor;

  await addServer(admin, 'web-1');
  await page.goto('/settings');
  await openPalette(page);
  await page.keyboard.type('web-1');
  await page.getByRole('option', { name: /web-1/, selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/terminals/*');
  await page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await heading(page, 'Sign in to Gatehouse');
  expect(await context.cookies()).toEqual([]);
  expect(await page.evaluate('JSON.stringify({ ...sessionStorage, ...localStorage })')).not.toContain('web-1');
  expect((await admin.call('GET', '/api/account/me')).status).toBe(401);
});

async function openPalette(page: Page, keys = 'Control+k'): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.keyboard.press(keys);
  await page.getByRole('combobox', { name: /^Search servers/ }).waitFor();
}

async function withPalette(gatehouse: TestGatehouse, as: Person) {
  const visitor = await visit(browser, gatehouse, { as });
  await visitor.page.goto('/settings');
  await openPalette(visitor.page);
  return visitor;
}

test('the palette leads to servers, screens and actions by the keyboard alone', async () => {
  await using gatehouse = await startTestGatehouse();
  const admin = await gatehouse.administrator();
  await addServer(admin, 'web-1');
  await addServer(admin, 'db-primary', '10.0.5.3');
  await using visitor = await withPalette(gatehouse, admin);
  const { page } = visitor;

  await expectAccessible(page);
  await page.keyboard.type('prim');
  await page.getByRole('option', { name: /db-primary/, selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/terminals/*');

  await page.goto('/settings');
  await openPalette(page, 'Control+p');
  await page.keyboard.type('10.0.5');
  await page.getByRole('option', { name: /db-primary/, selected: true }).waitFor();
  await page.keyboard.press('Shift+Enter');
  await page.waitForURL('**/servers/*');

  await openPalette(page);
  await page.keyboard.type('> dark and');
  await page.getByRole('option', { name: /dark and light/, selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getAttribute('html', 'data-mantine-color-scheme')).toBe('light');
});

test('the palette answers at once among ten thousand servers', async () => {
  await using gatehouse = await startTestGatehouse({ environment: { SERVERS_PER_ACCOUNT: '10000' } });
  const admin = await gatehouse.administrator();
  const hosts = Array.from(
    { length: 10_000 },
    (_, index) => `Host node-${index}\n  HostName 10.1.${index >> 8}.${index & 255}\n`,
  );
  for (let first = 0; first < hosts.length; first += mostPerImport) {
    const text = hosts.slice(first, first + mostPerImport).join('');
    expect((await admin.call('POST', '/api/entry/import/ssh-config', { text })).status).toBe(200);
  }
  await using visitor = await withPalette(gatehouse, admin);

  await visitor.page.keyboard.type('node 7654');
  await visitor.page.getByRole('option', { name: /^node-7654/, selected: true }).waitFor();
});

test('a question mark shows every shortcut, and stays a question mark in a field', async () => {
  await using gatehouse = await startTestGatehouse();
  const admin = await gatehouse.administrator();
  await using visitor = await visit(browser, gatehouse, { as: admin });
  const { page } = visitor;

  await page.goto('/settings/profile');
  await heading(page, 'Profile');
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByLabel('First name').press('?');
  expect(await page.getByRole('dialog').count()).toBe(0);
});

/** Clicks a box; whether it is ticked before any timer fires. */
async function tickNow(box: HTMLElement | SVGElement): Promise<boolean> {
  const input = box as HTMLInputElement;
  input.click();
  for (let microtask = 0; microtask < 100; microtask++) await Promise.resolve();
  return input.checked;
}
