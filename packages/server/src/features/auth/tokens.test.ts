import { describe, expect, it } from 'vitest';
import { hashToken, isSignInToken, newApiKey, newSignInToken, parseApiKey } from './tokens.ts';

describe('session tokens', () => {
  it('are 96 lower-case hexadecimal digits, each time others', () => {
    const token = newSignInToken();
    expect(isSignInToken(token)).toBe(true);
    expect(newSignInToken()).not.toBe(token);
    expect(isSignInToken(token.toUpperCase())).toBe(/^\d+$/.test(token));
    expect(isSignInToken(`${token}0`)).toBe(false);
  });
});

describe('API keys', () => {
  it('are ghk_, a public part, a secret part and a checksum in base 62', () => {
    const { token, keyId, secretHash } = newApiKey();
    expect(token).toMatch(/^ghk_[0-9A-Za-z]{10}_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}$/);
    expect(parseApiKey(token)).toEqual({ keyId, secretHash });
    expect(secretHash).toEqual(hashToken(token.split('_')[2] ?? ''));
  });

  it('are refused with any one character changed', () => {
    const { token } = newApiKey();
    for (let at = 0; at < token.length; at++) {
      const other = token[at] === 'a' ? 'b' : 'a';
      expect(parseApiKey(token.slice(0, at) + other + token.slice(at + 1))).toBeUndefined();
    }
  });

  it('have the checksum that is written down', () => {
    const token = `ghk_${'0'.repeat(10)}_${'0'.repeat(43)}_4AFcra`;
    expect(parseApiKey(token)).toBeDefined();
  });
});
