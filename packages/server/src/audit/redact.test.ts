import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { redactDetails, redactText } from './redact.ts';

const marker = (kind: string, word: string) => `-----${kind} ${word}PRIVATE KEY-----`;
const body = 'c29tZXRoaW5nIHRoYXQgaXMgbm8ga2V5';

describe('a text of the audit log', () => {
  it.each([
    ['a private key', `${marker('BEGIN', 'OPENSSH ')}\n${body}\n${marker('END', 'OPENSSH ')}`, '[private key]'],
    ['a private key that was cut off', `curl ${marker('BEGIN', '')}${body}`, 'curl [private key]'],
    ['a key of PuTTY', `PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\n${body}`, '[private key]'],
    ['an API key', `x ghk_0123456789_${'aB3'.repeat(14)}c_Ab3dEf y`, 'x ghk_0123456789_[redacted] y'],
    ['the token of a sign-in', `Bearer ${'0f'.repeat(48)}`, 'Bearer [redacted]'],
  ])('does not keep %s', (_, text, kept) => {
    expect(redactText(text)).toBe(kept);
  });

  it('does not keep what is random and long, in base64', () => {
    for (let n = 0; n < 20; n++) {
      const token = `aB3${randomBytes(48).toString('base64')}`;
      expect(redactText(`token=${token};`), token).toBe('token=[redacted];');
    }
  });

  it('does not keep what is random and has many of the marks of base64', () => {
    const token = 'aB3I/3YNhao3ZUQY2/gzfwxgZxKB0bXDGE+rbaU8b/ASivYPX/JOjculT++t67oVJq9';
    expect(redactText(`token=${token};`)).toBe('token=[redacted];');
  });

  it.each([
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    'SHA256:uNiVztksCsDhcc0u9e8BgrJXVGDOMvF4XZkCkCwRc3s',
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl',
    '/usr/local/share/Applications/v2/configuration/of/Some/service.json',
    'our-production-database-in-Frankfurt-2-behind-the-second-bastion',
    '0b7c1f3e-6a52-4d0c-9f58-3d9f8a1c2b4d',
  ])('keeps %s', (text) => {
    expect(redactText(text)).toBe(text);
  });

  it('is looked for in everything that the details hold', () => {
    const token = '0f'.repeat(48);
    expect(redactDetails({ a: [token, { b: `x ${token}` }], n: 1, none: null })).toEqual({
      a: ['[redacted]', { b: 'x [redacted]' }],
      n: 1,
      none: null,
    });
  });
});
