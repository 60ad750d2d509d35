import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { recordedCommand } from './command.ts';

const limit = 4_096;

test('a command is kept as it was sent, up to 4 KiB', () => {
  expect(recordedCommand('df -h\n# ü 😀')).toEqual({ command: 'df -h\n# ü 😀' });
  expect(recordedCommand('x'.repeat(limit))).toEqual({ command: 'x'.repeat(limit) });
  expect(recordedCommand('x '.repeat(limit))).toEqual({ command: 'x '.repeat(limit / 2), commandCut: true });
});

test.each(['ü', '€', '😀'])('a command is not cut in the middle of %s', (character) => {
  for (let shift = 0; shift < Buffer.byteLength(character); shift++) {
    const { command } = recordedCommand('x'.repeat(shift) + character.repeat(limit));
    expect(command.isWellFormed()).toBe(true);
    expect(command.slice(shift).replaceAll(character, '')).toBe('');
    expect(Buffer.byteLength(command)).toBeGreaterThan(limit - Buffer.byteLength(character));
    expect(Buffer.byteLength(command)).toBeLessThanOrEqual(limit);
  }
});

test('no part of a secret is left where a command is cut', () => {
  const token = `aB3${randomBytes(48).toString('base64url')}`;
  for (const before of [0, limit - 30, limit - 5]) {
    const { command } = recordedCommand(`${'x '.repeat(before / 2)}${token} ${'y '.repeat(limit)}`);
    expect(command).not.toContain(token.slice(0, 4));
  }
  const kind = 'OPENSSH ';
  const key = `-----BEGIN ${kind}PRIVATE KEY-----\n${'c29tZXRoaW5n'.repeat(1_000)}`;
  expect(recordedCommand(`install ${key}`)).toEqual({ command: 'install [private key]' });
});
