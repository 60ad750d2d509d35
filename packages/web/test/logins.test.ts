import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person, TestGatehouse } from '../../server/test/harness/gatehouse.ts';
import {
  addEntry,
  addIdentity,
  addOrganization,
  authorizedKeys,
  passphrase,
  privateKey,
} from '../../server/test/sessions/servers.ts';
import { startHostile } from '../../server/test/ssh-servers/hostile.ts';
import { startSshd, type Sshd, type TestAccount } from '../../server/test/ssh-servers/sshd.ts';
import { expectAccessible, phone, visit } from './harness/browser.ts';
import { openServerRoom, type ServerRoom } from './harness/server-room.ts';

let room: ServerRoom;
let account: TestAccount;
let sshd: Sshd;
let gatehouse: TestGatehouse;
let browser: Browser;
let ada: Person;
let grace: Person;

beforeAll(async () => {
  room = await openServerRoom();
  ({ account, sshd, gatehouse, browser } = room);
  ada = await gatehouse.administrator();
  grace = await gatehouse.person('grace');
});

afterAll(() => room[Symbol.asyncDispose]());

/** Connects from the page of the server. */
async function connect(page: Page, entryId: number, button = 'Connect'): Promise<void> {
  await page.goto(`/servers/${entryId}`);
  await page.getByRole('button', { name: button, exact: true }).first().click();
}

function rowsOf(page: Page, server: string) {
  return page.getByRole('region', { name: `Terminal on ${server}` }).locator('.xterm-rows');
}

test('a server’s own questions are asked as it asks them, and hidden as it hides them', async () => {
  await using server = await startHostile({
    methods: ['keyboard-interactive'],
    converse: async (ask) => {
      const [password] = await ask([{ prompt: 'Password: ', echo: false }]);
      const questions = [
        { prompt: 'Token serial', echo: true },
        { prompt: 'Code', echo: false },
      ];
      const [serial, code] = await ask(questions, '<b>Second</b> factor');
      const [last] = await ask([{ prompt: 'And once more', echo: true }]);
      return password === 'the secret' && serial === 'A-17' && code === '123456' && last === 'yes';
    },
    onChannel: (channel) => channel.write('welcome'),
  });
  const identity = await addIdentity(ada, { type: 'password', username: 'ada', password: 'the secret' });
  const entryId = await addEntry(ada, server, { name: 'asks-1', identities: [identity] });
  await using visitor = await visit(browser, gatehouse, { as: ada });
  const { page } = visitor;
  await connect(page, entryId);
  await page.getByRole('heading', { name: '<b>Second</b> factor' }).waitFor();
  await expectAccessible(page);
  const serial = page.getByLabel('Token serial');
  expect(await serial.getAttribute('type')).not.toBe('password');
  expect(await page.getByLabel('Code', { exact: true }).getAttribute('type')).toBe('password');
  // The first question has the focus: no mouse is needed.
  await page.keyboard.type('A-17');
  expect(await serial.inputValue()).toBe('A-17');
  await page.getByLabel('Code', { exact: true }).fill('123456');
  await page.keyboard.press('Enter');
  // A question without a name gets one, and the keyboard.
  await page.getByRole('heading', { name: 'Server prompt' }).waitFor();
  await expectAccessible(page);
  await page.keyboard.type('yes\n');
  await rowsOf(page, 'asks-1').getByText('welcome').waitFor();
  expect(visitor.faults).toEqual([]);
});

