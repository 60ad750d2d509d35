import { expect, test } from 'vitest';
import { stepsOf, stepToShow } from './steps.ts';

const admin = { signedIn: true, isAdmin: true, kitConfirmed: false };

test('begins with the account where nobody is signed in, whatever the address says', () => {
  expect(stepToShow('server', { ...admin, signedIn: false })).toBe('account');
});

test('goes on with the kit, and with an identity once it is confirmed', () => {
  expect(stepToShow(undefined, admin)).toBe('kit');
  expect(stepToShow(undefined, { ...admin, kitConfirmed: true })).toBe('identity');
  expect(stepToShow('kit', { ...admin, kitConfirmed: true })).toBe('kit');
});

test('has no kit for who is no administrator', () => {
  const member = { ...admin, isAdmin: false };
  expect(stepsOf(member)).not.toContain('kit');
  expect(stepToShow('kit', member)).toBe('identity');
});
