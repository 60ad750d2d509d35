import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { authorizeCommand, publicKeyFileName } from './public-key.ts';

test.each([
  ['Deploy key', 'deploy-key.pub'],
  ['Zoë / prod', 'zoe-prod.pub'],
  ['../../etc/passwd', 'etc-passwd.pub'],
  ['鍵', 'key.pub'],
  ['…', 'key.pub'],
  // Cut in the middle, a name has no hyphen or dot at its end either.
  [`${'a'.repeat(59)} b`, `${'a'.repeat(59)}.pub`],
  [`${'a'.repeat(59)}..b`, `${'a'.repeat(59)}.pub`],
  ['a'.repeat(200), `${'a'.repeat(60)}.pub`],
])('the public key of %s is the file %s', (name, file) => {
  expect(publicKeyFileName(name)).toBe(file);
});

test('the command adds exactly the line, whatever its comment holds', () => {
  const home = mkdtempSync(join(tmpdir(), 'authorize-'));
  try {
    const publicKey = `ssh-ed25519 AAAA it's $(touch owned) \`id\` "x" \\`;
    const command = authorizeCommand(publicKey);
    for (let runs = 0; runs < 2; runs++) execFileSync('sh', ['-c', command], { env: { HOME: home }, cwd: home });
    expect(readFileSync(join(home, '.ssh/authorized_keys'), 'utf8')).toBe(`${publicKey}\n${publicKey}\n`);
    expect(statSync(join(home, '.ssh')).mode & 0o777).toBe(0o700);
    expect(() => statSync(join(home, 'owned'))).toThrow();
  } finally {
    rmSync(home, { recursive: true });
  }
});