test('what a server says before the login stands above the shell', async () => {
  await using server = await startHostile({
    methods: ['password'],
    accept: () => true,
    banner: '*** Authorized users only ***\r\n\u001B[2J    All use is recorded.',
    onChannel: (channel) => channel.write('welcome'),
  });
  const identity = await addIdentity(ada, { type: 'password', username: 'ada', password: 'the secret' });
  const entryId = await addEntry(ada, server, { name: 'says-1', identities: [identity] });
  await using visitor = await visit(browser, gatehouse, { as: ada });
  const { page } = visitor;
  await connect(page, entryId);
  const rows = rowsOf(page, 'says-1');
  await rows.getByText('welcome').waitFor();
  const shown = (await rows.innerText()).split('\n').map((row) => row.replaceAll('\u00A0', ' ').trimEnd());
  expect(shown.slice(0, 3)).toEqual(['*** Authorized users only ***', ' [2J    All use is recorded.', 'welcome']);
  expect(visitor.faults).toEqual([]);
});

test('a locked key asks for its passphrase until it is the right one', async () => {
  const sshKey = privateKey('ed25519-openssh-encrypted.key');
  const identity = await addIdentity(
    ada,
    { name: 'Locked', type: 'ssh', username: account.username, sshKey },
    'lenient',
  );
  const entryId = await addEntry(ada, sshd, { name: 'locked-1', identities: [identity] });
  await using visitor = await visit(browser, gatehouse, { as: ada });
  const { page } = visitor;
  await connect(page, entryId);
  const field = page.getByLabel('Passphrase of the key “Locked”');
  await page.getByText('The key is encrypted, and no passphrase that opens it is stored.').waitFor();
  await field.fill('not this one');
  await page.keyboard.press('Enter');
  await page.getByText('That passphrase does not open the key.').waitFor();
  await field.fill(passphrase);
  await page.keyboard.press('Enter');
  await rowsOf(page, 'locked-1').getByText('$').first().waitFor();
});

test('a redirected server does not get the identity until a manager confirms it', async () => {
  const ops = Number((await ada.call('PUT', '/api/organization', { name: 'Ops' })).at('id'));
  await ada.call('POST', `/api/organization/${ops}/invite`, { username: 'grace' });
  await grace.call('POST', `/api/organization/invitations/${ops}/respond`, { accept: true });
  const identity = await addIdentity(ada, {
    name: 'Deploy',
    type: 'password',
    username: account.username,
    password: account.password,
    organizationId: ops,
  });
  await using elsewhere = await startSshd({ authorizedKeys });
  const entryId = await addEntry(ada, sshd, { name: 'bound-1', organizationId: ops, identities: [identity] });
  await ada.call('PUT', `/api/organization/${ops}/members/${grace.id}/permissions`, {
    permissions: { 'identities.manage': 'deny' },
  });
  const config = { ip: elsewhere.host, port: elsewhere.port };
  expect((await grace.call('PATCH', `/api/entry/${entryId}`, { config })).status).toBe(200);

  await using visitor = await visit(browser, gatehouse, { as: grace });
  const { page } = visitor;
  await connect(page, entryId);
  await page.getByText('must confirm the link first').waitFor();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Confirm on the server’s page' }).click();
  await page.getByText('Ask an account that manages the identities of Ops to confirm it.').waitFor();
});

