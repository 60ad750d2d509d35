import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import ssh2, { type Algorithms, type Connection, type ServerChannel } from 'ssh2';

/** What a remote end does. All of it is harmless to a client that keeps to its limits, and bounded in bytes. */
export interface Behaviour {
  readonly algorithms?: Algorithms;
  /** Shows an RSA key of this size, which signs nothing. */
  readonly rsaKey?: { readonly bits: number; readonly exponentBits: number };
  /** Names in the list of key exchanges that mean nothing. */
  readonly meaninglessNames?: number;
  /** Sent again and again as soon as a client asks for authentication, before it is let in. */
  readonly beforeLogin?: Flood;
  /** Sent again and again to a command, which then ends with 0. */
  readonly toCommand?: Flood;
  /** Closes the connection right behind the command, as a server does that is shut down. */
  readonly leavesAfterCommand?: boolean;
  /** The largest packet that channels take. */
  readonly channelPacketBytes?: number;
}

/** Messages by their kind, and how many. */
export interface Flood {
  readonly kind:
    | 'ignore'
    | 'one byte'
    | 'global request'
    | 'channel request'
    | 'host keys'
    | 'key exchange'
    | 'banner'
    | 'no question'
    | 'announced questions';
  readonly count: number;
}

export interface StartRequest {
  readonly id: number;
  readonly behaviour: Behaviour;
}

/** What ssh2 keeps to itself, and a hostile server has to reach. */
interface Protocol {
  readonly _cipher: { allocPacket(bytes: number): Buffer; encrypt(packet: Buffer): void };
  readonly _kex?: { negotiated: { serverHostKey: string } };
  readonly _hostKeys: Record<string, unknown>;
  readonly _offer: {
    totalSize: number;
    readonly lists: { all: Buffer } & Record<'kex' | 'serverHostKey', { array: string[]; buffer: Buffer }>;
  };
  rekey(): void;
}

const batch = 20_000;
const edKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'sec1', format: 'pem' });

process.on('message', (order: StartRequest) => void obey(order));

