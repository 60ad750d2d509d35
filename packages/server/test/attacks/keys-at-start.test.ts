import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryDirectory, type TemporaryDirectory } from '../temporary-sqlite.ts';
import { administrator, administratorLogin, failToStart, startProcess } from './server-process.ts';
import { callJson } from './wire.ts';

/** CPU time of a start that is refused: it loads the program, and derives nothing that takes long. It is a second on an idle machine. */
const refusalCpuMs = 10_000;
/** How long a start that failed may go on once it has said why; what it would wait for otherwise takes half a minute or never ends. */
const lateRefusalMs = 20_000;
const key = 'c0ffee'.repeat(10).concat('0000');
const otherKey = 'decade'.repeat(10).concat('0000');

/** Name, mode and hash of every file. */
function snapshot(directory: string): Record<string, string> {
  const files = readdirSync(directory).toSorted();
  return Object.fromEntries(
    files.map((name) => {
      const path = join(directory, name);
      const digest = createHash('sha256').update(readFileSync(path)).digest('hex');
      return [name, `${(statSync(path).mode & 0o777).toString(8)} ${digest}`];
    }),
  );
}

let directory: TemporaryDirectory;
let dataDir: string;
let keyFile: string;

beforeAll(async () => {
  directory = temporaryDirectory();
  dataDir = join(directory.path, 'data');
  keyFile = join(directory.path, 'key');
  await using server = await startProcess(dataDir, { ...administrator, ENCRYPTION_KEY: key });
  const { body } = await callJson(server.url, { method: 'POST', path: '/api/auth/login', body: administratorLogin });
  const { token } = body as { token: string };
  const identity = { name: 'an identity', type: 'password', username: 'nobody', password: 'a stored secret' };
  expect(await callJson(server.url, { method: 'PUT', path: '/api/identity', token, body: identity })).toMatchObject({
    status: 200,
  });
  expect(await server.stop()).toBe(0);
});

afterAll(() => {
  directory[Symbol.dispose]();
});

const inFile = (text: string, mode = 0o600) => {
  writeFileSync(keyFile, text);
  chmodSync(keyFile, mode);
  return { ENCRYPTION_KEY_FILE: keyFile };
};

describe('the server does not start, does not listen and writes nothing with', () => {
  test.each<[string, () => Record<string, string>]>([
    ['another key', () => ({ ENCRYPTION_KEY: otherKey })],
    ['a short key', () => ({ ENCRYPTION_KEY: key.slice(1) })],
    ['a long key', () => ({ ENCRYPTION_KEY: `${key}0` })],
    ['an upper-case key', () => ({ ENCRYPTION_KEY: key.toUpperCase() })],
    ['a key with a blank', () => ({ ENCRYPTION_KEY: ` ${key}` })],
    ['another key in a file', () => inFile(otherKey)],
    ['an empty key file', () => inFile('')],
    ['a short key in a file', () => inFile(key.slice(1))],
    ['a key file with blanks', () => inFile(`${key} \n`)],
    ['a key file that others can read', () => inFile(key, 0o644)],
    ['a key file that the group can read', () => inFile(key, 0o640)],
    ['a key file that is not there', () => ({ ENCRYPTION_KEY_FILE: join(directory.path, 'nothing') })],
    ['a directory as key file', () => ({ ENCRYPTION_KEY_FILE: directory.path })],
    ['two keys', () => ({ ...inFile(key), ENCRYPTION_KEY: key })],
    ['no key, where there was one', () => ({})],
  ])('%s', async (_, environment) => {
    const before = snapshot(dataDir);
    const failed = await failToStart(dataDir, environment());
    expect(failed.code, failed.stderr).toBeGreaterThan(0);
    expect(failed.listened).toBe(false);
    expect(snapshot(dataDir)).toEqual(before);
    expect(failed.stderr).not.toContain(key);
    expect(failed.stderr).not.toContain(otherKey);
    expect(failed.stderr).not.toMatch(/^\s+at /m);
  });

  test('another key, and says so at once', async () => {
    const failed = await failToStart(dataDir, { ENCRYPTION_KEY: otherKey });
    expect(failed.cpuMs).toBeLessThan(refusalCpuMs);
    expect(failed.silentMs).toBeLessThan(lateRefusalMs);
  });

  test('nothing less than the key that fits, which it names no more than the others', async () => {
    await using server = await startProcess(dataDir, inFile(`${key}\n`));
    expect(server.stdout() + server.stderr()).not.toContain(key);
  });
});

test('a start that fails when everything else stands is over as soon as it has said why', async () => {
  using fresh = temporaryDirectory();
  const failed = await failToStart(fresh.path, { ADMIN_USERNAME: 'root', ADMIN_PASSWORD: 'password' });
  expect(failed).toMatchObject({
    code: 70,
    listened: false,
    stderr: expect.stringContaining('ADMIN_USERNAME') as unknown,
  });
  expect(failed.silentMs).toBeLessThan(lateRefusalMs);
});

test('a key file that was lost is not made anew beside the data', async () => {
  using fresh = temporaryDirectory();
  const first = await startProcess(fresh.path, administrator);
  expect(await first.stop()).toBe(0);
  const masterKey = join(fresh.path, 'master.key');
  const kept = readFileSync(masterKey);
  rmSync(masterKey);
  const before = snapshot(fresh.path);

  const failed = await failToStart(fresh.path, administrator);
  expect(failed).toMatchObject({ listened: false });
  expect(failed.code).toBeGreaterThan(0);
  expect(existsSync(masterKey)).toBe(false);
  expect(snapshot(fresh.path)).toEqual(before);

  writeFileSync(masterKey, kept, { mode: 0o600 });
  await using again = await startProcess(fresh.path);
  expect(again.isAlive()).toBe(true);
});

test('every file is its owner’s alone, whatever the umask, and the directory too', async () => {
  using around = temporaryDirectory();
  const open = join(around.path, 'open');
  const previous = process.umask(0);
  try {
    mkdirSync(open, { mode: 0o777 });
    await using server = await startProcess(open, administrator);
    const login = await callJson(server.url, { method: 'POST', path: '/api/auth/login', body: administratorLogin });
    expect(login.status).toBe(200);
    const modes = () =>
      readdirSync(open).map((name) => `${name} ${(statSync(join(open, name)).mode & 0o777).toString(8)}`);
    expect((statSync(open).mode & 0o777).toString(8)).toBe('700');
    expect(modes().filter((mode) => !mode.endsWith(' 600'))).toEqual([]);
    expect(modes().length).toBeGreaterThanOrEqual(4);
    expect(await server.stop()).toBe(0);
    expect(modes().filter((mode) => !mode.endsWith(' 600'))).toEqual([]);
  } finally {
    process.umask(previous);
  }
});
