import { createRequire } from 'node:module';
import type { HostKeyFacts } from '@gatehouse/contract/problem';
import type { Client, ClientChannel, ServerHostKeyAlgorithm, TerminalModes } from 'ssh2';
import type { TerminalEnvironment } from '../protocol.ts';

const requireLibrary = createRequire(import.meta.url);
const { sendPacket } = requireLibrary('ssh2/lib/protocol/utils.js') as {
  readonly sendPacket: (protocol: unknown, packet: Buffer) => void;
};
const { KexInit } = requireLibrary('ssh2/lib/protocol/kex.js') as {
  readonly KexInit: new (lists: Readonly<Record<string, unknown>>) => unknown;
};
const constants = requireLibrary('ssh2/lib/protocol/constants.js') as {
  readonly SUPPORTED_SERVER_HOST_KEY: string[];
};

/**
 * Access to internals of ssh2. Its version is pinned. If a field is not as this file expects, every function fails closed: nothing is authenticated
 * on a guess.
 */
interface Internals {
  readonly _protocol?: {
    readonly _strictMode?: unknown;
    readonly _kex?: KeyExchange;
    readonly _handlers?: { USERAUTH_FAILURE?: unknown; USERAUTH_INFO_REQUEST?: unknown };
  };
}

/** How ssh2 reads: `parse` gets received bytes, `_parse` handles as many as it can, `_onPayload` each message after the first key exchange. */
interface InboundInternals {
  parse?: unknown;
  _parse?: unknown;
  _onPayload?: unknown;
  readonly _kexinit?: unknown;
  readonly _authenticated?: unknown;
  readonly _authsQueue?: unknown;
  /** Absent after the connection has ended. */
  readonly _destruct?: unknown;
  requestFailure?: unknown;
  readonly _packetRW?: {
    readonly write?: {
      readonly allocStart: number;
      alloc(payloadBytes: number): Buffer;
      finalize(packet: Buffer): Buffer;
    };
  };
}

interface KeyExchange {
  readonly negotiated?: { readonly cs?: unknown; readonly sc?: unknown; serverHostKey?: unknown };
  /** The host key that the server presented. */
  readonly _hostKey?: unknown;
}

/**
 * Changes the order of ciphers and MACs, in both directions, before the offer is sent. The library otherwise fixes it before anything was read of the
 * server.
 */
export function reorderOffer(client: Client, { cipher, hmac: mac }: OrderedNames): void {
  const protocol = internals(client) as { _offer?: unknown; readonly _kexinit?: unknown };
  const { lists } = (protocol._offer ?? {}) as { readonly lists?: Record<'kex' | 'serverHostKey', List> };
  if (lists === undefined || protocol._kexinit !== undefined) throw new Error('ssh2 does not tell what it will offer');
  const direction = { cipher, mac, compress: ['none'], lang: [] };
  protocol._offer = new KexInit({
    kex: lists.kex.array,
    serverHostKey: lists.serverHostKey.array,
    cs: direction,
    sc: direction,
  });
}

interface OrderedNames {
  readonly cipher: readonly string[];
  readonly hmac: readonly string[];
}

interface List {
  readonly array: readonly string[];
}

/** Allows host-key algorithms that the library does not know: adds them to its own list, so that it accepts them in an offer. */
export function acceptable(names: readonly string[]): ServerHostKeyAlgorithm[] {
  const supported = constants.SUPPORTED_SERVER_HOST_KEY;
  for (const name of names) if (!supported.includes(name)) supported.push(name);
  // The library's types declare only plain keys.
  return [...names] as ServerHostKeyAlgorithm[];
}

/**
 * Makes the server prove, in the key exchange that waits for the host key, that it holds the certified key. The library knows no certificates: it
 * hashes what the server presented (which must stay the certificate, RFC 4253 section 8), and right after that reads the same field as the signing
 * key. So the field returns the certificate at the first read, and the certified key from then on. If it were read in another order, the signature
 * would be wrong, and the connection refused.
 */
export function proveWithCertifiedKey(client: Client, { algorithm, publicKey }: HostKeyFacts): void {
  const { _kex: kex } = internals(client);
  const shown = kex?._hostKey;
  if (kex?.negotiated === undefined || !Buffer.isBuffer(shown)) throw new Error('ssh2 does not tell what it was shown');
  kex.negotiated.serverHostKey = algorithm;
  const key = Buffer.from(publicKey.slice(algorithm.length + 1), 'base64');
  let reads = 0;
  Object.defineProperty(kex, '_hostKey', {
    configurable: true,
    get: () => (reads++ === 0 ? shown : key),
    // The library deletes it after use.
    set: (value) => Object.defineProperty(kex, '_hostKey', { configurable: true, writable: true, value }),
  });
}

