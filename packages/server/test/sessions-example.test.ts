import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { startTestGatehouse } from './harness/gatehouse.ts';
import { addEntry, authorizedKeys, keyIdentity } from './sessions/servers.ts';
import { addTestAccount, startSshd } from './ssh-servers/sshd.ts';
import { temporaryDirectory } from './temporary-sqlite.ts';

async function codeIn(page: string): Promise<string> {
  const text = await readFile(join(import.meta.dirname, '../../../docs', page), 'utf8');
  return /```js\n(.*?)\n```/s.exec(text)?.[1] ?? '';
}

test('the client of a terminal in the documentation works as it stands there', async () => {
  await using account = await addTestAccount();
  await using sshd = await startSshd({ authorizedKeys });
  await using gatehouse = await startTestGatehouse();
  using directory = temporaryDirectory();
  const anna = await gatehouse.person('anna');
  const entryId = await addEntry(anna, sshd, { identities: [await keyIdentity(anna, account.username)] });
  const file = join(directory.path, 'terminal.mjs');
  await writeFile(file, await codeIn('terminal-protocol.md'));

  const client = spawn(process.execPath, [file, gatehouse.url, anna.token, String(entryId)]);
  const said = { stdout: '', stderr: '' };
  client.stdout.on('data', (text: Buffer) => (said.stdout += text.toString()));
  client.stderr.on('data', (text: Buffer) => (said.stderr += text.toString()));
  client.stdin.write('seq 300000; echo do$((1+1))ne; exit 4\n');
  const [status] = (await once(client, 'exit')) as [number];

  expect(said.stderr).toContain('step auth');
  expect(said.stdout).toContain('do2ne');
  expect(said.stdout.length).toBeGreaterThan(1024 * 1024);
  expect(status).toBe(4);
});

test('the client of a command in the documentation works as it stands there', async () => {
  await using account = await addTestAccount();
  await using sshd = await startSshd({ authorizedKeys });
  await using gatehouse = await startTestGatehouse();
  using directory = temporaryDirectory();
  const anna = await gatehouse.person('anna');
  const entryId = await addEntry(anna, sshd, { identities: [await keyIdentity(anna, account.username)] });
  const file = join(directory.path, 'command.mjs');
  await writeFile(file, await codeIn('command-protocol.md'));

  const command = 'tee /dev/stderr; exit 3';
  const client = spawn(process.execPath, [file, gatehouse.url, anna.token, String(entryId), command]);
  const input = randomBytes(8 * 1024 * 1024);
  const [stdout, stderr] = [digestOf(client.stdout), digestOf(client.stderr)];
  client.stdin.end(input);
  const [status] = (await once(client, 'close')) as [number];
  const expected = createHash('sha256').update(input).digest('hex');
  expect([status, await stdout, await stderr]).toEqual([3, expected, expected]);
});

async function digestOf(stream: Readable): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of stream) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