async function obey({ id, behaviour }: StartRequest): Promise<void> {
  const { algorithms } = behaviour;
  const server = new ssh2.Server({ hostKeys: [edKey], ...(algorithms && { algorithms }) }, (connection) => {
    serve(connection, behaviour);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.send?.({ id, port: (server.address() as AddressInfo).port });
}

function serve(connection: Connection, behaviour: Behaviour): void {
  const protocol = protocolOf(connection);
  if (behaviour.meaninglessNames !== undefined) nameMore(protocol, behaviour.meaninglessNames);
  if (behaviour.rsaKey !== undefined) showRsaKey(protocol, behaviour.rsaKey);
  connection.on('error', () => undefined);
  connection.on('authentication', (context) => {
    const { beforeLogin } = behaviour;
    if (beforeLogin === undefined) context.accept();
    else if (context.method === 'none') context.reject(['keyboard-interactive']);
    else void flood(connection, beforeLogin, undefined);
  });
  connection.on('session', (accept) => {
    if (behaviour.channelPacketBytes !== undefined) confirmWith(connection, behaviour.channelPacketBytes);
    accept().on('exec', (acceptExec) => void serveCommand(connection, acceptExec(), behaviour));
  });
}

async function serveCommand(connection: Connection, channel: ServerChannel, behaviour: Behaviour): Promise<void> {
  const { toCommand, leavesAfterCommand = false } = behaviour;
  if (toCommand !== undefined) await flood(connection, toCommand, channel);
  channel.exit(0);
  channel.end();
  if (leavesAfterCommand) channel.once('finish', () => setImmediate(() => connection.end()));
}

async function flood(
  connection: Connection,
  { kind, count }: Flood,
  channel: ServerChannel | undefined,
): Promise<void> {
  const protocol = protocolOf(connection);
  const { _sock: socket } = connection as unknown as { readonly _sock: Socket };
  const { outgoing } = (channel ?? {}) as { readonly outgoing?: { readonly id: number } };
  const payload = payloads(outgoing?.id ?? 0)[kind];
  for (let sent = 0; sent < count && !socket.destroyed; sent += batch) {
    // All of a batch arrives at once, which is the hardest to share out.
    socket.cork();
    for (let at = sent; at < Math.min(count, sent + batch); at += 1)
      if (payload === undefined) await exchangeKeys(connection, socket);
      else send(protocol, payload);
    socket.uncork();
    while (socket.writableLength > 0 && !isGone(socket)) await delay(1);
  }
}

// A function, since the compiler does not know what happens while the loop waits.
function isGone(socket: Socket): boolean {
  return socket.destroyed;
}

async function exchangeKeys(connection: Connection, socket: Socket): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const done = () => {
    connection.off('rekey', done).off('close', done);
    resolve(undefined);
  };
  connection.on('rekey', done).on('close', done);
  connection.rekey();
  socket.uncork();
  await promise;
}

function payloads(channelId: number): Record<Flood['kind'], Buffer | undefined> {
  return {
    ignore: message(2, string('x')),
    'one byte': message(94, uint32(channelId), string('x')),
    'global request': message(80, string('unknown@example.com'), Buffer.from([1])),
    'channel request': message(98, uint32(channelId), string('unknown@example.com'), Buffer.from([1])),
    'host keys': message(80, string('hostkeys-00@openssh.com'), Buffer.from([0]), string('x'.repeat(64))),
    'key exchange': undefined,
    banner: message(53, string('hello\r\n'.repeat(100)), string('')),
    'no question': message(60, string(''), string(''), string(''), uint32(0)),
    'announced questions': message(60, string(''), string(''), string(''), uint32(5_000)),
  };
}

function send({ _cipher: cipher }: Protocol, payload: Buffer): void {
  const packet = cipher.allocPacket(payload.length);
  packet.set(payload, 5);
  cipher.encrypt(packet);
}

function protocolOf(connection: Connection): Protocol {
  return (connection as unknown as { readonly _protocol: Protocol })._protocol;
}

/** Replaces a list of the offer before it is sent. */
function replaceList({ _offer: offer }: Protocol, list: 'kex' | 'serverHostKey', text: string): void {
  const { lists } = offer;
  const own = lists[list].buffer;
  const at = lists.all.indexOf(own);
  lists.all = Buffer.concat([lists.all.subarray(0, at - 4), string(text), lists.all.subarray(at + own.length)]);
  offer.totalSize += Buffer.byteLength(text) - own.length;
  lists[list] = { array: text.split(','), buffer: Buffer.from(text) };
}

function nameMore(protocol: Protocol, count: number): void {
  const { array } = protocol._offer.lists.kex;
  replaceList(protocol, 'kex', [...Array.from({ length: count }, () => 'x'), ...array].join(','));
}

function showRsaKey(protocol: Protocol, { bits, exponentBits }: { bits: number; exponentBits: number }): void {
  const modulus = randomBytes(bits / 8);
  modulus[0] = 0x80;
  modulus[modulus.length - 1] = 1;
  const exponent = Buffer.alloc(exponentBits / 8, 0xff);
  const blob = Buffer.concat([string('ssh-rsa'), string(positive(exponent)), string(positive(modulus))]);
  replaceList(protocol, 'serverHostKey', 'rsa-sha2-512');
  protocol._hostKeys['rsa-sha2-512'] = {
    type: 'ssh-rsa',
    getPublicSSH: () => blob,
    sign: () => Buffer.alloc(modulus.length, 1),
  };
}

/** ssh2 confirms channels with a packet size of its own. */
function confirmWith(connection: Connection, packetBytes: number): void {
  const protocol = protocolOf(connection) as unknown as {
    channelOpenConfirm: (remote: number, local: number, window: number, packet: number) => void;
  };
  const original = protocol.channelOpenConfirm.bind(protocol);
  protocol.channelOpenConfirm = (remote, local, window) => {
    original(remote, local, window, packetBytes);
  };
}

function message(type: number, ...parts: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from([type]), ...parts]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function string(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value as string);
  return Buffer.concat([uint32(bytes.length), bytes]);
}

/** An integer whose first bit is not its sign (RFC 4251 section 5). */
function positive(integer: Buffer): Buffer {
  return Buffer.concat([Buffer.alloc(1), integer]);
}
