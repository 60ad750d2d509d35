import type { MessageRows } from './row.ts';

/** Signing in, accounts, and what a credential may do. */
export const signIn = {
  authorization_missing: {
    error: 'malformed_authorization',
    en: 'The Authorization header is missing: send "Authorization: Bearer TOKEN".',
  },
  authorization_malformed: {
    error: 'malformed_authorization',
    en: 'The Authorization header must read "Bearer TOKEN".',
  },
  session_cookies_several: { error: 'unauthenticated', en: 'There is more than one session cookie. Sign in again.' },
  session_cookie_malformed: { error: 'unauthenticated', en: 'The session cookie is none. Sign in again.' },
  token_unknown: { error: 'unauthenticated', en: 'The token is unknown or has ended. Sign in again.' },
  sign_in_ended: { error: 'unauthenticated', en: 'The sign-in has ended.' },
  scope_missing: {
    error: 'insufficient_scope',
    en: 'This API key lacks the scope {{scope}}.',
    params: { scope: 'text' },
  },
  sign_in_required: { error: 'insufficient_scope', en: 'An API key cannot do that; sign in instead.' },
  credentials_wrong: { error: 'invalid_credentials', en: 'The username or the password is wrong.' },
  wrong_passwords_too_many: { error: 'too_many_requests', en: 'Too many wrong passwords. Wait before you try again.' },
  sign_ins_too_many: { error: 'too_many_requests', en: 'Too many sign-ins at once. Try again in a few seconds.' },
  current_password_wrong: { error: 'invalid_credentials', en: 'The current password is wrong.' },
  current_password_missing: { error: 'invalid_credentials', en: 'The current password is missing (currentPassword).' },
  own_password_needs_current: { error: 'forbidden', en: 'Change your own password with your current one.' },
  account_changed_meanwhile: { error: 'conflict', en: 'The account was changed meanwhile. Try again.' },
  setup_token_required: {
    error: 'setup_token_required',
    en: 'The first account needs the set-up token (setupToken): the console shows it in a link, and the file setup-token in DATA_DIR has it.',
  },
  username_taken: { error: 'conflict', en: 'The username {{username}} is taken.', params: { username: 'text' } },
  registration_closed: {
    error: 'forbidden',
    en: 'This server does not let people make accounts for themselves. Ask its administrator.',
  },
  account_owns_organization: {
    error: 'conflict',
    en: 'The account owns the organization {{organization}}: hand it over first.',
    params: { organization: 'text' },
  },
  api_key_changes_no_administrator: {
    error: 'insufficient_scope',
    en: 'An API key cannot change who is an administrator; sign in instead.',
  },
  last_administrator: { error: 'conflict', en: 'This is the last administrator: make another one first.' },
} as const satisfies MessageRows;
