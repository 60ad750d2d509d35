import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestGatehouse, type Person } from '../../server/test/harness/gatehouse.ts';
import { startSshd } from '../../server/test/ssh-servers/sshd.ts';
import { temporaryDirectory } from '../../server/test/temporary-sqlite.ts';
import { expectAccessible, phone, startBrowser, visit } from './harness/browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

interface Key {
  readonly privateKey: string;
  readonly publicKey: string;
  readonly fingerprint: string;
}

async function makeKey(...options: readonly string[]): Promise<Key> {
  using directory = temporaryDirectory();
  const file = join(directory.path, 'key');
  const run = promisify(execFile);
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'deploy@laptop', ...options, '-f', file]);
  const { stdout } = await run('ssh-keygen', ['-l', '-f', `${file}.pub`]);
  return {
    privateKey: await readFile(file, 'utf8'),
    publicKey: (await readFile(`${file}.pub`, 'utf8')).trim(),
    fingerprint: stdout.split(' ')[1] ?? '',
  };
}

const password = (name: string, more: object = {}) => ({
  name,
  type: 'password',
  username: 'deploy',
  password: 'nobody reads this',
  ...more,
});

async function addIdentity(person: Person, body: object): Promise<number> {
  return Number((await person.call('PUT', '/api/identity', body)).at('id'));
}

async function addServer(person: Person, name: string, more: object): Promise<number> {
  const config = { protocol: 'ssh', ip: '127.0.0.1', port: 22 };
  return Number((await person.call('PUT', '/api/entry', { name, type: 'server', config, ...more })).at('id'));
}

/** An organization of the first one, which the others joined. */
async function addOrganization(owner: Person, name: string, members: readonly Person[]): Promise<number> {
  const id = Number((await owner.call('PUT', '/api/organization', { name })).at('id'));
  for (const member of members) {
    await owner.call('POST', `/api/organization/${id}/invite`, { username: member.username });
    await member.call('POST', `/api/organization/invitations/${id}/respond`, { accept: true });
  }
  return id;
}

const panel = (page: Page, name: string) => page.getByRole('complementary', { name: `Identity ${name}` });
const save = (page: Page) => page.getByRole('button', { name: 'Save identity' }).click();

test('stores a pasted key, says what it is at once, and a wrong passphrase at its field', async () => {
  await using gatehouse = await startTestGatehouse();
  const ada = await gatehouse.administrator();
  await using visitor = await visit(browser, gatehouse, { as: ada });
  const { page } = visitor;
  const key = await makeKey('-N', 'correct horse');
  await page.goto('/identities');
  await page.getByRole('heading', { name: 'No identities yet' }).waitFor();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'New identity' }).first().click();

  await page.getByLabel('Private key').fill(key.publicKey);
  await page.getByText('This is a public key').waitFor();
  await page.getByLabel('Private key').fill(key.privateKey);
  await page.getByText(key.fingerprint).waitFor();
  await save(page);
  await page.getByText('At least 3 characters').waitFor();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Deploy key');
  await page.getByLabel('Username').fill('deploy');
  await page.getByLabel('Passphrase').fill('wrong horse');
  await save(page);
  await page.getByText('The passphrase does not open the key.').waitFor();
  await expectAccessible(page);
  await page.getByLabel('Passphrase').fill('correct horse');
  await save(page);

  await panel(page, 'Deploy key').getByText(key.fingerprint).waitFor();
  await expectAccessible(page);
  const stored = await ada.call('GET', '/api/identity/list');
  expect(stored.at('0.key.status')).toBe('ready');
  expect(stored.at('0.type')).toBe('ssh');
  expect(visitor.faults).toEqual([]);
});

test('makes a key on the server that logs in to a server which knows its public half', async () => {
  await using gatehouse = await startTestGatehouse();
  const ada = await gatehouse.administrator();
  await using visitor = await visit(browser, gatehouse, { as: ada });
  const { page } = visitor;
  await page.goto('/identities/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Made here');
  await page.getByLabel('Username').fill('root');
  await page.getByText('Generate', { exact: true }).click();
  await save(page);
  await page.getByText('Generate the key first').waitFor();
  await page.getByRole('button', { name: 'Generate key' }).click();
  const publicKey = (await page.getByText(/^ssh-ed25519 AAAA/).textContent()) ?? '';
  await save(page);
  await panel(page, 'Made here').getByText(publicKey).waitFor();

  await using sshd = await startSshd({ authorizedKeys: [publicKey], hostKeys: ['ed25519'] });
  await addServer(ada, 'web-1', { config: { protocol: 'ssh', ip: sshd.host, port: sshd.port } });
  await page.getByRole('button', { name: 'Test…' }).click();
  await page.getByRole('combobox', { name: 'Server' }).fill('web');
  await page.getByRole('option', { name: /web-1/ }).click();
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await page.getByText('Unknown host key').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Trust and test' }).click();
  await page.getByText('Login successful.').waitFor();

  await sshd.rotateHostKeys();
  await page.getByRole('button', { name: 'Test again' }).click();
  await page.getByRole('heading', { name: 'The host key has changed' }).waitFor();
  expect(await page.locator('dt').filter({ hasText: 'Pinned' }).isVisible()).toBe(true);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('heading', { name: 'The host key has changed' }).waitFor({ state: 'detached' });
  expect(visitor.faults).toEqual([]);
});

