import type { MessageRows } from './row.ts';

/** What is asked for a login, and what it lacks. */
export const logins = {
  login_works: { en: 'The login works ({{method}}).', params: { method: 'text' } },
  login_called_off: { error: 'login_failed', en: 'The login was cancelled.' },
  login_stopped: { error: 'timed_out', en: 'The login was stopped before it was finished.' },
  question_unanswered_in_time: { error: 'timed_out', en: 'The question was not answered in time.' },
  question_unanswered: { error: 'login_failed', en: 'A question of the login was not answered.' },
  no_identity: {
    error: 'credential_required',
    en: '“{{server}}” has no identity that you can use. Link one, or name one.',
    params: { server: 'text' },
  },
  identity_lacks: {
    error: 'credential_required',
    en: 'The identity “{{identity}}” lacks {{what}}.',
    params: { identity: 'text', what: 'parts' },
  },
  lacks_username: { en: 'a username' },
  lacks_password: { en: 'a password' },
  lacks_key: { en: 'a private key' },
  lacks_readable_key: { en: 'a private key that can be read' },
  lacks_passphrase: { en: 'the passphrase of the private key' },
  direct_identity_empty: { error: 'credential_required', en: 'directIdentity has neither a password nor a key.' },
  ask_title: { en: 'Log in to {{server}}', params: { server: 'text' } },
  ask_username: { en: 'Username' },
  ask_password: { en: 'Password' },
  ask_passphrase: { en: 'Passphrase of the key “{{identity}}”', params: { identity: 'text' } },
  ask_no_username: { en: '“{{identity}}” has no username.', params: { identity: 'text' } },
  ask_no_password: { en: '“{{identity}}” has no password.', params: { identity: 'text' } },
  ask_password_refused: { en: 'The server refused the password of “{{identity}}”.', params: { identity: 'text' } },
  ask_as_username: { en: 'As {{username}}.', params: { username: 'text' } },
  ask_no_identity: { en: 'No stored identity is available for this server.' },
  ask_key_locked: { en: 'The key is encrypted, and no passphrase that opens it is stored.' },
  ask_passphrase_wrong: { en: 'That passphrase does not open the key.' },
} as const satisfies MessageRows;
