import { generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import WebSocket from 'ws';
import { startTestGatehouse, type Answer, type Method, type Person, type TestGatehouse } from '../harness/gatehouse.ts';
import { addTestAccount, startSshd, type Sshd, type TestAccount } from '../ssh-servers/sshd.ts';
import { createSearcher, type Needle } from './haystack.ts';

const passwords = 40;
const keys = 12;
const encryptedKeys = 6;
const socketMs = 15_000;

/** What nothing may hold that leaves the vault, whatever the secret is. */
const keyMarkers = ['PRIVATE KEY', 'openssh-key-v1', 'b3BlbnNzaC1rZXktdj', 'PuTTY-User-Key-File'];

/** A stage on which secrets of every kind are handed in, and everything that is said is kept. */
class Stage {
  readonly gatehouse: TestGatehouse;
  /** Never to be seen again anywhere. */
  readonly vaulted: Needle[] = [];
  /** Given out once; never to be kept. */
  readonly issued: Needle[] = [];
  readonly answers: string[] = [];

  constructor(gatehouse: TestGatehouse) {
    this.gatehouse = gatehouse;
  }

  /** A new secret, with characters that every encoding treats in a way of its own. */
  secret(name: string): string {
    const text = `${randomBytes(9).toString('base64url')}%"\\é<${randomBytes(9).toString('base64url')}`;
    this.keep(name, text);
    return text;
  }

  keep(name: string, secret: string | Buffer): void {
    this.vaulted.push({ name, bytes: Buffer.from(secret) });
  }

  issue(name: string, secret: unknown): string {
    const text = String(secret);
    expect(text.length, name).toBeGreaterThan(8);
    this.issued.push({ name, bytes: Buffer.from(text) });
    if (/^[0-9a-f]+$/.test(text)) this.issued.push({ name: `${name}, its bytes`, bytes: Buffer.from(text, 'hex') });
    return text;
  }

  /** Keeps the answer, without what it gives out once. */
  heard(answer: Answer): Answer {
    this.answers.push(JSON.stringify([...answer.headers]), JSON.stringify(answer.body));
    return answer;
  }

  async call(person: Person, method: Method, path: string, body?: unknown): Promise<Answer> {
    return this.heard(await person.call(method, path, body));
  }
}

interface KeyPair {
  readonly pem: string;
  readonly line: string;
}

/** A private key as a file, and its secret numbers among the needles. */
function makeKey(stage: Stage, name: string, passphrase?: string): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { d = '' } = privateKey.export({ format: 'jwk' });
  stage.keep(`${name}, its number`, Buffer.from(d, 'base64url'));
  const format = { type: 'pkcs8', format: 'pem' } as const;
  const pem = privateKey.export(passphrase === undefined ? format : { ...format, cipher: 'aes-256-cbc', passphrase });
  return { pem: pem.toString(), line: ecdsaLine(publicKey) };
}

function ecdsaLine(key: KeyObject): string {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  const parts = [Buffer.from('ecdsa-sha2-nistp256'), Buffer.from('nistp256'), point];
  const blob = Buffer.concat(parts.flatMap((part) => [Buffer.of(0, 0, 0, part.length), part]));
  return `ecdsa-sha2-nistp256 ${blob.toString('base64')}`;
}

