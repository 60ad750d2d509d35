import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { password, startTestGatehouse } from '../../server/test/harness/gatehouse.ts';
import { addTestAccount, startSshd } from '../../server/test/ssh-servers/sshd.ts';
import { expectAccessible, phone, startBrowser, visit } from './harness/browser.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser();
});

afterAll(async () => {
  await browser.close();
});

/** Registers the first account; the page has come with the link of the console, or the token is typed. */
async function register(page: Page): Promise<void> {
  await page.getByLabel('Username').fill('ada');
  await page.getByLabel('First name').fill('Ada');
  await page.getByLabel('Last name').fill('Lovelace');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
}

const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 }).waitFor();

test('leads from nothing to a terminal, with a copy of the master key on the way', async () => {
  await using login = await addTestAccount();
  await using sshd = await startSshd();
  await using gatehouse = await startTestGatehouse();
  await using visitor = await visit(browser, gatehouse);
  const { page } = visitor;

  await page.goto(`/welcome#setup=${gatehouse.setup.token ?? ''}`);
  await heading(page, 'Welcome to Gatehouse');
  expect(await page.getByLabel('Set-up token').inputValue()).toBe(gatehouse.setup.token);
  expect(page.url()).not.toContain('setup=');
  await expectAccessible(page);
  await page.getByLabel('Username').fill('ad');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByText('3 to 32 letters, digits, dots, underscores or hyphens.').waitFor();
  await register(page);

  await heading(page, 'Back up the master key');
  await page.getByText('WebSocket connection works').waitFor();
  await expectAccessible(page);
  expect(await page.getByRole('button', { name: 'Continue' }).isDisabled()).toBe(true);
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download recovery kit' }).click();
  const kit = await readFile(await (await downloading).path(), 'utf8');
  const keyFile = join(gatehouse.dataDir, 'master.key');
  expect(kit).toContain(keyFile);
  expect(kit).not.toContain((await readFile(keyFile, 'latin1')).trim());
  await page.getByLabel('I have stored a copy of the master key in a safe place').check();
  await page.getByRole('button', { name: 'Continue' }).click();

  await heading(page, 'Create your first identity');
  await expectAccessible(page);
  await page.getByLabel('Name', { exact: true }).fill('Test account');
  await page.getByLabel('Username on the server').fill(login.username);
  await page.getByRole('radiogroup').getByText('Password').click();
  await page.getByLabel('Password', { exact: true }).last().fill(login.password);
  await page.getByRole('button', { name: 'Save identity' }).click();

  await heading(page, 'Add your first server');
  await expectAccessible(page);
  await page.getByLabel('Host name or IP address').fill('127.0.0.1');
  await page.getByLabel('Port').fill(String(sshd.port));
  await page.getByRole('button', { name: 'Add and connect' }).click();
  await page.waitForURL('**/terminals/*');
  await page.getByRole('button', { name: 'Trust and connect' }).click();
  await page.locator('.xterm').click();
  await page.keyboard.type('echo from-$((40 + 2))\n');
  await page.getByText('from-42').first().waitFor();
  // Ctrl+K is the shell's; with Shift it is ours.
  await page.keyboard.press('Control+k');
  expect(await page.getByRole('dialog', { name: 'Command palette' }).count()).toBe(0);
  await page.keyboard.press('Control+Shift+K');
  await page.getByRole('dialog', { name: 'Command palette' }).waitFor();

  const admin = await gatehouse.signIn('ada');
  expect((await admin.call('GET', '/api/account/me')).at('preferences.web.recoveryKitConfirmedAt')).toEqual(
    expect.any(String),
  );
  const [identity] = (await admin.call('GET', '/api/identity/list')).body as { id: number; username: string }[];
  const tree = await admin.call('GET', '/api/entry/list');
  expect(identity).toMatchObject({ username: login.username });
  expect(tree.at('0')).toMatchObject({ name: '127.0.0.1', ip: '127.0.0.1', identities: [identity?.id] });
  expect(visitor.faults).toEqual([]);
});