test('says at its field what cannot be a login, and forgets what was refused', async () => {
  const entryId = await addEntry(ada, sshd, { name: 'typed-1' });
  await using visitor = await visit(browser, gatehouse, { as: ada });
  const { page } = visitor;
  await connect(page, entryId);
  const username = page.getByRole('textbox', { name: 'Username' });
  const password = page.getByRole('textbox', { name: 'Password' });
  const submit = page.getByRole('button', { name: 'Connect', exact: true });
  await username.waitFor();
  await submit.click();
  expect(await username.getAttribute('aria-invalid')).toBe('true');
  expect(await username.evaluate((field) => field === document.activeElement)).toBe(true);
  await expectAccessible(page);

  await username.fill(account.username);
  await page.getByText('Key', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Private key' }).fill('no key');
  await page.getByRole('radio', { name: 'Save as identity' }).check();
  await page.getByRole('textbox', { name: 'Name of the identity' }).fill('ab');
  await submit.click();
  await page.getByText('At least 3 characters.').waitFor();
  await page.getByRole('textbox', { name: 'Name of the identity' }).fill('Typed');
  await submit.click();
  // Only the server knows what a key is. A login that fails stores nothing.
  await page.getByRole('button', { name: 'Enter again' }).click();
  expect((await ada.call('GET', `/api/entry/${entryId}`)).at('identities')).toEqual([]);
  expect(JSON.stringify((await ada.call('GET', '/api/identity/list')).body)).not.toContain('Typed');

  await password.fill('not this one');
  await page.getByRole('radio', { name: 'Until I sign out' }).check();
  await submit.click();
  await page.getByText('Check username and password').waitFor();
  await page.getByRole('button', { name: 'Close typed-1' }).click();
  await connect(page, entryId);
  await password.fill(account.password);
  await username.fill(account.username);
  await page.getByRole('radio', { name: 'Until I sign out' }).check();
  await page.keyboard.press('Enter');
  await rowsOf(page, 'typed-1').getByText('$').first().waitFor();
});

test('says in German what the server says, and what to do about it', async () => {
  const identity = await addIdentity(ada, {
    name: 'Wrong',
    type: 'password',
    username: account.username,
    password: 'not this one',
  });
  const entryId = await addEntry(ada, sshd, { name: 'falsch-1', identities: [identity] });
  await using visitor = await visit(browser, gatehouse, { as: ada, locale: 'de-DE', viewport: phone });
  const { page } = visitor;
  await connect(page, entryId, 'Verbinden');
  await page.getByText(`Der Server hat das Passwort für ${account.username} abgelehnt.`).waitFor();
  await page.getByText('Prüfen Sie Benutzernamen und Passwort.', { exact: false }).waitFor();
  await page.getByText(`Mit ${sshd.host} Port ${sshd.port} verbunden.`).waitFor();
  expect(await page.getByText(/The server|Connected to/).count()).toBe(0);
  await expectAccessible(page);

  await page.goto('/servers/import');
  await page.getByRole('textbox').first().fill('Host db\n  HostName db.test\n  ProxyCommand nc %h 22\nHost *.test\n');
  await page.getByText('ProxyCommand wurde weggelassen; nennen Sie stattdessen einen Jump-Host.').waitFor();
  await page.getByText('ist ein Muster, kein Server').waitFor();
});

test('a password is asked for beside the place where it goes, with a warning where another member changed that', async () => {
  const serve = () =>
    startHostile({
      methods: ['password'],
      accept: ({ method }) => method === 'password',
      onChannel: (channel) => channel.write('welcome'),
    });
  await using server = await serve();
  await using elsewhere = await serve();
  const org = await addOrganization(grace, [ada]);
  const entryId = await addEntry(grace, server, { name: 'led-1', organizationId: org });
  await using visitor = await visit(browser, gatehouse, { as: ada });
  const { page } = visitor;
  const place = page.getByLabel('Destination of your input');
  const logIn = async () => {
    await page.getByRole('textbox', { name: 'Username' }).fill('root');
    await page.getByRole('textbox', { name: 'Password' }).fill('a password');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
  };
  await connect(page, entryId);
  await place.getByText(`127.0.0.1:${server.port}`).waitFor();
  await place.getByText('SHA256:').waitFor();
  await logIn();
  await rowsOf(page, 'led-1').getByText('welcome').waitFor();

  const config = { protocol: 'ssh', ip: 'localhost', port: elsewhere.port, hostKeyPolicy: 'accept-new' };
  expect((await grace.call('PATCH', `/api/entry/${entryId}`, { config })).status).toBe(200);
  await connect(page, entryId);
  await page.getByText('This server was changed after your last login').waitFor();
  await page.getByText('host (before: 127.0.0.1)').waitFor();
  await place.getByText(`localhost:${elsewhere.port}`).waitFor();
  await expectAccessible(page);
  expect(visitor.faults).toEqual([]);
});