test('edits what is stored without showing it, and never over the change of another member', async () => {
  await using gatehouse = await startTestGatehouse();
  const ada = await gatehouse.administrator();
  const { privateKey } = await makeKey();
  const id = await addIdentity(ada, { ...password('Both ways'), type: 'both', sshKey: privateKey });
  await using visitor = await visit(browser, gatehouse, { as: ada });
  const { page } = visitor;
  await page.goto(`/identities/${id}/edit`);
  const passwordCard = page.getByRole('region', { name: 'Password' });
  await passwordCard.getByText('Stored on').waitFor();
  expect(await page.locator('input[type=password]').count()).toBe(0);
  await expectAccessible(page);

  await passwordCard.getByRole('button', { name: 'Remove' }).click();
  await passwordCard.getByText('is deleted when you save').waitFor();
  await page.getByRole('link', { name: 'Identities' }).last().click();
  const leaving = page.getByRole('dialog', { name: 'Discard changes?' });
  await leaving.getByRole('button', { name: 'Cancel' }).click();

  await ada.call('PATCH', `/api/identity/${id}`, { username: 'changed' });
  await page.getByText('This identity was changed in the meantime').waitFor();
  await save(page);
  await page.getByRole('alert').getByText('The identity was changed since you read it.').waitFor();
  await page.getByRole('button', { name: 'Apply my changes' }).click();
  await page.waitForFunction(() => document.querySelectorAll('input[value="changed"]').length === 1);
  // What the person has chosen stays.
  await passwordCard.getByText('is deleted when you save').waitFor();
  await expectAccessible(page);

  await save(page);
  await panel(page, 'Both ways').waitFor();
  const stored = await ada.call('GET', `/api/identity/${id}`);
  expect([stored.at('type'), stored.at('username'), stored.at('hasPassword')]).toEqual(['ssh', 'changed', false]);
  expect(visitor.faults).toEqual([]);
});

test('moves identities to an organization and deletes one, after saying what that does', async () => {
  await using gatehouse = await startTestGatehouse();
  const ada = await gatehouse.administrator();
  const ops = await addOrganization(ada, 'Ops', []);
  const first = await addIdentity(ada, password('First login'));
  const second = await addIdentity(ada, password('Second login'));
  await addServer(ada, 'web-1', { identities: [first] });
  await using visitor = await visit(browser, gatehouse, { as: ada });
  const { page } = visitor;
  await page.goto('/identities');

  await page.getByRole('checkbox', { name: 'Select all' }).check();
  await page.getByRole('button', { name: 'Move…' }).click();
  const moving = page.getByRole('dialog', { name: 'Move 2 identities to an organization' });
  await moving.getByText('Current and future members of Ops can use it').waitFor();
  await expectAccessible(page);
  await moving.getByRole('button', { name: 'Move' }).click();
  await moving.waitFor({ state: 'detached' });
  for (const id of [first, second])
    expect((await ada.call('GET', `/api/identity/${id}`)).at('organizationId')).toBe(ops);

  await page.getByRole('row', { name: /First login/ }).click();
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).waitFor();
  await expectAccessible(page);
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  const deleting = page.getByRole('dialog', { name: 'Delete “First login”?' });
  await deleting.getByText('Logins on 1 server will fail').waitFor();
  await deleting.getByText('web-1').waitFor();
  const act = deleting.getByRole('button', { name: 'Delete' });
  expect(await act.isDisabled()).toBe(true);
  await deleting.getByLabel('Type “First login” to confirm').fill('First login');
  await act.click();
  await page.getByRole('row', { name: /First login/ }).waitFor({ state: 'detached' });
  expect((await ada.call('GET', `/api/identity/${first}`)).status).toBe(404);
  expect(visitor.faults).toEqual([]);
});

