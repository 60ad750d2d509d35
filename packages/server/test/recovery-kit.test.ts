import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { engines, password, startTestGatehouse } from './harness/gatehouse.ts';

const run = promisify(execFile);
const operations = readFileSync(join(import.meta.dirname, '../../../docs/operations.md'), 'utf8');
const path = '/api/service/recovery-kit';

/** The line of the documentation that prints the fingerprint of a copy named `master.key`. */
function documentedLine(): string {
  const [line] = /^node -p .+ master\.key$/m.exec(operations) ?? [];
  if (line === undefined) throw new Error('docs/operations.md has no line that prints a fingerprint');
  return line;
}

describe.each(engines)('the recovery kit on %s', (engine) => {
  test('names the key by what the documented line prints, and never shows it', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    const admin = await gatehouse.administrator();

    const kit = await admin.call('GET', path);

    const keyFile = join(gatehouse.dataDir, 'master.key');
    expect(kit).toMatchObject({
      status: 200,
      body: { dataDir: gatehouse.dataDir, database: engine, key: { source: 'file', path: keyFile } },
    });
    expect(kit.headers.get('cache-control')).toBe('no-store');
    const { stdout } = await run('sh', ['-c', documentedLine()], {
      cwd: gatehouse.dataDir,
      env: { PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}` },
    });
    expect(kit.at('key.fingerprint')).toBe(stdout.trim());
    expect(JSON.stringify(kit.body)).not.toContain(readFileSync(keyFile, 'latin1').trim());
  });

  test('is for administrators, and who reads it is recorded', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    const admin = await gatehouse.administrator();
    const member = await gatehouse.person('mike');

    expect((await gatehouse.call('GET', path)).status).toBe(400);
    expect((await member.call('GET', path)).status).toBe(403);
    await admin.call('GET', path);

    const log = await admin.call('GET', '/api/audit/logs?action=settings.recovery_kit');
    expect(log).toMatchObject({ body: { total: 1, logs: [{ actor: 'admin', outcome: 'ok', resource: 'settings' }] } });
  });

  test('is for sessions, not for API keys of an administrator', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    const admin = await gatehouse.administrator();
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const key = await admin.call('POST', '/api/account/api-keys', {
      currentPassword: password,
      name: 'ci',
      scopes: ['users:read'],
      expiresAt,
    });

    expect((await gatehouse.call('GET', path, { token: String(key.at('token')) })).status).toBe(403);
  });
});

test('says that a key comes from the environment', async () => {
  await using gatehouse = await startTestGatehouse({ environment: { ENCRYPTION_KEY: '0123456789abcdef'.repeat(4) } });
  const admin = await gatehouse.administrator();

  expect(await admin.call('GET', path)).toMatchObject({
    body: { key: { source: 'environment', path: null, fingerprint: '72ca7c27ccfc6b6975947e74f84d086a' } },
  });
});
