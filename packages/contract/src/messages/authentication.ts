import type { MessageRows } from './row.ts';

/** Steps of a login: authentication and channel. */
export const authentication = {
  auth_none: { en: 'The server requires no authentication (method none).' },
  auth_key: { en: 'Authenticated with the key {{fingerprint}}.', params: { fingerprint: 'text' } },
  auth_password: { en: 'Authenticated with the password.' },
  auth_answers: { en: 'Authenticated with answers to the server’s prompts.' },
  auth_partial: { en: '{{succeeded}} The server requires another factor.', params: { succeeded: 'message' } },
  auth_key_missing: { en: 'The identity no longer has a private key.' },
  auth_key_missing_hint: { en: 'Store the private key again.' },
  auth_password_missing: { en: 'The identity no longer has a password.' },
  auth_password_missing_hint: { en: 'Store the password again.' },
  identity_incomplete_hint: {
    en: 'Complete the identity. A key that is encrypted needs its passphrase stored with it.',
  },
  secret_unreadable_hint: {
    en: 'The stored secret cannot be opened. Store it again. The operator of this gateway can verify all stored data with the command: npm start -- verify',
  },
  auth_late: { en: 'The server did not answer the authentication in time.' },
  auth_banner: { en: 'The server says: {{text}}', params: { text: 'text' } },
  auth_waiting: { en: 'Waiting for the server to answer.' },
  auth_ended: { en: 'The server ended the connection during authentication: {{why}}', params: { why: 'message' } },
  auth_ended_hint: { en: 'Servers do so after too many tries, or when the account may not log in from here.' },
  auth_ended_said_hint: { en: 'The server gave a reason before: “{{text}}”', params: { text: 'text' } },
  account_expired_hint: {
    en: 'The server says that the account has expired. Its administrator can extend it (on Linux: chage --expiredate).',
  },
  key_refused_after_asking: {
    en: 'The server knows the key {{fingerprint}}, but refused the login with it.',
    params: { fingerprint: 'text' },
  },
  key_refused_after_asking_hint: {
    en: 'The account {{username}} may be locked, or its authorized_keys may restrict the key (from=, expiry-time=).',
    params: { username: 'text' },
  },
  key_refused: {
    en: 'The server refused the key {{fingerprint}} for {{username}}.',
    params: { fingerprint: 'text', username: 'text' },
  },
  key_refused_hint: {
    en: 'Check the username, or add this line to ~/.ssh/authorized_keys of {{username}} on the server:',
    params: { username: 'text' },
  },
  key_without_algorithm: {
    en: 'The server accepts no signature algorithm that the key {{fingerprint}} ({{algorithm}}) may use.',
    params: { fingerprint: 'text', algorithm: 'text' },
  },
  key_without_algorithm_hint: {
    en: 'Use an Ed25519 key, or update the server. Until then, “legacyAlgorithms” of the entry allows RSA with SHA-1.',
  },
  password_refused: { en: 'The server refused the password for {{username}}.', params: { username: 'text' } },
  password_refused_hint: {
    en: 'Check username and password. The account may also be locked, or not allowed to log in with a password.',
  },
  answers_refused: { en: 'The server refused the answers for {{username}}.', params: { username: 'text' } },
  answers_refused_hint: { en: 'Check username, password and code.' },
  password_expired: { en: 'The password has expired.' },
  password_expired_hint: { en: 'Change it on the server, then store the new one.' },
  password_change_hint: {
    en: 'The server demands a new password. Log in from a terminal to choose it, then store it in the identity.',
  },
  questions_too_many: { en: 'The server asked more questions than a login can need.' },
  questions_too_many_hint: { en: 'This may not be the server you think it is. Nothing was answered.' },
  login_unattended: {
    en: 'The server asked “{{questions}}”, and this login is unattended.',
    params: { questions: 'text' },
  },
  login_unattended_hint: { en: 'Log in from a terminal, or use a key for unattended logins.' },
  password_asked_hint: { en: 'Store a password in the identity, or log in from a terminal.' },
  nothing_to_offer: {
    en: 'The server allows {{username}} {{methods}}, and no further method is available.',
    params: { username: 'text', methods: 'message' },
  },
  nothing_to_offer_unchecked: {
    en: 'The server allows {{username}} {{methods}}, and no further method is available. A password is never sent to a host whose key is not checked.',
    params: { username: 'text', methods: 'message' },
  },
  methods_some: { en: '{{names}}', params: { names: 'text' } },
  methods_none: { en: 'no method' },
  pin_or_key_hint: { en: 'Pin the host key, or use a key.' },
  identity_empty_hint: { en: 'The identity holds neither a key nor a password: complete it.' },
  store_key_hint: { en: 'Store a key in the identity, and its public half in authorized_keys on the server.' },
  store_password_hint: {
    en: 'Store a password in the identity, or let the server allow public keys (PubkeyAuthentication).',
  },
  way_too_long: { en: 'The route has more than {{most}} jump hosts.', params: { most: 'number' } },
  way_too_long_hint: { en: 'Shorten the chain of jump hosts.' },
  channel_open: { en: 'The session is open.' },
  channel_refused: { en: 'The server did not open a session: {{why}}', params: { why: 'message' } },
  channel_refused_hint: {
    en: 'The server opens no session, or no further one on this connection (MaxSessions in sshd_config).',
  },
  terminal_refused: { en: 'The server refuses this login a terminal.' },
  terminal_refused_hint: {
    en: 'PermitTTY in sshd_config, or no-pty in authorized_keys, forbids it. Commands without a terminal (exec) may work.',
  },
  program_refused: { en: 'The server refused to start the shell or the command.' },
  program_refused_hint: {
    en: 'The account may be limited to another use, such as SFTP, or the server allows only terminals or only commands.',
  },
  password_change_required: { en: 'The server did not run the command: the password must be changed first.' },
  gateway_fault: { en: 'Internal error in the gateway.' },
  logged_in: { en: 'Authenticated.' },
  host_keys_found: { en: '{{count}} host keys', params: { count: 'number' } },
} as const satisfies MessageRows;
