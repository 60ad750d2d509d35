import { describe, expect, it } from 'vitest';
import { asksForPassword } from './password-prompt.ts';

const expired = [
  'You are required to change your password immediately (administrator enforced).',
  'Changing password for ann.',
  '',
].join('\n');

describe('the stored password answers', () => {
  it.each([
    'Password: ',
    'password:',
    'Password',
    'PASSWORD: ',
    "ann@192.0.2.7's password: ",
    '(ann@192.0.2.7) Password: ',
    'Password for ann@host.example.org:',
    "Password for user 'ann': ",
    'Password (ann): ',
    'Enter password: ',
    'Please enter your password: ',
    'LDAP Password: ',
    'UNIX password: ',
    'Windows password for CORP\\ann: ',
    'Passwort: ',
    'Mot de passe : ',
    '密码：',
    'Your account expires in 3 days.\nPassword: ',
    'Notice\r\n\r\nPassword: \r\n',
  ])('%j', (prompt) => {
    expect(asksForPassword({ prompt, echo: false })).toBe(true);
  });
});

describe('a person answers', () => {
  it.each([
    'Verification code: ',
    'Password & verification code: ',
    'Password and code: ',
    'Password+OTP: ',
    "One-time password (OATH) for `ann': ",
    'One-time password: ',
    'OTP Password: ',
    'Enter PASSCODE: ',
    `${expired}Current password: `,
    '(current) UNIX password: ',
    'Current Password: ',
    'New password: ',
    'New UNIX password: ',
    'Retype new password: ',
    'Old Password: ',
    'Password for token: ',
    'Second password: ',
    'Password:\nVerification code: ',
    'Passphrase: ',
    'Enter the password from your authenticator: ',
    'Your password will expire. Press return',
    'Passcode or option (1-3): ',
    'PIN: ',
    '',
    '\n',
  ])('%j', (prompt) => {
    expect(asksForPassword({ prompt, echo: false })).toBe(false);
  });

  it('a prompt that shows its answer, also one that names a password', () => {
    expect(asksForPassword({ prompt: 'Password: ', echo: true })).toBe(false);
    expect(asksForPassword({ prompt: 'Password: ' })).toBe(false);
  });
});

it('takes time in proportion to a prompt of any length', () => {
  const prompts = ['please '.repeat(9_000), `${'a'.repeat(60_000)}'s`, '\n'.repeat(60_000), ' '.repeat(60_000)];
  for (const prompt of prompts) expect(asksForPassword({ prompt: `${prompt}x`, echo: false })).toBe(false);
});