/** Requests with a secret where none belongs. Field names are left out: an unknown one is named only to its sender. */
async function misplace(stage: Stage, person: Person): Promise<void> {
  const inJson = (path: string, make: (secret: string) => unknown, method: Method = 'PUT') =>
    stage.call(person, method, path, make(stage.secret(`misplaced in ${path}`)));
  await inJson('/api/identity', (secret) => ({ name: 'an identity', type: secret }));
  await inJson('/api/identity', (secret) => ({ name: 'an identity', type: 'password', password: [secret] }));
  await inJson('/api/identity', (secret) => ({ name: 'an identity', type: 'password', password: { a: secret } }));
  await inJson('/api/identity', (secret) => ({ name: 'an identity', type: 'ssh', sshKey: secret, organizationId: 99 }));
  await inJson('/api/identity', (secret) => ({ name: 'an identity', type: 'ssh', organizationId: secret }));
  await inJson('/api/identity', (secret) => ({ name: 'an identity', type: 'ssh', generatedKey: secret }));
  await inJson('/api/identity', (secret) => [secret]);
  await inJson('/api/identity', (secret) => `{"name":"x","password":${JSON.stringify(secret)}`);
  await inJson('/api/identity', (secret) => `password=${encodeURIComponent(secret)}`);
  await inJson('/api/identity', (secret) => ({
    name: 'an identity',
    type: 'password',
    password: secret.repeat(4_000),
  }));
  await inJson('/api/entry', (secret) => ({ name: 'a server', config: { ip: 'a', port: secret } }));
  await inJson('/api/connection', (secret) => ({ entryId: 1, directIdentity: secret }), 'POST');
  await inJson(
    '/api/connection',
    (secret) => ({ entryId: 99, directIdentity: { username: 'a', password: secret } }),
    'POST',
  );
  await inJson('/api/auth/login', (secret) => ({ username: 'nobody', password: secret }), 'POST');
  await inJson('/api/auth/login', (secret) => ({ username: ['nobody'], password: secret }), 'POST');
  await inJson('/api/auth/logout', (secret) => ({ token: secret }), 'POST');
  await inJson('/api/account/register', (secret) => ({ username: 'x', password: secret }), 'POST');
  await inJson('/api/account/password', (secret) => ({ password: secret, currentPassword: secret }), 'PATCH');
  const header = stage.secret('misplaced in a header').replaceAll(/[^\w]/g, '');
  stage.heard(await stage.gatehouse.call('GET', '/api/account/me', { token: header }));
  stage.heard(await stage.gatehouse.call('GET', '/api/account/me', { headers: { authorization: `Basic ${header}` } }));
  const inUrl = encodeURIComponent(stage.secret('misplaced in a URL'));
  stage.heard(await stage.gatehouse.call('GET', `/api/identity/${inUrl}?password=${inUrl}`, { token: person.token }));
}

interface Target {
  readonly sshd: Sshd;
  readonly account: TestAccount;
}

/** Stores a secret as an identity, logs in with it, and changes it. */
async function useStored(stage: Stage, person: Person, entry: number, stored: Record<string, unknown>) {
  const identity = Number((await stage.call(person, 'PUT', '/api/identity', { name: 'used', ...stored })).at('id'));
  await stage.call(person, 'PATCH', `/api/entry/${entry}`, { identities: [identity] });
  const ran = await stage.call(person, 'POST', `/api/connection/${entry}/exec`, { command: 'echo it works' });
  expect(ran, JSON.stringify(ran.body)).toMatchObject({ status: 200, body: { stdout: 'it works\n' } });
  await stage.call(person, 'POST', `/api/identity/${identity}/test`, { entryId: entry });
  return identity;
}

async function openTerminal(stage: Stage, person: Person, entryId: number, directIdentity: unknown): Promise<void> {
  const opened = await person.call('POST', '/api/connection', { entryId, directIdentity });
  const ticket = stage.issue('a ticket', opened.at('ticket'));
  const url = `${stage.gatehouse.url.replace('http', 'ws')}/api/ws/session/${Number(opened.at('sessionId'))}`;
  const socket = new WebSocket(url, ['gatehouse.v1', `ticket.${ticket}`]);
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error('the terminal did not end'));
    }, socketMs);
    socket.on('message', (data: Buffer) => {
      stage.answers.push(data.toString());
      if (data.toString().includes('"ready"')) socket.send(Buffer.from('exit\n'));
    });
    socket.on('close', () => {
      clearTimeout(timer);
      resolve();
    });
    socket.on('error', reject);
  });
}

