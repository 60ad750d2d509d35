import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startTestGatehouse } from './harness/gatehouse.ts';
import { addEntry, authorizedKeys, keyIdentity } from './sessions/servers.ts';
import { addTestAccount, startSshd } from './ssh-servers/sshd.ts';
import { temporaryDirectory } from './temporary-sqlite.ts';

test('the client in the documentation works as it stands there', async () => {
  await using account = await addTestAccount();
  await using sshd = await startSshd({ authorizedKeys });
  await using gatehouse = await startTestGatehouse();
  using directory = temporaryDirectory();
  const anna = await gatehouse.person('anna');
  const entryId = await addEntry(anna, sshd, { identities: [await keyIdentity(anna, account.username)] });
  const page = await readFile(join(import.meta.dirname, '../../../docs/terminal-protocol.md'), 'utf8');
  const [, code = ''] = /```js\n(.*?)\n```/s.exec(page) ?? [];
  const file = join(directory.path, 'terminal.mjs');
  await writeFile(file, code);

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
