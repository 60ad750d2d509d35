import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { addTestAccount, startSshd } from '../../packages/server/test/ssh-servers/sshd.ts';
import type { Product } from '../product.ts';
import { RowSkipped } from '../row.ts';

const run = promisify(execFile);
const programs = ['/usr/sbin/sshd', '/usr/bin/ssh', '/usr/bin/ssh-keygen'];

/** An sshd of OpenSSH on this machine, with an account that a key logs in to. */
export interface Target extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  /** The path of the private key, without a passphrase. */
  readonly keyFile: string;
  readonly privateKey: string;
}

/** Starts it; throws `RowSkipped` if that is impossible here. */
export async function startTarget(directory: string): Promise<Target> {
  const missing = programs.filter((program) => !existsSync(program));
  if (missing.length > 0) throw new RowSkipped(`It needs ${missing.join(', ')} (openssh-server, openssh-client).`);
  if (process.getuid?.() !== 0) throw new RowSkipped('It needs root, to add an account that sshd lets in.');
  await using opening = new AsyncDisposableStack();
  const keyFile = join(directory, `key-${crypto.randomUUID()}`);
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', keyFile]);
  const account = opening.use(await addTestAccount());
  const authorizedKeys = [readFileSync(`${keyFile}.pub`, 'utf8').trim()];
  const { host, port } = opening.use(await startSshd({ authorizedKeys, hostKeys: ['ed25519'] }));
  const open = opening.move();
  return {
    host,
    port,
    username: account.username,
    keyFile,
    privateKey: readFileSync(keyFile, 'utf8'),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

/** Adds the target to the product; resolves to the entry's id. */
export async function addTarget(product: Product, { host, port, username, privateKey }: Target): Promise<number> {
  const identity = await product.call('PUT', '/api/identity', {
    name: 'The measured server',
    type: 'ssh',
    username,
    sshKey: privateKey,
  });
  const entry = await product.call('PUT', '/api/entry', {
    name: 'measured',
    type: 'server',
    config: { protocol: 'ssh', ip: host, port, hostKeyPolicy: 'accept-new' },
    identities: [identity.number('id')],
  });
  const id = entry.number('id');
  // The first login pins the host key, which is an additional write.
  await product.call('POST', `/api/connection/${id}/exec`, { command: 'true' });
  return id;
}