async function useTarget(stage: Stage, person: Person, { sshd, account }: Target, pairs: Pairs): Promise<void> {
  const config = { ip: sshd.host, port: sshd.port };
  const entry = Number((await stage.call(person, 'PUT', '/api/entry', { name: 'a server', config })).at('id'));
  await stage.call(person, 'PUT', `/api/entry/${entry}/host-keys`, { keys: [...sshd.hostKeys] });
  const { username, password } = account;
  await useStored(stage, person, entry, { type: 'password', username, password });
  await useStored(stage, person, entry, { type: 'ssh', username, sshKey: pairs.plain.pem });
  const { encrypted, passphrase } = pairs;
  await useStored(stage, person, entry, { type: 'both', username, sshKey: encrypted.pem, passphrase, password });
  const wrong = { type: 'password', username, password: stage.secret('a wrong password') };
  await expect(useStored(stage, person, entry, wrong)).rejects.toThrow('login_failed');
  await openTerminal(stage, person, entry, { username, password });
  await openTerminal(stage, person, entry, { username, sshKey: encrypted.pem, passphrase });
  const direct = { username, password: stage.secret('a wrong direct password') };
  await stage.call(person, 'POST', `/api/connection/${entry}/exec`, { command: 'true', directIdentity: direct });
  await openTerminal(stage, person, entry, { username, password: stage.secret('another wrong one') });
}

interface Pairs {
  readonly plain: KeyPair;
  readonly encrypted: KeyPair;
  readonly passphrase: string;
}

/** Accounts, their passwords, tokens and API keys. */
async function makePeople(stage: Stage): Promise<Person> {
  const { gatehouse } = stage;
  stage.issue('the set-up token', gatehouse.setup.token);
  const administrator = await gatehouse.administrator();
  const first = stage.secret('the password of an account');
  const second = stage.secret('its next password');
  const names = { firstName: 'Olga', lastName: 'Example' };
  await stage.call(administrator, 'PUT', '/api/users', { username: 'olga', password: first, ...names });
  const person = await gatehouse.signIn('olga', first);
  stage.issue('the token of a session', person.token);
  await stage.call(person, 'PATCH', '/api/account/password', { currentPassword: first, password: second });
  const again = await gatehouse.signIn('olga', second);
  stage.issue('the token of another session', again.token);
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const key = await again.call('POST', '/api/account/api-keys', {
    currentPassword: second,
    name: 'a key',
    scopes: ['identities:list'],
    expiresAt,
  });
  // The part between the underscores: its name before it and its checksum after it are no secret.
  const token = String(key.at('token'));
  stage.issue('the secret of an API key', /^ghk_\w+?_(\w{43})_/.exec(token)?.[1]);
  stage.heard(await gatehouse.call('GET', '/api/identity/list', { token }));
  return again;
}

async function fillVault(stage: Stage, person: Person): Promise<void> {
  const create = (identity: Record<string, unknown>) =>
    stage.call(person, 'PUT', '/api/identity', { name: 'an identity of no secret', username: 'root', ...identity });
  for (let n = 0; n < passwords; n++) {
    const created = await create({ type: 'password', password: stage.secret(`password ${n}`) });
    const path = `/api/identity/${Number(created.at('id'))}`;
    await stage.call(person, 'PATCH', path, { password: stage.secret(`changed password ${n}`) });
    if (n % 3 === 0) await stage.call(person, 'DELETE', path);
  }
  for (let n = 0; n < keys; n++) await create({ type: 'ssh', sshKey: makeKey(stage, `key ${n}`).pem });
  for (let n = 0; n < encryptedKeys; n++) {
    const passphrase = stage.secret(`passphrase ${n}`);
    await create({ type: 'ssh', sshKey: makeKey(stage, `encrypted key ${n}`, passphrase).pem, passphrase });
    const wrong = stage.secret(`wrong passphrase ${n}`);
    await create({ type: 'ssh', sshKey: makeKey(stage, `locked key ${n}`, passphrase).pem, passphrase: wrong });
  }
  const made = await person.call('POST', '/api/identity/generate-key', {
    algorithm: 'ed25519',
    passphrase: stage.secret('passphrase of a generated key'),
  });
  await create({ type: 'ssh', generatedKey: stage.issue('the handle of a generated key', made.at('handle')) });
}

