import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestGatehouse, type Person, type TestGatehouse } from '../../server/test/harness/gatehouse.ts';
import { startSshd } from '../../server/test/ssh-servers/sshd.ts';
import { expectAccessible, phone, startBrowser, visit } from './harness/browser.ts';

let browser: Browser;
let gatehouse: TestGatehouse;
let ada: Person;
let grace: Person;
let ops: number;
beforeAll(async () => {
  [browser, gatehouse] = await Promise.all([startBrowser(), startTestGatehouse()]);
  ada = await gatehouse.administrator();
  grace = await gatehouse.person('grace');
  ops = await add(ada, '/api/organization', { name: 'Ops' });
  await ada.call('POST', `/api/organization/${ops}/invite`, { username: 'grace' });
  await grace.call('POST', `/api/organization/invitations/${ops}/respond`, { accept: true });
});
afterAll(async () => {
  await browser.close();
  await gatehouse[Symbol.asyncDispose]();
});

async function add(person: Person, path: string, body: object): Promise<number> {
  return Number((await person.call('PUT', path, body)).at('id'));
}

interface NewServer {
  readonly folderId?: number;
  readonly organizationId?: number;
  readonly identities?: readonly number[];
  readonly ip?: string;
  readonly port?: number;
}

function addServer(person: Person, name: string, { ip = `${name}.test`, port = 22, ...entry }: NewServer = {}) {
  return add(person, '/api/entry', { name, config: { protocol: 'ssh', ip, port }, ...entry });
}

const line = (page: Page, name: string | RegExp) => page.getByRole('treeitem', { name });
const told = (page: Page, text: string | RegExp) => page.getByRole('alert').filter({ hasText: text });

test('offers to add the first server, and adds it from a pasted ssh command', async () => {
  const newcomer = await gatehouse.person('newcomer');
  const identity = await add(newcomer, '/api/identity', {
    name: 'Laptop',
    type: 'password',
    username: 'me',
    password: 'nobody reads this',
  });
  await using visitor = await visit(browser, gatehouse, { as: newcomer });
  const { page } = visitor;
  await page.goto('/servers');
  await page.getByRole('heading', { name: 'No servers yet' }).waitFor();
  await expectAccessible(page);

  await page.getByRole('textbox', { name: 'Quick connect' }).fill('ssh -p 2222 deploy@web-9.test uptime');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'New server' }).waitFor();
  expect(await page.getByLabel('Host name or IP address').inputValue()).toBe('web-9.test');
  expect(await page.getByLabel('Port').inputValue()).toBe('2222');
  expect(await page.getByLabel('Username').inputValue()).toBe('deploy');
  await page.getByLabel('Name', { exact: true }).fill('web-9');
  await page.getByRole('combobox', { name: 'Add identity…' }).click();
  await page.getByRole('option', { name: 'Laptop (me)' }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Save server' }).click();

  await page.getByRole('heading', { name: 'web-9', level: 1 }).waitFor();
  await line(page, 'web-9').waitFor();
  await page.getByText('web-9.test:2222').waitFor();
  await page.getByRole('link', { name: 'Laptop' }).waitFor();
  const [stored] = (await newcomer.call('GET', '/api/entry/list')).body as unknown[];
  expect(stored).toMatchObject({ identities: [identity], config: { username: 'deploy', port: 2222 } });
  await expectAccessible(page);
  expect(visitor.faults).toEqual([]);
});

test('says at its field what is wrong, and asks before what was typed is lost', async () => {
  await using visitor = await visit(browser, gatehouse, { as: ada });
  const { page } = visitor;
  await page.goto('/servers/new');
  await page.getByLabel('Name', { exact: true }).fill('half');
  await page.getByLabel('Host name or IP address').fill('not a host');
  await page.getByLabel('Port').fill('99999');
  await page.getByRole('button', { name: 'Save server' }).click();
  await expect.poll(() => page.getByLabel('Host name or IP address').getAttribute('aria-invalid')).toBe('true');
  expect(await page.getByLabel('Port').getAttribute('aria-invalid')).toBe('true');

  await page.getByRole('link', { name: 'Identities' }).click();
  await page.getByRole('dialog', { name: 'Discard changes?' }).waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('half');
  await page.getByRole('link', { name: 'Identities' }).click();
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('heading', { name: 'Identities', level: 1 }).waitFor();
});

