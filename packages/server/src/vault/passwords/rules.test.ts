import { inEnglish } from '@gatehouse/contract/messages/message';
import { describe, expect, it } from 'vitest';
import { Secret } from '../secret.ts';
import { passwordFault } from './rules.ts';

function fault(password: string, username = 'anna', minLength = 8): string | undefined {
  const found = passwordFault(Secret.fromText(password), { minLength, username });
  return found && inEnglish(found);
}

describe('a new password', () => {
  it.each(['correct horse battery staple', 'tr0ub4dor&3x', 'žluťoučký kůň', '🦀🦞🦐🦑🐙🐚🐠🐟'])(
    'may be %j',
    (password) => {
      expect(fault(password)).toBeUndefined();
    },
  );

  it('is measured in characters, not in bytes', () => {
    expect(fault('🦀🦞🦐🦑🐙🐚🐠')).toContain('at least 8');
    expect(fault('fifteen letters', 'anna', 16)).toContain('at least 16');
  });

  it.each([
    'password',
    'Password1',
    '12345678',
    'qwertyuiop',
    'iloveyou1',
    'P@ssw0rd',
    'letmein123',
    'football1',
    'welcome2024',
    '1q2w3e4r5t',
    'aaaaaaaaaa',
    'superman1',
  ])('is not %j, which is common', (password) => {
    expect(fault(password)).toContain('common');
  });

  it.each([
    ['annamaria', 'AnnaMaria'],
    ['anna.maria', 'anna.maria1'],
    ['annamaria', '!annamaria2024'],
    ['user', 'Gatehouse1'],
  ])('of %s is not %s', (username, password) => {
    expect(fault(password, username)).toContain('username');
  });
});
