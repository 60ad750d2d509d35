import type { Readable } from 'node:stream';

/** The algorithm lists of a server's KEXINIT (RFC 4253 section 7.1) that matter for a login. */
export interface ServerOffer {
  readonly kex: readonly string[];
  readonly serverHostKey: readonly string[];
  readonly cipher: readonly string[];
  readonly hmac: readonly string[];
}

/** What a server sends before encryption starts. It is not authenticated: use it to explain a failure, never to decide whether a connection is safe. */
export interface Preamble {
  /** Resolves to the identification line (RFC 4253 section 4.2). */
  readonly identification: Promise<string>;
  offer(): ServerOffer | undefined;
  /** What came instead of an identification. */
  refusal(): Refusal;
}

/** `none`: nothing came. `other` is not looked at: it may be another service, which callers must not read. */
export type Refusal = 'none' | 'busy' | 'penalty' | 'other';

/** The lines of sshd before it closes a connection, without an identification. */
const refusals: ReadonlyMap<string, Refusal> = new Map([
  ['Exceeded MaxStartups', 'busy'],
  // PerSourcePenalties of OpenSSH 9.8.
  ['Not allowed at this time', 'penalty'],
]);

/** Identification and KEXINIT of real servers together need less than 5 KiB. */
const usualBytes = 5 * 1024;
const maxBytes = 64 * 1024;
const lineFeed = 10;
const kexInitMessage = 20;
const packetHeaderBytes = 5;
const cookieBytes = 16;

/** What happens while it is read. */
export interface PreambleEvents {
  /** 64 KiB are read without an identification. */
  readonly onTooLong: () => void;
  /** Called once: the lists are read, or absent among the first 64 KiB. */
  readonly onEnd: (offer: ServerOffer | undefined) => void;
}

/** Listens in addition to the SSH client, which must be attached already: the client decides when the stream flows. */
export function listenToPreamble(stream: Readable, { onTooLong, onEnd }: PreambleEvents): Preamble {
  const { promise: identification, resolve } = Promise.withResolvers<string>();
  let received = Buffer.alloc(usualBytes);
  let length = 0;
  /** The beginning of the first unprocessed line. */
  let lineStart = 0;
  /** The position up to which its end was searched. */
  let searched = 0;
  let packetStart: number | undefined;
  let offer: ServerOffer | undefined;
  let refusal: Refusal = 'none';

  const findIdentification = () => {
    const seen = received.subarray(0, length);
    for (;;) {
      const end = seen.indexOf(lineFeed, searched);
      searched = end === -1 ? length : end + 1;
      if (end === -1) return;
      const line = seen.toString('latin1', lineStart, searched);
      lineStart = searched;
      if (!line.startsWith('SSH-')) {
        refusal = refusals.get(line.trimEnd()) ?? refusal;
        continue;
      }
      packetStart = searched;
      resolve(line.trimEnd());
      return;
    }
  };
  const onData = (chunk: Buffer) => {
    const isTooLong = length + chunk.length > maxBytes;
    if (length + chunk.length > received.length) received = grow(received, length + chunk.length);
    length += chunk.copy(received, length);
    if (refusal === 'none') refusal = 'other';
    if (packetStart === undefined) findIdentification();
    if (packetStart !== undefined) offer = readKexInit(received.subarray(packetStart, length));
    if (isTooLong && packetStart === undefined) onTooLong();
    if (!isTooLong && offer === undefined) return;
    stream.off('data', onData);
    received = Buffer.alloc(0);
    if (packetStart !== undefined) onEnd(offer);
  };
  stream.on('data', onData);
  return {
    identification,
    offer: () => offer,
    refusal: () => refusal,
  };
}

/** Doubles the size each time, so that all growth together copies each byte about once. */
function grow(full: Buffer, needed: number): Buffer<ArrayBuffer> {
  const grown = Buffer.alloc(Math.min(maxBytes, Math.max(needed, 2 * full.length)));
  full.copy(grown);
  return grown;
}

/** Reads the lists from the first binary packet (RFC 4253 section 6), once it is complete. */
function readKexInit(packet: Buffer): ServerOffer | undefined {
  if (packet.length < packetHeaderBytes || packet.length < 4 + packet.readUInt32BE(0)) return undefined;
  if (packet[packetHeaderBytes] !== kexInitMessage) return undefined;
  let at = packetHeaderBytes + 1 + cookieBytes;
  const nextList = () => {
    if (at + 4 > packet.length) return [];
    const start = at + 4;
    at = start + packet.readUInt32BE(at);
    return packet.toString('latin1', start, at).split(',');
  };
  const [kex, serverHostKey, cipher] = [nextList(), nextList(), nextList()];
  nextList(); // encryption towards us: no server differs
  return { kex, serverHostKey, cipher, hmac: nextList() };
}
