import { describe, expect, test } from 'vitest';
import { offer } from './algorithms.ts';
import type { ServerOffer } from './preamble.ts';
import { preferUntruncatable } from './terrapin.ts';

const strict = 'kex-strict-s-v00@openssh.com';
const chacha = 'chacha20-poly1305@openssh.com';
const etm = 'hmac-sha2-256-etm@openssh.com';

function server(cipher: readonly string[], hmac: readonly string[], kex: readonly string[] = []): ServerOffer {
  return { kex, serverHostKey: [], cipher, hmac };
}

/** What is negotiated: the first name of the client that the server has, too (RFC 4253 section 7.1). */
function negotiated(of: ServerOffer, legacy: boolean) {
  const ours = offer({ pinned: [], certificates: false }, legacy);
  const preferred = preferUntruncatable(ours, of);
  expect(preferred.cipher.toSorted()).toEqual(ours.cipher.toSorted());
  expect(preferred.hmac.toSorted()).toEqual(ours.hmac.toSorted());
  const firstOf = (ourNames: readonly string[], theirs: readonly string[]) =>
    ourNames.find((name) => theirs.includes(name));
  return [firstOf(preferred.cipher, of.cipher), firstOf(preferred.hmac, of.hmac)];
}

describe('without strict key exchange', () => {
  test.for<[string, ServerOffer, (string | undefined)[]]>([
    ['counter mode goes before ChaCha20', server([chacha, 'aes256-ctr'], ['hmac-sha1']), ['aes256-ctr', 'hmac-sha1']],
    [
      'AES-GCM stays first',
      server([chacha, 'aes128-ctr', 'aes256-gcm@openssh.com'], []),
      ['aes256-gcm@openssh.com', undefined],
    ],
    [
      'a MAC of the other kind goes before encrypt-then-MAC',
      server(['aes128-ctr'], [etm, 'hmac-sha2-256']),
      ['aes128-ctr', 'hmac-sha2-256'],
    ],
    [
      'ChaCha20 stays where counter mode has no MAC',
      server([chacha, 'aes128-ctr'], ['umac-64@openssh.com']),
      [chacha, undefined],
    ],
    ['ChaCha20 stays where it is alone', server([chacha], ['hmac-sha2-256']), [chacha, 'hmac-sha2-256']],
  ])('%s', ([, of, expected]) => {
    expect(negotiated(of, false)).toEqual(expected);
  });

  test('CBC with a MAC of the other kind goes before ChaCha20 and before encrypt-then-MAC, with legacy algorithms', () => {
    const both = server([chacha, 'aes256-cbc'], [etm, 'hmac-sha2-512']);
    expect(negotiated(both, true)).toEqual(['aes256-cbc', 'hmac-sha2-512']);
    expect(negotiated(server([chacha, 'aes256-cbc'], [etm]), true)).toEqual([chacha, etm]);
  });
});

test('with strict key exchange, nothing is reordered', () => {
  const of = server([chacha, 'aes128-ctr'], [etm, 'hmac-sha2-256'], [strict]);
  expect(negotiated(of, false)).toEqual([chacha, etm]);
});
