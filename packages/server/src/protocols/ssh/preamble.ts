import type { Readable } from 'node:stream';

/** The algorithm lists of a server's KEXINIT (RFC 4253 section 7.1) that decide about a login. */
export interface ServerOffer {
  readonly kex: readonly string[];
  readonly serverHostKey: readonly string[];
  readonly cipher: readonly string[];
  readonly hmac: readonly string[];
}

/** What a server says before encryption starts. It is not authenticated: good to explain a failure, never to decide. */
export interface Preamble {
  /** Resolves to the identification line (RFC 4253 section 4.2). */
  readonly identification: Promise<string>;
  offer(): ServerOffer | undefined;
}

/** Greeting, identification and KEXINIT of real servers together need less than 5 KiB. */
const MAX_BYTES = 64 * 1024;
const KEXINIT = 20;
const PACKET_HEADER_BYTES = 5;
const COOKIE_BYTES = 16;

/** Listens beside the SSH client, which has to be attached already: the client decides when the stream flows. */
export function listenToPreamble(stream: Readable, onTooLong: () => void): Preamble {
  const { promise: identification, resolve } = Promise.withResolvers<string>();
  let received: Buffer = Buffer.alloc(0);
  let offer: ServerOffer | undefined;

  const onData = (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    const line = /^SSH-[^\n]*\n/m.exec(received.toString('latin1'));
    if (line) {
      resolve(line[0].trimEnd());
      offer = readKexInit(received.subarray(line.index + line[0].length));
    }
    const full = received.length > MAX_BYTES;
    if (full && !line) onTooLong();
    if (full || offer) stream.off('data', onData);
  };
  stream.on('data', onData);
  return {
    identification,
    offer: () => offer,
  };
}

/** Reads the lists out of the first binary packet (RFC 4253 section 6), once it has come whole. */
function readKexInit(packet: Buffer): ServerOffer | undefined {
  if (packet.length < PACKET_HEADER_BYTES || packet.length < 4 + packet.readUInt32BE(0)) return undefined;
  if (packet[PACKET_HEADER_BYTES] !== KEXINIT) return undefined;
  let at = PACKET_HEADER_BYTES + 1 + COOKIE_BYTES;
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
