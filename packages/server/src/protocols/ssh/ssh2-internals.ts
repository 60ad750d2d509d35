import { createRequire } from 'node:module';
import type { HostKeyFacts } from '@gatehouse/contract/problem';
import type { Client, ClientChannel, ServerHostKeyAlgorithm } from 'ssh2';

const requireLibrary = createRequire(import.meta.url);
const { sendPacket } = requireLibrary('ssh2/lib/protocol/utils.js') as {
  readonly sendPacket: (protocol: unknown, packet: Buffer) => void;
};
const constants = requireLibrary('ssh2/lib/protocol/constants.js') as {
  readonly SUPPORTED_SERVER_HOST_KEY: string[];
};

/**
 * The few facts that ssh2 keeps to itself. Its version is pinned; where a field is not what this file knows, every function fails
 * closed: nothing is authenticated on a guess.
 */
interface Internals {
  readonly _protocol?: {
    readonly _strictMode?: unknown;
    readonly _kex?: KeyExchange;
    readonly _handlers?: { USERAUTH_FAILURE?: unknown };
  };
}

/** How ssh2 reads: `parse` gets what arrived, `_parse` handles as much as it can, `_onPayload` each message behind the first key exchange. */
interface InboundInternals {
  parse?: unknown;
  _parse?: unknown;
  _onPayload?: unknown;
  readonly _kexinit?: unknown;
  readonly _authenticated?: unknown;
  readonly _authsQueue?: unknown;
  /** Gone once the connection has ended. */
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
  /** What the server showed as its host key. */
  readonly _hostKey?: unknown;
}

/** Algorithms of host keys that the library does not know, such that it takes them in an offer: once they are in its own list. */
export function acceptable(names: readonly string[]): ServerHostKeyAlgorithm[] {
  const supported = constants.SUPPORTED_SERVER_HOST_KEY;
  for (const name of names) if (!supported.includes(name)) supported.push(name);
  // The library's types know plain keys only.
  return [...names] as ServerHostKeyAlgorithm[];
}

/**
 * Has the server prove, in the key exchange that stands still for the host key now, that it holds the key that its certificate names. The library knows
 * no certificates: it hashes what the server showed (which must stay the certificate, RFC 4253 section 8), and right after that takes the same
 * field for the key that signed. So the field is the certificate when it is read first, and the certified key from then on. Were it read in
 * another order, the signature would not be good, and the connection be refused.
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
    // Once it is done with, the library forgets it.
    set: (value) => Object.defineProperty(kex, '_hostKey', { configurable: true, writable: true, value }),
  });
}

function internals(client: Client): NonNullable<Internals['_protocol']> {
  // Not in the library's types, and nothing but the library makes a Client.
  const { _protocol } = client as unknown as Internals;
  if (_protocol === undefined) throw new Error('ssh2 has no protocol state before connect()');
  return _protocol;
}

/** What one direction of a connection is encrypted and authenticated with. `mac` is empty where the cipher includes it. */
export interface Direction {
  readonly cipher: string;
  readonly mac: string;
}

/** The negotiated protection of a connection, known from KEXINIT on. */
export interface Protection {
  readonly directions: readonly [Direction, Direction];
  /** Both sides keep to strict key exchange (OpenSSH PROTOCOL section 1.10), which makes prefix truncation impossible. */
  readonly strictKex: boolean;
}

/** What the key exchange has negotiated for both directions (RFC 4253 section 7.1). Throws before the first exchange is over. */
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

/** What the server still allows after a refused or partly sufficient method (RFC 4252 section 5.1). */
export interface Refusal {
  readonly allowed: readonly string[];
  readonly partial: boolean;
}

/**
 * Reports every refusal of the server before ssh2 handles it. ssh2 itself forgets the lists that answer a key of an agent, and with them
 * whether the key was one of two factors.
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

/** Where the reading of ssh2 is entered. */
export interface InboundHooks {
  /** Sees each message that is neither part of the first key exchange nor of a later one; may throw. */
  readonly admit: (payload: Buffer) => 'handle' | 'drop';
  /** Asked after each message: whether the rest has to wait. */
  readonly isTurnOver: () => boolean;
  /** Gets what arrived, in the place of ssh2. What it throws, ssh2 treats as a broken connection. */
  readonly onData: (chunk: Buffer) => void;
}

/** The reading side of a connection. */
export interface Inbound {
  /** Handles messages until the turn is over; returns how many bytes it came through. */
  parse(chunk: Buffer): number;
  isUsable(): boolean;
  isAuthenticated(): boolean;
  /** The authentication method whose answer is awaited. */
  method(): string | undefined;
  refuseGlobalRequest(): void;
  /** Sends a message that means nothing (RFC 4253 section 11.2). */
  sendIgnore(): void;
}

const ignoreMessage = 2;
/** Its number, and the length of its data. */
const emptyIgnoreBytes = 1 + 4;

/** What is handled in one piece during a key exchange, where single messages cannot be counted. */
const exchangeSliceBytes = 2 * 1024;

/** Puts hooks between the socket and ssh2. To be called right after `connect()`, before anything was read. */
export function interceptInbound(client: Client, hooks: InboundHooks): Inbound {
  const protocol = internals(client) as InboundInternals;
  const { _onPayload: handle, _parse: parse, requestFailure } = protocol;
  if (typeof handle !== 'function' || typeof parse !== 'function' || typeof requestFailure !== 'function')
    throw new Error('ssh2 does not tell how it reads');
  protocol._onPayload = (payload: Buffer): unknown => {
    const result: unknown = hooks.admit(payload) === 'drop' ? undefined : Reflect.apply(handle, protocol, [payload]);
    // For false, ssh2 leaves the rest of the chunk to the caller of `_parse`.
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
    // Replaced by ssh2 itself, so looked up each time.
    const { _parse: parse } = protocol;
    if (typeof parse !== 'function') throw new Error('ssh2 does not tell how it reads');
    const handled: unknown = Reflect.apply(parse, protocol, [piece, 0, piece.length]);
    // Nothing is returned where all was handled, and infinity where the connection ended.
    at += typeof handled === 'number' ? Math.min(handled, piece.length) : piece.length;
    if (protocol._destruct === undefined) return chunk.length;
    if (isTurnOver()) break;
  }
  return at;
}

/** How many messages wait in a channel to be read; Node.js itself only tells of their bytes. */
export function unreadMessages(readable: unknown): number {
  const { _readableState: state } = readable as { readonly _readableState?: { readonly buffer?: unknown } };
  return Array.isArray(state?.buffer) ? state.buffer.length : 0;
}

/** Sends a signal to a command (RFC 4254 section 6.9). The channel's own method does nothing once its input has ended. */
export function sendSignal(channel: ClientChannel, name: string): void {
  const { _client: client, outgoing } = channel as unknown as {
    readonly _client?: { readonly _protocol?: { signal?: (id: number, name: string) => void } };
    readonly outgoing?: { readonly id?: unknown; readonly state?: unknown };
  };
  const usable = outgoing?.state === 'open' || outgoing?.state === 'eof';
  if (usable && typeof outgoing.id === 'number') client?._protocol?.signal?.(outgoing.id, name);
}