describe('the tree', () => {
  test('is walked, renamed and connected in by keys alone', async () => {
    const person = await gatehouse.person('keys');
    const folderId = await add(person, '/api/folder', { name: 'Attic' });
    await addServer(person, 'alpha', { folderId });
    await addServer(person, 'beta');
    await using visitor = await visit(browser, gatehouse, { as: person });
    const { page } = visitor;
    await page.goto('/servers');
    await line(page, 'alpha').waitFor();
    await page.getByRole('tree').focus();
    const active = () =>
      page.evaluate(() => {
        const id = document.activeElement?.getAttribute('aria-activedescendant') ?? '';
        return document.getElementById(id)?.getAttribute('aria-label');
      });
    await page.keyboard.press('ArrowDown');
    expect(await active()).toBe('Attic 1');
    await page.keyboard.press('ArrowLeft');
    await line(page, 'alpha').waitFor({ state: 'detached' });
    await page.reload();
    await line(page, 'beta').waitFor();
    expect(await line(page, 'alpha').count()).toBe(0);

    await page.getByRole('tree').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await line(page, 'alpha').waitFor();
    await page.keyboard.press('b');
    expect(await active()).toBe('beta beta.test');
    await page.keyboard.press('F2');
    await page.getByLabel('New name').fill('gamma');
    await page.keyboard.press('Enter');
    await line(page, 'gamma').waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/terminals\//);
    expect(visitor.faults).toEqual([]);
  });

  test('moves a server by its menu, and takes it back', async () => {
    const person = await gatehouse.person('mover');
    await add(person, '/api/folder', { name: 'Shelf' });
    const id = await addServer(person, 'delta');
    await using visitor = await visit(browser, gatehouse, { as: person });
    const { page } = visitor;
    await page.goto('/servers');
    await line(page, 'delta').waitFor();
    await page.getByRole('tree').focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Move to…' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('menuitem', { name: 'Move to…' }).click();
    await page.getByRole('combobox', { name: 'Destination' }).click();
    await page.getByRole('option', { name: 'Personal / Shelf' }).click();
    await page.getByRole('button', { name: 'Move', exact: true }).click();
    const inShelf = () => line(page, 'delta').getAttribute('aria-level');
    await expect.poll(inShelf).toBe('3');

    await expectAccessible(page);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(inShelf).toBe('2');
    expect((await person.call('GET', `/api/entry/${id}`)).at('folderId')).toBeNull();
  });

  test('takes what is dragged beside another server or into a folder', async () => {
    const person = await gatehouse.person('dragger');
    await add(person, '/api/folder', { name: 'Box' });
    for (const name of ['one', 'two', 'three']) await addServer(person, name);
    await using visitor = await visit(browser, gatehouse, { as: person });
    const { page } = visitor;
    await page.goto('/servers');
    await line(page, 'three').waitFor();
    const names = () =>
      page.getByRole('treeitem').evaluateAll((all) => all.map((item) => item.ariaLabel?.split(' ')[0]));

    await line(page, 'three').dragTo(line(page, 'one'), { targetPosition: { x: 60, y: 3 } });
    await expect.poll(names).toEqual(['Personal', 'Box', 'three', 'one', 'two']);
    await line(page, 'two').dragTo(line(page, 'Box'), { targetPosition: { x: 60, y: 15 } });
    await expect.poll(names).toEqual(['Personal', 'Box', 'two', 'three', 'one']);
  });

  test('finds by name and address at once, and connects to what is typed', async () => {
    const person = await gatehouse.person('finder');
    for (const name of ['web-1', 'web-2', 'db-1']) await addServer(person, name);
    await using visitor = await visit(browser, gatehouse, { as: person });
    const { page } = visitor;
    await page.goto('/servers');
    await line(page, 'db-1').waitFor();
    const search = page.getByRole('searchbox', { name: 'Search or user@host' });
    await search.fill('web test');
    await line(page, 'db-1').waitFor({ state: 'detached' });
    expect(await page.getByRole('treeitem', { name: /web-/ }).count()).toBe(2);
    await search.fill('root@elsewhere:2200');
    await page.getByRole('button', { name: 'Connect to root@elsewhere:2200' }).click();
    await page.getByRole('heading', { name: 'New server' }).waitFor();
    expect(await page.getByLabel('Port').inputValue()).toBe('2200');
    await search.fill('web-2');
    await search.press('Enter');
    await page.waitForURL(/\/terminals\//);
  });

  test('stands as a screen of its own on a phone', async () => {
    const person = await gatehouse.person('pocket');
    await addServer(person, 'far-away');
    await using visitor = await visit(browser, gatehouse, {
      as: person,
      viewport: phone,
      hasTouch: true,
      isMobile: true,
    });
    const { page } = visitor;
    await page.goto('/servers');
    await line(page, 'far-away').tap();
    await page.getByRole('heading', { name: 'far-away', level: 1 }).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Servers' }).first().click();
    await line(page, 'far-away').waitFor();
    await expectAccessible(page);
  });
});

test('deletes a server after saying who is reached through it', async () => {
  const person = await gatehouse.person('deleter');
  const gate = await addServer(person, 'gate');
  await add(person, '/api/entry', { name: 'inner', config: { ip: 'inner.test', jumpHosts: [gate] } });
  await using visitor = await visit(browser, gatehouse, { as: person });
  const { page } = visitor;
  await page.goto(`/servers/${gate}`);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete “gate”?' });
  await dialog.getByText('inner', { exact: true }).waitFor();
  await dialog.getByRole('button', { name: 'Delete server' }).click();
  await page.waitForURL(/\/servers$/);
  await line(page, 'gate').waitFor({ state: 'detached' });
  expect((await person.call('GET', `/api/entry/${gate}`)).status).toBe(404);
});

test('pins the host keys that a server offers, and warns when they are others', async () => {
  await using sshd = await startSshd({ hostKeys: ['ed25519'] });
  const id = await addServer(ada, 'scanned', { ip: sshd.host, port: sshd.port });
  await using visitor = await visit(browser, gatehouse, { as: ada });
  const { page } = visitor;
  await page.goto(`/servers/${id}`);
  await page.getByRole('button', { name: 'Fetch now' }).click();
  await page.getByText('The server presents keys that are not pinned.').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Pin these keys' }).click();
  await page.getByText('confirmed', { exact: false }).first().waitFor();

  await sshd.rotateHostKeys();
  await page.getByRole('button', { name: 'Fetch now' }).click();
  await page.getByText('The server presents a different key than the pinned one.', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Replace pinned keys…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Replace keys' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Fetch now' }).click();
  await page.getByText('The server presents the pinned keys.').waitFor();
});

