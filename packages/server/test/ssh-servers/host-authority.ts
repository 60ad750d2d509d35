import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryDirectory } from '../temporary-sqlite.ts';

const run = promisify(execFile);

/** An authority for host keys, as ssh-keygen makes one. */
export interface HostAuthority extends Disposable {
  /** `type base64`. */
  readonly publicKey: string;
  /** Signs a key file, with these options of ssh-keygen beside `-s` and `-I`; the certificate comes to lie beside the key. */
  certify(keyFile: string, options: readonly string[]): Promise<void>;
}

export async function makeHostAuthority(type: readonly string[] = ['ed25519']): Promise<HostAuthority> {
  const directory = temporaryDirectory();
  const file = join(directory.path, 'authority');
  const [name = '', bits] = type;
  await run('ssh-keygen', [
    '-q',
    '-t',
    name,
    ...(bits === undefined ? [] : ['-b', bits]),
    '-N',
    '',
    '-C',
    '',
    '-f',
    file,
  ]);
  return {
    publicKey: (await readFile(`${file}.pub`, 'utf8')).trim(),
    async certify(keyFile, options) {
      await run('ssh-keygen', ['-q', '-s', file, '-I', 'the host', ...options, `${keyFile}.pub`]);
    },
    [Symbol.dispose]() {
      directory[Symbol.dispose]();
    },
  };
}