test('shows a member without the right what is shared, and no way to change it', async () => {
  await using gatehouse = await startTestGatehouse();
  const ada = await gatehouse.administrator();
  const grace = await gatehouse.person('grace');
  const ops = await addOrganization(ada, 'Ops', [grace]);
  await ada.call('PUT', `/api/organization/${ops}/members/${grace.id}/permissions`, {
    permissions: { 'identities.manage': 'deny' },
  });
  const id = await addIdentity(ada, password('Shared login', { organizationId: ops }));
  await using visitor = await visit(browser, gatehouse, { as: grace });
  const { page } = visitor;
  await page.goto(`/identities/${id}`);
  await panel(page, 'Shared login').getByText('You can use this identity, but not change it.').waitFor();
  expect(await page.getByRole('link', { name: 'Edit' }).count()).toBe(0);
  expect(await page.getByRole('button', { name: 'More actions' }).count()).toBe(0);
  await page.getByRole('checkbox', { name: 'Select Shared login' }).check();
  expect(await page.getByRole('button', { name: 'Delete…' }).isDisabled()).toBe(true);
  await page.goto(`/identities/${id}/edit`);
  await page.getByRole('heading', { name: 'You can use this identity, but not change it' }).waitFor();
  await expectAccessible(page);
  expect(visitor.faults).toEqual([]);
});

test('finds, opens and leaves an identity by the keyboard alone', async () => {
  await using gatehouse = await startTestGatehouse();
  const ada = await gatehouse.administrator();
  for (const name of ['Alpha', 'Beta', 'Gamma']) await addIdentity(ada, password(name));
  await using visitor = await visit(browser, gatehouse, { as: ada });
  const { page } = visitor;
  await page.goto('/identities');
  await page.getByRole('row', { name: /Gamma/ }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('a');
  await page.getByRole('row', { name: /Alpha/ }).focus();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await panel(page, 'Beta').waitFor();
  await page.keyboard.press('Escape');
  await panel(page, 'Beta').waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.activeElement?.textContent.includes('Beta'));
  await page.keyboard.press('Space');
  expect(await page.getByRole('checkbox', { name: 'Select Beta' }).isChecked()).toBe(true);
});

test('fits a phone, in German as well', async () => {
  await using gatehouse = await startTestGatehouse();
  const ada = await gatehouse.administrator();
  const id = await addIdentity(ada, password('Anmeldung'));
  await using visitor = await visit(browser, gatehouse, { as: ada, viewport: phone, locale: 'de-DE' });
  const { page } = visitor;
  for (const path of ['/identities', `/identities/${id}`, `/identities/${id}/edit`, '/identities/new']) {
    await page.goto(path);
    await page.getByRole('heading', { level: 1, name: /Identität/ }).waitFor();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await expectAccessible(page);
  }
  expect(visitor.faults).toEqual([]);
});

test('a key comes from a file, pasted or dropped; what is too large for one is refused before it is shown', async () => {
  await using gatehouse = await startTestGatehouse();
  const ada = await gatehouse.administrator();
  const { privateKey, fingerprint } = await makeKey();
  await using visitor = await visit(browser, gatehouse, { as: ada });
  const { page } = visitor;
  await page.goto('/identities/new');
  const field = page.getByRole('textbox', { name: 'Private key' });
  const tooLarge = page.getByText('Too large: at most 64 KiB.');
  /** As a browser delivers what a person pastes or drops. */
  const deliver = (kind: 'paste' | 'drop', asFile: boolean, text: string) =>
    field.evaluate(
      (element, [event, isFile, content]) => {
        const data = new DataTransfer();
        if (isFile) data.items.add(new File([content], 'id_ed25519'));
        else data.setData('text/plain', content);
        const given = { bubbles: true, cancelable: true };
        return element.dispatchEvent(
          event === 'drop'
            ? new DragEvent('drop', { ...given, dataTransfer: data })
            : new ClipboardEvent('paste', { ...given, clipboardData: data }),
        );
      },
      [kind, asFile, text] as const,
    );
  const large = 'x'.repeat(100_000);

  await page.setInputFiles('input[type=file]', {
    name: 'disk.img',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(large),
  });
  await tooLarge.waitFor();
  await field.fill('A');
  await tooLarge.waitFor({ state: 'hidden' });
  for (const [kind, asFile] of [
    ['paste', false],
    ['drop', false],
    ['drop', true],
  ] as const) {
    expect(await deliver(kind, asFile, large)).toBe(false);
    await tooLarge.waitFor();
    expect(await field.inputValue()).toBe('A');
    await field.fill('');
    await field.fill('A');
    await tooLarge.waitFor({ state: 'hidden' });
  }
  expect(await deliver('paste', false, privateKey)).toBe(true);
  await deliver('drop', true, privateKey);
  await page.getByText(fingerprint).waitFor();
  expect(await field.inputValue()).toBe(privateKey);
  await page.setInputFiles('input[type=file]', { name: 'k', mimeType: 'text/plain', buffer: Buffer.from('nothing') });
  await page.getByText(fingerprint).waitFor({ state: 'hidden' });
  await expectAccessible(page);
});
