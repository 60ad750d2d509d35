import type { Client } from 'ssh2';

/** Internals of ssh2's packet writer. Its version is pinned. */
interface Internals {
  readonly _protocol?: {
    /** Set during a key exchange: packets are queued in clear text until it is over. */
    readonly _kexinit?: unknown;
    readonly _packetRW?: { readonly write?: PacketWriter };
  };
}

interface PacketWriter {
  alloc?: unknown;
}

const lengthBytes = 4;

/**
 * Runs `send`, in which ssh2 writes and encrypts packets with secrets, and then overwrites the secrets in the clear text of those packets: ssh2
 * leaves them to the garbage collector, which overwrites nothing. In `send`, ssh2 accepts buffers wherever a packet contains text. During a key
 * exchange the packets are still needed, and are left unchanged.
 */
export function sendSecrets(client: Client, secrets: readonly Buffer[], send: () => void): void {
  // Not in the library's types; only the library creates a Client.
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

/** A secret follows its length (RFC 4251 section 5), which distinguishes a short one from other bytes of the packet. */
function wipe(packet: Buffer, secrets: readonly Buffer[]): void {
  for (const secret of secrets) {
    if (secret.length === 0) continue;
    for (let at = packet.indexOf(secret); at >= 0; at = packet.indexOf(secret, at + 1))
      if (at >= lengthBytes && packet.readUInt32BE(at - lengthBytes) === secret.length)
        packet.fill(0, at, at + secret.length);
  }
}
