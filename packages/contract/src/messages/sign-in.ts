import type { MessageRows } from './row.ts';

/** Signing in, accounts, and what a credential may do. */
export const signIn = {
  authorization_missing: {
    error: 'malformed_authorization',
    en: 'The Authorization header is missing: send “Authorization: Bearer TOKEN”.',
  },
  authorization_malformed: {
    error: 'malformed_authorization',
    en: 'The Authorization header must be “Bearer TOKEN”.',
  },
  session_cookies_several: { error: 'unauthenticated', en: 'There is more than one session cookie. Sign in again.' },
  session_cookie_malformed: { error: 'unauthenticated', en: 'The session cookie is malformed. Sign in again.' },
  token_unknown: { error: 'unauthenticated', en: 'The token is unknown or has expired. Sign in again.' },
  sign_in_ended: { error: 'unauthenticated', en: 'The sign-in has ended.' },
  scope_missing: {
    error: 'insufficient_scope',
    en: 'This API key lacks the scope {{scope}}.',
    params: { scope: 'text' },
  },
  sign_in_required: { error: 'insufficient_scope', en: 'An API key cannot do this; sign in instead.' },
  credentials_wrong: { error: 'invalid_credentials', en: 'Wrong username or password.' },
  wrong_passwords_too_many: { error: 'too_many_requests', en: 'Too many wrong passwords. Wait before you try again.' },
  sign_ins_too_many: { error: 'too_many_requests', en: 'Too many sign-ins at once. Try again in a few seconds.' },
  current_password_wrong: { error: 'invalid_credentials', en: 'The current password is wrong.' },
  current_password_missing: { error: 'invalid_credentials', en: 'The current password is missing (currentPassword).' },
  own_password_needs_current: { error: 'forbidden', en: 'Change your own password with your current one.' },
  account_changed_meanwhile: { error: 'conflict', en: 'The account was changed at the same time. Try again.' },
  setup_token_required: {
    error: 'setup_token_required',
    en: 'The first account needs the set-up token (setupToken). It is in the link on the console and in the file setup-token in DATA_DIR.',
  },
  username_taken: { error: 'conflict', en: 'The username {{username}} is taken.', params: { username: 'text' } },
  registration_closed: {
    error: 'forbidden',
    en: 'Self-registration is disabled on this server. Ask an administrator for an account.',
  },
  account_owns_organization: {
    error: 'conflict',
    en: 'The account owns the organization {{organization}}: transfer its ownership first.',
    params: { organization: 'text' },
  },
  api_key_changes_no_administrator: {
    error: 'insufficient_scope',
    en: 'An API key cannot change administrator rights; sign in instead.',
  },
  last_administrator: {
    error: 'conflict',
    en: 'This is the last administrator: give another account administrator rights first.',
  },
} as const satisfies MessageRows;