function internals(client: Client): NonNullable<Internals['_protocol']> {
  // Not in the library's types; only the library creates a Client.
  const { _protocol } = client as unknown as Internals;
  if (_protocol === undefined) throw new Error('ssh2 has no protocol state before connect()');
  return _protocol;
}

/** The encryption and authentication of one direction of a connection. `mac` is empty if the cipher includes it. */
export interface Direction {
  readonly cipher: string;
  readonly mac: string;
}

/** The negotiated protection of a connection, known after KEXINIT. */
export interface Protection {
  readonly directions: readonly [Direction, Direction];
  /** Both sides use strict key exchange (OpenSSH PROTOCOL section 1.10), which makes prefix truncation impossible. */
  readonly strictKex: boolean;
}

/** The result of the key exchange for both directions (RFC 4253 section 7.1). Throws before the first exchange is over. */
export function negotiatedProtection(client: Client): Protection {
  const { _kex: kex, _strictMode: strictMode } = internals(client);
  const [toServer, toClient] = [kex?.negotiated?.cs, kex?.negotiated?.sc];
  if (!isDirection(toServer) || !isDirection(toClient)) throw new Error('ssh2 does not tell what it negotiated');
  return { directions: [toServer, toClient], strictKex: strictMode === true };
}

function isDirection(value: unknown): value is Direction {
  return (
    typeof value === 'object' &&
    value !== null &&
    'cipher' in value &&
    typeof value.cipher === 'string' &&
    'mac' in value &&
    typeof value.mac === 'string'
  );
}

/** The methods that the server allows after a refused or partly successful one (RFC 4252 section 5.1). */
export interface Refusal {
  readonly allowed: readonly string[];
  readonly partial: boolean;
}

/**
 * Reports every refusal of the server before ssh2 handles it. ssh2 drops the lists that answer a key of an agent, and with them whether the key was
 * one of two factors.
 */
export function onRefusal(client: Client, listener: (refusal: Refusal) => void): void {
  const handlers = internals(client)._handlers;
  const original = handlers?.USERAUTH_FAILURE;
  if (handlers === undefined || typeof original !== 'function') throw new Error('ssh2 does not tell of refusals');
  handlers.USERAUTH_FAILURE = (protocol: unknown, allowed: unknown, partial: unknown) => {
    const names = Array.isArray(allowed) ? allowed.filter((name) => typeof name === 'string') : [];
    listener({ allowed: names, partial: partial === true });
    Reflect.apply(original, undefined, [protocol, allowed, partial]);
  };
}

/**
 * Reports requests without prompts (RFC 4256 section 3.2), which only tell something. ssh2 answers them by itself, without saying what they tell.
 */
export function onRequestWithoutPrompts(client: Client, listener: (text: string) => void): void {
  const handlers = internals(client)._handlers;
  const original = handlers?.USERAUTH_INFO_REQUEST;
  if (handlers === undefined || typeof original !== 'function') throw new Error('ssh2 does not tell of requests');
  handlers.USERAUTH_INFO_REQUEST = (...request: readonly unknown[]) => {
    const [, name, instructions, prompts] = request;
    if (!Array.isArray(prompts) || prompts.length === 0)
      listener([name, instructions].filter((text) => typeof text === 'string' && text !== '').join('\n'));
    Reflect.apply(original, undefined, request);
  };
}

/** Makes ssh2 forget the pending method: the next one replaces it, and the server answers only that one (RFC 4252 section 5). */
export function abandonMethod(client: Client): void {
  const { _authsQueue: pending } = internals(client) as InboundInternals;
  if (!Array.isArray(pending)) throw new Error('ssh2 does not tell what it waits for');
  pending.shift();
}

/** Hooks into the reading of ssh2. */
export interface InboundHooks {
  /** Called for each message outside of key exchanges; may throw. */
  readonly admit: (payload: Buffer) => 'handle' | 'drop';
  /** Asked after each message whether the rest must wait. */
  readonly isTurnOver: () => boolean;
  /** Gets received bytes instead of ssh2. ssh2 treats what it throws as a broken connection. */
  readonly onData: (chunk: Buffer) => void;
}

/** The reading side of a connection. */
export interface Inbound {
  /** Handles messages until the turn is over; returns how many bytes it handled. */
  parse(chunk: Buffer): number;
  isUsable(): boolean;
  isAuthenticated(): boolean;
  /** The pending authentication method. */
  method(): string | undefined;
  refuseGlobalRequest(): void;
  /** Sends an ignored message (RFC 4253 section 11.2). */
  sendIgnore(): void;
}

const ignoreMessage = 2;
/** Its number, and the length of its data. */
const emptyIgnoreBytes = 1 + 4;

/** Sends `keepalive@openssh.com`, which a server has to answer. Nothing is sent after the end of the connection. */
export function sendKeepalive(client: Client): void {
  const protocol = internals(client) as InboundInternals & { readonly ping?: unknown };
  if (protocol._destruct === undefined) return;
  if (typeof protocol.ping !== 'function') throw new Error('ssh2 does not tell how it sends keepalives');
  Reflect.apply(protocol.ping, protocol, []);
}

