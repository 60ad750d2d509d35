import type { Client } from 'ssh2';

/** What ssh2 keeps to itself of the packets that it writes. Its version is pinned. */
interface Internals {
  readonly _protocol?: {
    /** Set while keys are exchanged: packets are queued in clear text until that is over. */
    readonly _kexinit?: unknown;
    readonly _packetRW?: { readonly write?: PacketWriter };
  };
}

interface PacketWriter {
  alloc?: unknown;
}

const lengthBytes = 4;

/**
 * Runs `send`, in which ssh2 writes packets with the secrets and encrypts them, and overwrites the secrets in the clear text of those packets
 * afterwards: ssh2 leaves that to the garbage collector, which overwrites nothing. Inside of `send`, ssh2 takes buffers wherever it asks for
 * text in a packet. While keys are exchanged the packets are needed later, and are left as they are.
 */
export function sendSecrets(client: Client, secrets: readonly Buffer[], send: () => void): void {
  // Not in the library's types, and nothing but the library makes a Client.
  const { _protocol: protocol } = client as unknown as Internals;
  const writer = protocol?._packetRW?.write;
  const alloc = writer?.alloc;
  if (writer === undefined || typeof alloc !== 'function') throw new Error('ssh2 does not tell how it writes packets');
  const packets: Buffer[] = [];
  writer.alloc = (...args: unknown[]) => {
    const packet: unknown = Reflect.apply(alloc, writer, args);
    if (!Buffer.isBuffer(packet)) throw new Error('ssh2 does not write packets into buffers');
    takeBuffersAsText(packet);
    packets.push(packet);
    return packet;
  };
  try {
    send();
  } finally {
    writer.alloc = alloc;
    if (protocol?._kexinit === undefined) for (const packet of packets) wipe(packet, secrets);
  }
}

/** Strings cannot be overwritten, and ssh2 has no other way to write an answer. */
function takeBuffersAsText(packet: Buffer): void {
  const { utf8Write } = packet as unknown as { readonly utf8Write?: unknown };
  if (typeof utf8Write !== 'function') throw new Error('Node.js does not tell how it writes text');
  const write = (text: unknown, ...where: [at: number, length: number]): unknown =>
    Buffer.isBuffer(text)
      ? text.copy(packet, where[0], 0, where[1])
      : Reflect.apply(utf8Write, packet, [text, ...where]);
  Object.defineProperty(packet, 'utf8Write', { value: write });
}

/** A secret stands behind its length (RFC 4251 section 5), which tells a short one from other bytes of the packet. */
function wipe(packet: Buffer, secrets: readonly Buffer[]): void {
  for (const secret of secrets) {
    if (secret.length === 0) continue;
    for (let at = packet.indexOf(secret); at >= 0; at = packet.indexOf(secret, at + 1))
      if (at >= lengthBytes && packet.readUInt32BE(at - lengthBytes) === secret.length)
        packet.fill(0, at, at + secret.length);
  }
}
