import { say, type Message, type MessageCode } from '@gatehouse/contract/messages/message';
import type { Explanation } from '../dial/hints.ts';
import { sanitize } from '../untrusted-text.ts';
import { retiredAlgorithms, type Offer } from './algorithms.ts';
import type { ServerOffer } from './preamble.ts';
import type { Protection } from './ssh2-internals.ts';
import { isAuthenticated } from './terrapin.ts';

/** In the order of a KEXINIT (RFC 4253 section 7.1). */
const kinds = {
  kex: 'kex_no_common_kex',
  serverHostKey: 'kex_no_common_host_key',
  cipher: 'kex_no_common_cipher',
  hmac: 'kex_no_common_mac',
} as const satisfies Record<keyof ServerOffer, MessageCode>;

type Kind = keyof typeof kinds;
type Lists = Readonly<Record<Kind, readonly string[]>>;

const allKinds: readonly Kind[] = ['kex', 'serverHostKey', 'cipher', 'hmac'];

/** Names in a list of key exchanges that only announce an extension. */
const markers = new Set(['ext-info-s', 'kex-strict-s-v00@openssh.com']);

/** Real servers offer some 20 names of 30 characters. */
const maxListLength = 1_000;

/** Why there was no agreement: what is lacking, what either side offers, and whether the opt-in would help. `undefined` if nothing is lacking. */
export function explainMismatch(server: ServerOffer, ours: Offer, hasOptIn: boolean): Explanation | undefined {
  const lacking = lackingKinds(server, ours);
  if (lacking.length === 0) return undefined;
  const sentences = lacking.map((kind) =>
    say(kinds[kind], {
      offered: listed(server[kind].filter((name) => !markers.has(name))),
      ours: listed(ours[kind]),
    }),
  );
  const [only] = sentences;
  const detail = only !== undefined && sentences.length === 1 ? only : say('kex_several_lacking', { sentences });
  return { detail, hint: hintFor(server, hasOptIn ? lacking : lackingKinds(server, withRetired(ours)), hasOptIn) };
}

/** `lacking` is what would be lacking with the opt-in. */
function hintFor(server: ServerOffer, lacking: readonly Kind[], hasOptIn: boolean): Message {
  if (lacking.length === 0 && !hasOptIn) return say('kex_hint_legacy');
  const [kind] = lacking;
  if (lacking.length === 1 && kind === 'serverHostKey') return say('kex_hint_host_key');
  if (lacking.length === 1 && kind === 'kex' && server.kex.some(isGroupExchange)) return say('kex_hint_fixed_group');
  return say('kex_hint_update');
}

/** For servers that offer only group exchange (RFC 4419). */
function isGroupExchange(name: string): boolean {
  return name.startsWith('diffie-hellman-group-exchange-');
}

/** A MAC is needed only with a cipher that does not authenticate. */
function lackingKinds(server: ServerOffer, ours: Lists): readonly Kind[] {
  const cipher = common(server, ours, 'cipher');
  const needsMac = cipher === undefined || !isAuthenticated(cipher);
  return allKinds.filter((kind) => common(server, ours, kind) === undefined && (kind !== 'hmac' || needsMac));
}

function common(server: ServerOffer, ours: Lists, kind: Kind): string | undefined {
  return ours[kind].find((name) => server[kind].includes(name));
}

function withRetired(ours: Lists): Lists {
  const both = (kind: Kind) => [...ours[kind], ...retiredAlgorithms(kind)];
  return { kex: both('kex'), serverHostKey: both('serverHostKey'), cipher: both('cipher'), hmac: both('hmac') };
}

function listed(names: readonly string[]): string {
  return sanitize(names.join(', '), maxListLength) || '–';
}

/** Why a connection that an attacker could truncate is refused. */
export function explainTruncation({ directions }: Protection, server: ServerOffer | undefined): Explanation {
  const negotiated = directions.flatMap(({ cipher, mac }) => [cipher, mac]).filter((name) => name !== '');
  return {
    detail: say('kex_terrapin', {
      algorithms: [...new Set(negotiated)],
      ciphers: listed(server?.cipher ?? []),
      macs: listed(server?.hmac ?? []),
    }),
    hint: say('kex_hint_terrapin'),
  };
}