test('lets who manages an identity confirm a server that another member redirected', async () => {
  const identity = await add(ada, '/api/identity', {
    name: 'Deploy',
    type: 'password',
    username: 'deploy',
    password: 'nobody reads this',
    organizationId: ops,
  });
  const id = await addServer(ada, 'bound', { organizationId: ops, identities: [identity] });
  const rights = `/api/organization/${ops}/members/${grace.id}/permissions`;
  await ada.call('PUT', rights, { permissions: { 'identities.manage': 'deny' } });
  await grace.call('PATCH', `/api/entry/${id}`, { config: { ip: 'elsewhere.test' } });

  await using hers = await visit(browser, gatehouse, { as: grace });
  await hers.page.goto(`/servers/${id}`);
  await hers.page.getByText('Ask an account that manages the identities of Ops to confirm it.').waitFor();
  await using mine = await visit(browser, gatehouse, { as: ada });
  await mine.page.goto(`/servers/${id}`);
  await mine.page.getByRole('button', { name: 'Confirm use on this server' }).click();
  const dialog = mine.page.getByRole('dialog');
  await dialog.getByText('elsewhere.test:22', { exact: false }).waitFor();
  await dialog.getByRole('button', { name: 'Confirm', exact: true }).click();
  await hers.page.getByText('suspended').waitFor({ state: 'detached' });
  await ada.call('PUT', rights, { permissions: {} });
});

