import { inEnglish } from '@gatehouse/contract/messages/message';
import { expect, test } from 'vitest';
import { offer } from './algorithms.ts';
import { explainMismatch } from './mismatch.ts';
import type { ServerOffer } from './preamble.ts';

const current: ServerOffer = {
  kex: ['curve25519-sha256', 'ext-info-s', 'kex-strict-s-v00@openssh.com'],
  serverHostKey: ['ssh-ed25519'],
  cipher: ['aes128-ctr'],
  hmac: ['hmac-sha2-256'],
};

function explain(server: Partial<ServerOffer>, legacy = false) {
  const ours = offer({ pinned: [], certificates: false }, legacy);
  const found = explainMismatch({ ...current, ...server }, ours, legacy);
  return found && { detail: inEnglish(found.detail), hint: found.hint?.code };
}

test('finds nothing where both sides agree', () => {
  expect(explain({})).toBeUndefined();
  expect(explain({ cipher: ['aes128-gcm@openssh.com'], hmac: [] })).toBeUndefined();
});

test.for<[Partial<ServerOffer>, boolean, string, string]>([
  [
    { serverHostKey: ['ssh-dss'] },
    false,
    'no host key algorithm in common. The server offers ssh-dss;',
    'kex_hint_host_key',
  ],
  [{ serverHostKey: ['ssh-rsa'] }, false, 'The server offers ssh-rsa;', 'kex_hint_legacy'],
  [{ hmac: ['hmac-md5', 'hmac-sha1-96'] }, false, 'no MAC algorithm in common', 'kex_hint_update'],
  [{ hmac: ['hmac-md5'] }, true, 'no MAC algorithm in common', 'kex_hint_update'],
  [{ cipher: ['arcfour', '3des-cbc'] }, false, 'The server offers arcfour, 3des-cbc;', 'kex_hint_legacy'],
  [{ cipher: ['arcfour'] }, false, 'no cipher algorithm in common', 'kex_hint_update'],
  [{ kex: ['diffie-hellman-group1-sha1'] }, false, 'no key exchange algorithm in common', 'kex_hint_legacy'],
  [{ kex: ['diffie-hellman-group-exchange-sha256', 'ext-info-s'] }, false, 'exchange-sha256;', 'kex_hint_fixed_group'],
  [{ kex: ['mlkem768x25519-sha256'] }, true, 'offers mlkem768x25519-sha256;', 'kex_hint_update'],
  [{ kex: [], serverHostKey: [] }, false, 'The server offers –;', 'kex_hint_update'],
])('%j, legacy %s', ([server, legacy, detail, hint]) => {
  const found = explain(server, legacy);
  expect(found?.detail).toContain(detail);
  expect(found?.detail).toContain('the gateway offers');
  expect(found?.hint).toBe(hint);
});

test('names everything that is lacking, and the opt-in only if it is enough for all of it', () => {
  const old = { kex: ['diffie-hellman-group1-sha1'], serverHostKey: ['ssh-rsa'], cipher: ['aes128-cbc'] };
  const found = explain(old);
  for (const names of Object.values(old)) expect(found?.detail).toContain(names[0]);
  expect(found?.hint).toBe('kex_hint_legacy');
  expect(explain({ ...old, hmac: ['hmac-md5'] })?.hint).toBe('kex_hint_update');
});
