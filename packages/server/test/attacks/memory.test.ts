import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { startHostile, type HostileServer } from '../ssh-servers/hostile.ts';
import { temporaryDirectory } from '../temporary-sqlite.ts';
import { findInMemory, type Wanted } from './process-memory.ts';
import { administrator, administratorLogin, startProcess, type ServerProcess } from './server-process.ts';
import { callJson } from './wire.ts';

const logins = { password: 10, question: 10, key: 5 };
const boundMs = 60_000;
const pollMs = 2_000;

type Call = (method: 'PUT' | 'POST', path: string, body: unknown) => Promise<Record<string, unknown>>;

async function signIn({ url }: ServerProcess): Promise<Call> {
  const { body } = await callJson(url, { method: 'POST', path: '/api/auth/login', body: administratorLogin });
  const token = String((body as { token: unknown }).token);
  return async (method, path, content) => {
    const answer = await callJson(url, { method, path, token, body: content });
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    return answer.body as Record<string, unknown>;
  };
}

/** A secret, what an identity stores of it, and how it is looked for. */
interface Stored extends Wanted {
  readonly stored: Readonly<Record<string, string>>;
}

/** Its end is what is looked for: the allocator writes over the beginning of what is freed. */
const tailBytes = 24;

function makePassword(kind: string, index: number): Stored {
  const password = `beginning-${randomBytes(13).toString('hex')}`;
  const tail = password.slice(-tailBytes);
  const forms = [
    Buffer.from(tail),
    Buffer.from(tail, 'utf16le'),
    Buffer.from(Buffer.from(tail).toString('hex')),
    Buffer.from(Buffer.from(tail).toString('base64')),
  ];
  return { name: `${kind} ${index}`, stored: { type: 'password', password }, forms };
}

function makeKey(index: number): Stored {
  const { privateKey } = generateKeyPairSync('ed25519');
  const sshKey = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const seed = Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url');
  const tail = seed.subarray(-tailBytes);
  const line = sshKey.split('\n')[1] ?? '';
  const forms = [
    tail,
    Buffer.from(tail.toString('hex')),
    Buffer.from(line.slice(-tailBytes)),
    Buffer.from(line.slice(-tailBytes), 'utf16le'),
  ];
  return { name: `key ${index}`, stored: { type: 'ssh', sshKey }, forms };
}

/** A server that lets in with one method. */
function startTarget(method: 'password' | 'publickey' | 'keyboard-interactive'): Promise<HostileServer> {
  return startHostile({
    methods: [method],
    accept: (attempt) => attempt.method === method,
    converse: async (ask) => (await ask([{ prompt: 'Password: ', echo: false }])).length === 1,
    onChannel: (channel) => {
      channel.exit(0);
      channel.end();
    },
  });
}

async function store(call: Call, target: HostileServer, secrets: readonly Stored[]): Promise<number[]> {
  const entries: number[] = [];
  for (const { name, stored } of secrets) {
    const { id } = await call('PUT', '/api/identity', { name, username: 'root', ...stored });
    const config = { ip: target.host, port: target.port };
    const entry = await call('PUT', '/api/entry', { name, config, identities: [id] });
    await call('PUT', `/api/entry/${Number(entry['id'])}/host-keys`, { keys: target.hostKeys });
    entries.push(Number(entry['id']));
  }
  return entries;
}

const list = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Is in the memory of a process as long as it runs, which shows that the search finds what is there. */
const control: Wanted = {
  name: 'the control',
  forms: [randomBytes(12).toString('hex')].map((text) => Buffer.from(text)),
};

test('secrets that logins used do not stay in the memory of the server', { timeout: 300_000 }, async () => {
  const passwords = list(logins.password).map((index) => makePassword('password', index));
  const answers = list(logins.question).map((index) => makePassword('answer', index));
  const keys = list(logins.key).map(makeKey);
  await using passwordServer = await startTarget('password');
  await using askingServer = await startTarget('keyboard-interactive');
  await using keyServer = await startTarget('publickey');
  using data = temporaryDirectory();
  const entries: number[] = [];
  {
    await using storing = await startProcess(data.path, administrator);
    const call = await signIn(storing);
    entries.push(...(await store(call, passwordServer, passwords)));
    entries.push(...(await store(call, askingServer, answers)));
    entries.push(...(await store(call, keyServer, keys)));
    expect(await storing.stop()).toBe(0);
  }
  // Another process, so that what is found came out of the vault, and not from the request that stored it.
  await using server = await startProcess(data.path, { TEST_CONTROL: String(control.forms[0]) });
  const call = await signIn(server);
  for (const entry of entries) await call('POST', `/api/connection/${entry}/exec`, { command: 'true' });
  expect(sentTo(passwordServer)).toEqual(passwords.map(({ stored }) => stored['password']));
  expect(sentTo(askingServer)).toEqual(answers.map(({ stored }) => stored['password']));
  const remaining = () => [...findInMemory(server.pid, [control, ...passwords, ...answers, ...keys])];
  // A thread that reads keys ends some seconds after its last one, and its memory with it.
  await expect.poll(remaining, { timeout: boundMs, interval: pollMs }).toEqual([control.name]);
});

function sentTo({ attempts }: HostileServer): string[] {
  return attempts.flatMap(({ password, answers = [] }) => (password === undefined ? answers : [password]));
}
