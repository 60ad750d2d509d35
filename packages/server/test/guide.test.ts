import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startTestGatehouse } from './harness/gatehouse.ts';
import { addTestAccount, startSshd } from './ssh-servers/sshd.ts';
import { temporaryDirectory } from './temporary-sqlite.ts';

const run = promisify(execFile);
const guide = readFileSync(join(import.meta.dirname, '../../../docs/getting-started.md'), 'utf8');

function blocks(language: string): string[] {
  return [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, code = '']) => code,
  );
}

test('the first steps work as they are written', async () => {
  using directory = temporaryDirectory();
  const key = join(directory.path, 'key');
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  await using account = await addTestAccount();
  await using sshd = await startSshd({ authorizedKeys: [readFileSync(`${key}.pub`, 'utf8').trim()] });
  await using gatehouse = await startTestGatehouse();
  writeFileSync(join(directory.path, 'terminal.mjs'), blocks('js').join('\n'));
  const [, ...steps] = blocks('sh');
  const typed = `echo 'echo from-$((40 + 2)); exit 7'`;
  const script = [
    `GATE=${gatehouse.url} SERVER=127.0.0.1 SERVER_PORT=${sshd.port} SERVER_USER=${account.username} KEY=key`,
    ...steps.map((step) => step.replace('node terminal.mjs', `${typed} | node terminal.mjs`)),
  ].join('\n');

  const { stdout, stderr } = await run('bash', ['-eu', '-c', script], {
    cwd: directory.path,
    env: {
      ...process.env,
      DATA_DIR: gatehouse.dataDir,
      PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
    },
    timeout: 110_000,
  });

  expect([...stdout.matchAll(/"error":"(\w+)"/g)].map(([, slug]) => slug)).toEqual(['host_key_unknown']);
  expect(stdout).toContain(`${account.username}\\n","stderr":""`);
  expect(stdout).toContain('from-42');
  expect(stderr).toContain('The shell ended with 7.');
  expect(stdout).toMatch(/"action":"identity.use".*"outcome":"ok"/);
});
