import type { MessageRows } from './row.ts';

/** Steps of a login: key exchange and host key. */
export const keyExchange = {
  kex_strict: { en: '{{algorithms}}, strict key exchange', params: { algorithms: 'texts' } },
  kex_not_strict: { en: '{{algorithms}}, no strict key exchange', params: { algorithms: 'texts' } },
  kex_truncatable: {
    en: '{{algorithms}}, no strict key exchange: an attacker on the network could remove messages (Terrapin, CVE-2023-48795), which “legacyAlgorithms” of the entry allows',
    params: { algorithms: 'texts' },
  },
  kex_failed: { en: 'The key exchange failed: {{why}}', params: { why: 'message' } },
  kex_no_common_kex: {
    en: 'The server and the gateway have no key exchange algorithm in common. The server offers {{offered}}; the gateway offers {{ours}}.',
    params: { offered: 'text', ours: 'text' },
  },
  kex_no_common_host_key: {
    en: 'The server and the gateway have no host key algorithm in common. The server offers {{offered}}; the gateway offers {{ours}}.',
    params: { offered: 'text', ours: 'text' },
  },
  kex_no_common_cipher: {
    en: 'The server and the gateway have no cipher algorithm in common. The server offers {{offered}}; the gateway offers {{ours}}.',
    params: { offered: 'text', ours: 'text' },
  },
  kex_no_common_mac: {
    en: 'The server and the gateway have no MAC algorithm in common. The server offers {{offered}}; the gateway offers {{ours}}.',
    params: { offered: 'text', ours: 'text' },
  },
  kex_several_lacking: { en: '{{sentences}}', params: { sentences: 'sentences' } },
  kex_hint_legacy: {
    en: 'Update the server. Until then, “legacyAlgorithms” of the entry allows these retired algorithms.',
  },
  kex_hint_update: {
    en: 'No setting of the entry is enough, not even “legacyAlgorithms”. Enable one of the algorithms on the server that the gateway offers, or update the server.',
  },
  kex_hint_host_key: {
    en: 'No setting of the entry is enough, not even “legacyAlgorithms”. Make another host key on the server: ssh-keygen -t ed25519, or -t rsa -b 3072 if its software knows no Ed25519.',
  },
  kex_hint_fixed_group: {
    en: 'Enable a key exchange with a fixed group on the server, in sshd_config: KexAlgorithms +curve25519-sha256,diffie-hellman-group16-sha512,diffie-hellman-group14-sha256. Gatehouse does not use group exchange, because the server chooses the group.',
  },
  kex_terrapin: {
    en: 'The server does not use strict key exchange, and has no algorithms in common with the gateway that are safe without it: with {{algorithms}}, an attacker on the network could remove messages (Terrapin, CVE-2023-48795). The server offers the ciphers {{ciphers}} and the MACs {{macs}}.',
    params: { algorithms: 'texts', ciphers: 'text', macs: 'text' },
  },
  kex_hint_terrapin: {
    en: 'Update the server, or enable AES-GCM (aes128-gcm@openssh.com) there, or AES in counter mode (aes128-ctr) with hmac-sha2-256. Until then, “legacyAlgorithms” of the entry allows the connection.',
  },
  rsa_key_too_large: {
    en: 'The server presented an RSA key of {{bits}} bits with an exponent of {{exponent}} bits, which is too large to be verified.',
    params: { bits: 'number', exponent: 'number' },
  },
  rsa_key_hint: {
    en: 'At most {{bits}} bits with an exponent of {{exponent}} bits. Make a new host key: ssh-keygen -t ed25519',
    params: { bits: 'number', exponent: 'number' },
  },
  packets_too_small: { en: 'The server takes packets of less than {{bytes}} bytes only.', params: { bytes: 'number' } },
  server_requests_too_many: {
    en: 'The server sent too many requests to be answered: more than {{count}} a second.',
    params: { count: 'number' },
  },
  rekeying_too_often: {
    en: 'The server asked for new keys too often: more than {{count}} times a minute.',
    params: { count: 'number' },
  },
  rekeying_hint: { en: 'Raise RekeyLimit in the sshd_config of the server.' },
  server_sends_too_much: { en: 'The server sent more than a login can need.' },
  server_silent: {
    en: 'The server sent nothing for {{seconds}} seconds, not even answers to keepalives, so the connection was ended.',
    params: { seconds: 'number' },
  },
  server_silent_hint: { en: 'The server or the network between is down, or a firewall forgot the connection.' },
  server_suspicious_hint: { en: 'This may not be the server you think it is, or its software is broken.' },
  host_key_interrupted: {
    en: 'The connection ended while the host key was checked: {{why}}',
    params: { why: 'message' },
  },
  host_key_accepted: { en: '{{algorithm}} {{fingerprint}}', params: { algorithm: 'text', fingerprint: 'text' } },
  host_key_certified: {
    en: '{{algorithm}} {{fingerprint}}, certified by {{authority}}',
    params: { algorithm: 'text', fingerprint: 'text', authority: 'text' },
  },
  host_key_unknown: {
    error: 'host_key_unknown',
    en: 'The host key of {{host}}:{{port}} is unknown: {{algorithm}} {{fingerprint}}. Compare it with the key of the server, then accept it.',
    params: { host: 'text', port: 'number', algorithm: 'text', fingerprint: 'text' },
  },
  host_key_unknown_hint: {
    en: 'Compare the fingerprint with what the administrator of the server says, then accept the key.',
  },
  host_key_changed: {
    error: 'host_key_changed',
    en: 'The host key of {{host}}:{{port}} has changed: it is now {{algorithm}} {{fingerprint}}.',
    params: { host: 'text', port: 'number', algorithm: 'text', fingerprint: 'text' },
  },
  host_key_changed_hint: {
    en: 'Do not continue unless the administrator of the server confirms that its key was replaced: an attacker may be impersonating the server.',
  },
  host_key_uncertified: {
    error: 'host_key_unknown',
    en: '{{host}}:{{port}} {{why}}, and its policy accepts nothing else.',
    params: { host: 'text', port: 'number', why: 'message' },
  },
  host_key_revoked: {
    error: 'login_failed',
    en: 'The key {{algorithm}} {{fingerprint}}, which {{host}}:{{port}} presents, is revoked for this server.',
    params: { host: 'text', port: 'number', algorithm: 'text', fingerprint: 'text' },
  },
  no_host_certificate: { en: 'presents no host certificate' },
  host_certificate_untrusted: {
    en: 'presents a host certificate of {{fingerprint}}, which is not a trusted authority',
    params: { fingerprint: 'text' },
  },
  host_certificate_early: {
    error: 'login_failed',
    en: 'The host certificate “{{name}}” is not valid before {{date}}.',
    params: { name: 'text', date: 'text' },
  },
  host_certificate_expired: {
    error: 'login_failed',
    en: 'The host certificate “{{name}}” was valid until {{date}}. Have the host key signed again.',
    params: { name: 'text', date: 'text' },
  },
  host_certificate_unnamed: {
    error: 'login_failed',
    en: 'The host certificate “{{name}}” names no host. Sign the host key again with -n {{host}}.',
    params: { name: 'text', host: 'text' },
  },
  host_certificate_elsewhere: {
    error: 'login_failed',
    en: 'The host certificate “{{name}}” is for {{hosts}}, not for {{host}}.',
    params: { name: 'text', hosts: 'texts', host: 'text' },
  },
  host_certificate_invalid: { en: 'The server presented an invalid host certificate.' },
  host_certificate_hint: { en: 'Have the host key signed again: ssh-keygen -s AUTHORITY -h -I NAME -n HOST KEY.pub' },
} as const satisfies MessageRows;
