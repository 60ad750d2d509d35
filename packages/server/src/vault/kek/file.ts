import { randomFillSync } from 'node:crypto';
import { open, unlink, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { KeyError } from '../key-error.ts';
import { parseHexKey } from './hex-key.ts';

const keyBytes = 32;
const newline = 0x0a;
/** One byte more than a key with its newline, to detect longer files. */
const readBytes = 2 * keyBytes + 2;
const groupOrWorld = 0o077;

/** The 32 bytes of the key file at `path`, or `undefined` if it is missing. Throws `KeyError` if it cannot be used as it is. */
export async function readKeyFile(path: string): Promise<Buffer | undefined> {
  const file = await openIfThere(path);
  if (file === undefined) return undefined;
  const text = Buffer.alloc(readBytes);
  try {
    const { mode } = await file.stat();
    if ((mode & groupOrWorld) !== 0)
      throw new KeyError(`The key file ${path} can be used by others than its owner; run: chmod 600 ${path}`);
    const { bytesRead } = await file.read(text, 0, readBytes, 0);
    const end = text[bytesRead - 1] === newline ? bytesRead - 1 : bytesRead;
    return parseHexKey(text.subarray(0, end), `The key file ${path}`);
  } finally {
    text.fill(0);
    await file.close();
  }
}

/** Creates a new random key and resolves to its bytes when file and directory entry are on the disk. Never overwrites a file. */
export async function createKeyFile(path: string): Promise<Buffer> {
  const key = randomFillSync(Buffer.alloc(keyBytes));
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(`${key.toString('hex')}\n`);
    await file.sync();
  } catch (error) {
    // An incomplete key file would stop every later start.
    await unlink(path);
    throw error;
  } finally {
    await file.close();
  }
  await syncDirectory(dirname(path));
  return key;
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (cause) {
    if (isErrno(cause, 'ENOENT')) return undefined;
    throw new KeyError(`The key file ${path} cannot be read.`, { cause });
  }
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