test('shows a member without the right everything and nothing to change it with', async () => {
  const id = await addServer(ada, 'looked-at', { organizationId: ops });
  const rights = `/api/organization/${ops}/members/${grace.id}/permissions`;
  await ada.call('PUT', rights, { permissions: { 'resources.manage': 'deny' } });
  await using visitor = await visit(browser, gatehouse, { as: grace });
  const { page } = visitor;
  await page.goto(`/servers/${id}`);
  await page.getByRole('button', { name: 'Connect', exact: true }).waitFor();
  await page.getByText('looked-at.test:22').waitFor();
  expect(await page.getByRole('link', { name: 'Edit' }).count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Paste keys…' }).count()).toBe(0);
  await line(page, 'looked-at').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Copy SSH command' }).waitFor();
  expect(await page.getByRole('menuitem', { name: /Edit|Rename|Move|Delete|Duplicate/ }).count()).toBe(0);
  await page.keyboard.press('Escape');
  await page.goto(`/servers/${id}/edit`);
  await page.getByRole('heading', { name: 'You can use this server, but not change it' }).waitFor();
  await expectAccessible(page);

  await ada.call('PUT', rights, { permissions: { 'resources.manage': 'deny', 'connect.ssh': 'deny' } });
  await page.getByRole('link', { name: 'Back to server' }).click();
  await page.getByText('You can see this server, but not connect to it.').waitFor();
  expect(await page.getByRole('button', { name: 'Connect', exact: true }).count()).toBe(0);
  await expectAccessible(page);
  await ada.call('PUT', rights, { permissions: {} });
});

test('stays whole with the longest names there can be, and shows them as text', async () => {
  const long = `<img src=x onerror=alert(1)> ${'W'.repeat(200)}`;
  const username = 'x'.repeat(255);
  const identity = await add(ada, '/api/identity', { name: long, type: 'password', username, password: 'of nobody' });
  const id = await addServer(ada, long, { identities: [identity], ip: `${'a'.repeat(60)}.${'b'.repeat(60)}.test` });
  for (const look of [{}, { viewport: phone }]) {
    await using visitor = await visit(browser, gatehouse, { as: ada, ...look });
    const { page } = visitor;
    for (const path of [`/servers/${id}`, `/servers/${id}/edit`, `/identities/${identity}`, '/audit']) {
      await page.goto(path);
      await page.getByText('WWWWWWWWWW').first().waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).toBeLessThanOrEqual(0);
      const content = page.locator('main > [data-scrolls]');
      if ((await content.count()) > 0)
        expect(await content.evaluate((box) => box.scrollWidth - box.clientWidth), path).toBeLessThanOrEqual(0);
    }
    await page.goto(`/servers/${id}`);
    for (const name of ['Edit', 'Connect']) {
      const button = page.getByRole('button', { name, exact: true }).or(page.getByRole('link', { name, exact: true }));
      expect(await button.evaluate((one) => one.scrollWidth - one.clientWidth)).toBeLessThanOrEqual(1);
    }
    expect(visitor.faults).toEqual([]);
  }
});

test('shows what an ssh config would add before it does', async () => {
  const person = await gatehouse.person('importer');
  await using visitor = await visit(browser, gatehouse, { as: person });
  const { page } = visitor;
  await page.goto('/servers/import');
  await page
    .getByLabel('SSH config', { exact: true })
    .fill(
      [
        'Host gate',
        '  HostName 192.0.2.1',
        'Host inner',
        '  ProxyJump gate',
        '  IdentityFile ~/.ssh/inner',
        'Host *.old',
      ].join('\n'),
    );
  await page.getByRole('cell', { name: '192.0.2.1' }).waitFor();
  await page.getByText('1 section skipped').waitFor();
  await expectAccessible(page);
  expect((await person.call('GET', '/api/entry/list')).body).toEqual([]);
  await page.getByRole('button', { name: 'Import 2 servers' }).click();
  await line(page, 'inner').waitFor();
  await told(page, '2 servers imported.').waitFor();
  expect(visitor.faults).toEqual([]);
});