test('no secret is found anywhere but sealed: not in the database, logs, answers or the audit log', async () => {
  await using gatehouse = await startTestGatehouse();
  await using account = await addTestAccount();
  const stage = new Stage(gatehouse);
  const passphrase = stage.secret('the passphrase of a used key');
  const pairs = {
    plain: makeKey(stage, 'a used key'),
    encrypted: makeKey(stage, 'a used encrypted key', passphrase),
    passphrase,
  };
  stage.keep('the password of the machine', account.password);
  await using sshd = await startSshd({ authorizedKeys: [pairs.plain.line, pairs.encrypted.line] });
  const person = await makePeople(stage);

  await fillVault(stage, person);
  await useTarget(stage, person, { sshd, account }, pairs);
  await misplace(stage, person);
  for (const path of [
    'identity/list',
    'entry/list',
    'connection',
    'session/list',
    'account/api-keys',
    'account/me',
    'audit/logs?limit=1000',
    'audit/export',
  ])
    await stage.call(person, 'GET', `/api/${path}`);
  expect(stage.vaulted.length).toBeGreaterThan(100);
  // What is no secret is found with the same means, or finding nothing would mean nothing.
  const control = createSearcher([{ name: 'a name', bytes: Buffer.from('an identity of no secret') }]);
  const readable = readFileSync(join(gatehouse.dataDir, 'gatehouse.db-wal'));
  expect(control.search(readable)).not.toEqual([]);
  expect(control.search(Buffer.from(stage.answers.join('\n')))).not.toEqual([]);

  const all = createSearcher([...stage.vaulted, ...stage.issued]);
  const files = readdirSync(gatehouse.dataDir).filter((name) => name !== 'master.key');
  expect(files).toEqual(expect.arrayContaining(['gatehouse.db', 'gatehouse.db-wal']));
  for (const name of files) {
    const hay = readFileSync(join(gatehouse.dataDir, name));
    expect(all.search(hay), name).toEqual([]);
    expect(
      keyMarkers.filter((marker) => hay.includes(marker)),
      name,
    ).toEqual([]);
  }
  expect(gatehouse.log().length).toBeGreaterThan(10_000);
  expect(all.search(Buffer.from(gatehouse.log())), 'the log').toEqual([]);
  const { search } = createSearcher(stage.vaulted);
  const answers = stage.answers.join('\n');
  expect(search(Buffer.from(answers)), 'the answers').toEqual([]);
  expect(
    keyMarkers.filter((marker) => answers.includes(marker)),
    'the answers',
  ).toEqual([]);

  // The file that is kept after a clean stop, with what the log that goes before it held.
  await gatehouse.restart();
  expect(all.search(readFileSync(join(gatehouse.dataDir, 'gatehouse.db')))).toEqual([]);
  expect(existsSync(join(gatehouse.dataDir, 'gatehouse.db'))).toBe(true);
}, 120_000);

test('a secret that is sent as the name of a field is named to who sent it, and nowhere kept', async () => {
  await using gatehouse = await startTestGatehouse();
  const person = await gatehouse.person('olga');
  const stage = new Stage(gatehouse);
  const name = stage.secret('a secret as a name');
  expect((await person.call('PUT', '/api/identity', { name: 'an identity', type: 'ssh', [name]: 1 })).status).toBe(400);
  const { search } = createSearcher(stage.vaulted);
  expect(search(Buffer.from(gatehouse.log()))).toEqual([]);
  for (const file of readdirSync(gatehouse.dataDir))
    expect(search(readFileSync(join(gatehouse.dataDir, file)))).toEqual([]);
});