test('generates a key for who has none, and shows the line for the server', async () => {
  await using gatehouse = await startTestGatehouse();
  const admin = await gatehouse.administrator();
  await using visitor = await visit(browser, gatehouse, { as: admin });
  const { page } = visitor;

  await page.goto('/welcome?step=identity');
  await page.getByText('Generate a key').click();
  await page.getByLabel('Name', { exact: true }).fill('Made here');
  await page.getByRole('button', { name: 'Save identity' }).click();
  await page.getByText(/^ssh-ed25519 \S+ Made here$/).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Continue' }).click();
  await heading(page, 'Add your first server');
  await expect.poll(() => page.getByRole('combobox', { name: 'Identity' }).inputValue()).toBe('Made here');
});

test('is readable and usable on a phone, in German', async () => {
  await using gatehouse = await startTestGatehouse();
  await using visitor = await visit(browser, gatehouse, { viewport: phone, locale: 'de-DE', colorScheme: 'light' });
  const { page } = visitor;

  await page.goto('/');
  await heading(page, 'Willkommen bei Gatehouse');
  await expectAccessible(page);
  await page.getByLabel('Benutzername').press('Enter');
  await page.getByText('Erforderlich', { exact: true }).nth(1).waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(phone.width);
});

test('asks for the set-up token where the page comes without the link', async () => {
  const address = ownAddress();
  await using gatehouse = await startTestGatehouse({ environment: { HOST: '0.0.0.0' } });
  const url = gatehouse.url.replace('127.0.0.1', address);
  await using visitor = await visit(browser, gatehouse, { baseURL: url });
  const { page } = visitor;

  await page.goto('/');
  await page.getByLabel('Set-up token').fill('a guess');
  await register(page);
  await page.getByText('Wrong set-up token. Use the one on the console of this server.').waitFor();
  await page.getByLabel('Set-up token').fill(gatehouse.setup.token ?? '');
  await page.getByRole('button', { name: 'Create account' }).click();
  await heading(page, 'Back up the master key');
});

/** An address of this machine that is not loopback. */
function ownAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const found = addresses.find(({ family, internal }) => family === 'IPv4' && !internal);
  if (found === undefined) throw new Error('the machine has no address but loopback');
  return found.address;
}

test('signs in to where one wanted to go, and says what is wrong', async () => {
  await using gatehouse = await startTestGatehouse();
  await gatehouse.administrator();
  await using visitor = await visit(browser, gatehouse);
  const { page } = visitor;

  await page.goto('/settings/security');
  await heading(page, 'Sign in to Gatehouse');
  await expectAccessible(page);
  await page.getByLabel('Username').fill('admin');
  await page.getByLabel('Password', { exact: true }).fill('not this');
  await page.keyboard.press('Enter');
  await page.getByText('Wrong username or password.').waitFor();
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await heading(page, 'Security');
  expect(new URL(page.url()).pathname).toBe('/settings/security');
  expect(await page.evaluate('JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie')).not.toMatch(
    /[0-9a-f]{96}/,
  );
});

test('counts down where there were too many wrong passwords', async () => {
  await using gatehouse = await startTestGatehouse();
  await gatehouse.administrator();
  await using visitor = await visit(browser, gatehouse);
  const { page } = visitor;
  for (let index = 0; index < 11; index++)
    await gatehouse.call('POST', '/api/auth/login', { body: { username: 'nobody', password: 'wrong' } });

  await page.goto('/sign-in');
  await page.getByLabel('Username').fill('nobody');
  await page.getByLabel('Password', { exact: true }).fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText(/Try again in 1[45] minutes/).waitFor();
  await expectAccessible(page);
});

test('does not go on to another site after signing in', async () => {
  await using gatehouse = await startTestGatehouse();
  await gatehouse.administrator();
  await using visitor = await visit(browser, gatehouse);
  const { page } = visitor;

  await page.goto('/sign-in?next=%2F%5Cevil.example%2Fhere');
  await page.getByLabel('Username').fill('admin');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/servers');
  expect(new URL(page.url()).origin).toBe(gatehouse.url);
});
