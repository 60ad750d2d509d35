import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryDirectory, type TemporaryDirectory } from '../../../test/temporary-sqlite.ts';
import { KeyError } from '../key-error.ts';
import { Secret } from '../secret.ts';
import { openKek } from './open.ts';

const digits = '0123456789abcdef'.repeat(4);

let directory: TemporaryDirectory;
let path: string;

beforeEach(() => {
  directory = temporaryDirectory();
  path = join(directory.path, 'master.key');
});

afterEach(() => {
  directory[Symbol.dispose]();
});

const openFile = (dataExists = false, mayCreate = true) => openKek({ kind: 'file', path, mayCreate }, { dataExists });
const openEnv = (text: string) => openKek({ kind: 'env', hex: Secret.fromText(text) }, { dataExists: false });

describe('the master key', () => {
  it('has the same id from a file and from the environment', async () => {
    writeFileSync(path, digits, { mode: 0o600 });
    const fromFile = (await openFile()).keyId();
    expect(fromFile).toMatch(/^[0-9a-f]{32}$/);
    expect((await openEnv(digits)).keyId()).toBe(fromFile);
    expect((await openEnv(digits.replace('0', '1'))).keyId()).not.toBe(fromFile);
  });

  it('has the id that the format documents', async () => {
    expect((await openEnv(digits)).keyId()).toBe('72ca7c27ccfc6b6975947e74f84d086a');
  });

  it('may end with one newline in a file', async () => {
    writeFileSync(path, `${digits}\n`, { mode: 0o400 });
    expect((await openFile()).keyId()).toBe((await openEnv(digits)).keyId());
  });

  it.each([
    ['empty', ''],
    ['one digit short', digits.slice(1)],
    ['one digit long', `${digits}0`],
    ['upper-case', digits.toUpperCase()],
    ['with white space before it', ` ${digits}`],
    ['with a blank after it', `${digits} `],
    ['with a Windows line end', `${digits}\r\n`],
    ['with two newlines', `${digits}\n\n`],
    ['base64', Buffer.alloc(48).toString('base64')],
    ['with a letter that is no digit', `g${digits.slice(1)}`],
  ])('is refused when it is %s', async (_what, text) => {
    writeFileSync(path, text, { mode: 0o600 });
    await expect(openFile()).rejects.toThrow(KeyError);
    await expect(openEnv(text)).rejects.toThrow(/^ENCRYPTION_KEY must hold exactly 64 lower-case hex digits/);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('has no newline in the environment', async () => {
    await expect(openEnv(`${digits}\n`)).rejects.toThrow(KeyError);
  });

  it.each([0o644, 0o640, 0o604, 0o660])('is refused from a file of mode %o', async (mode) => {
    writeFileSync(path, digits);
    chmodSync(path, mode);
    await expect(openFile()).rejects.toThrow(`chmod 600 ${path}`);
  });

  it('is made at the first start, for the owner alone, and stays', async () => {
    const made = await openFile();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    expect((await openFile(true)).keyId()).toBe(made.keyId());
  });

  it('is never made beside existing data', async () => {
    await expect(openFile(true)).rejects.toThrow('no new key is made beside existing data');
    expect(() => statSync(path)).toThrow('ENOENT');
  });

  it('is not made where the configuration names a file of its own', async () => {
    await expect(openFile(false, false)).rejects.toThrow('does not exist');
    expect(() => statSync(path)).toThrow('ENOENT');
  });

  it('is refused when it cannot be read as a file', async () => {
    path = directory.path;
    chmodSync(path, 0o700);
    await expect(openFile()).rejects.toThrow();
  });
});