/** The bytes that are handled in one piece during a key exchange, when single messages cannot be counted. */
const exchangeSliceBytes = 2 * 1024;

/** Installs hooks between the socket and ssh2. Call it right after `connect()`, before anything was read. */
export function interceptInbound(client: Client, hooks: InboundHooks): Inbound {
  const protocol = internals(client) as InboundInternals;
  const { _onPayload: handle, _parse: parse, requestFailure } = protocol;
  if (typeof handle !== 'function' || typeof parse !== 'function' || typeof requestFailure !== 'function')
    throw new Error('ssh2 does not tell how it reads');
  protocol._onPayload = (payload: Buffer): unknown => {
    const result: unknown = hooks.admit(payload) === 'drop' ? undefined : Reflect.apply(handle, protocol, [payload]);
    // If it returns false, ssh2 leaves the rest of the chunk to the caller of `_parse`.
    return result === undefined && hooks.isTurnOver() ? false : result;
  };
  protocol.parse = (chunk: Buffer, start: number, end: number) => {
    hooks.onData(chunk.subarray(start, end));
  };
  return {
    parse: (chunk) => parseUntil(protocol, chunk, hooks.isTurnOver),
    isUsable: () => protocol._destruct !== undefined,
    isAuthenticated: () => protocol._authenticated === true,
    method() {
      const [method] = Array.isArray(protocol._authsQueue) ? (protocol._authsQueue as unknown[]) : [];
      return typeof method === 'string' ? method : undefined;
    },
    refuseGlobalRequest() {
      Reflect.apply(requestFailure, protocol, []);
    },
    sendIgnore() {
      const writer = protocol._packetRW?.write;
      if (writer === undefined) throw new Error('ssh2 does not tell how it writes');
      const at = writer.allocStart;
      const packet = writer.alloc(emptyIgnoreBytes);
      packet.writeUInt8(ignoreMessage, at);
      packet.writeUInt32BE(0, at + 1);
      sendPacket(protocol, writer.finalize(packet));
    },
  };
}

function parseUntil(protocol: InboundInternals, chunk: Buffer, isTurnOver: () => boolean): number {
  let at = 0;
  while (at < chunk.length) {
    const isExchanging = protocol._kexinit !== undefined || protocol._authenticated !== true;
    const piece = chunk.subarray(at, isExchanging ? at + exchangeSliceBytes : undefined);
    // ssh2 replaces it, so it is looked up each time.
    const { _parse: parse } = protocol;
    if (typeof parse !== 'function') throw new Error('ssh2 does not tell how it reads');
    const handled: unknown = Reflect.apply(parse, protocol, [piece, 0, piece.length]);
    // Undefined if everything was handled, and infinity if the connection ended.
    at += typeof handled === 'number' ? Math.min(handled, piece.length) : piece.length;
    if (protocol._destruct === undefined) return chunk.length;
    if (isTurnOver()) break;
  }
  return at;
}

const eraseOpcode = 3;
const iutf8Opcode = 42;
const endOfModes = 0;
const del = 0x7f;

/**
 * The terminal modes of a pty request: which byte deletes a character in cooked mode, and whether characters are UTF-8 (RFC 8160), so that a whole one
 * is deleted. ssh2 does not know the second; it sends encoded modes (RFC 4254 section 8) unchanged, which its types do not declare.
 */
export function ptyModes({
  eraseByte = del,
  isUtf8 = true,
}: Pick<TerminalEnvironment, 'eraseByte' | 'isUtf8'>): TerminalModes {
  const modes = [eraseOpcode, 0, 0, 0, eraseByte, iutf8Opcode, 0, 0, 0, Number(isUtf8), endOfModes];
  return Buffer.from(modes) as TerminalModes;
}

/** How many messages of a channel are unread; Node.js itself counts only their bytes. */
export function unreadMessages(readable: unknown): number {
  const { _readableState: state } = readable as { readonly _readableState?: { readonly buffer?: unknown } };
  return Array.isArray(state?.buffer) ? state.buffer.length : 0;
}

/** Sends a signal to a command (RFC 4254 section 6.9). The channel's own method does nothing after its input has ended. */
export function sendSignal(channel: ClientChannel, name: string): void {
  const { _client: client, outgoing } = channel as unknown as {
    readonly _client?: { readonly _protocol?: { signal?: (id: number, name: string) => void } };
    readonly outgoing?: { readonly id?: unknown; readonly state?: unknown };
  };
  const usable = outgoing?.state === 'open' || outgoing?.state === 'eof';
  if (usable && typeof outgoing.id === 'number') client?._protocol?.signal?.(outgoing.id, name);
}
