import { lookup } from 'node:dns/promises';
import type { LookupAddress } from 'node:dns';
import { connect, isIP, type Socket } from 'node:net';
import type { EgressCheck } from '../protocol.ts';
import { destinationDenied, type Destination } from './destination.ts';

/** RFC 8305 section 5: how long one address is tried alone before the next one is tried, too. */
const staggerMs = 250;
const maxAddresses = 8;
/** The kernel detects a dead peer by itself, also while nothing is sent. */
const keepaliveDelayMs = 30_000;

/** The allowed addresses of a destination. Throws `destination_denied` if there are none; a denied name is not looked up. */
export async function lookUp(to: Destination, egress: EgressCheck): Promise<readonly LookupAddress[]> {
  if (!(await egress({ ...to, from: 'gateway' }))) throw destinationDenied(to);
  const permitted: LookupAddress[] = [];
  for (const found of await resolve(to.host))
    if (await egress({ ...to, address: found.address, from: 'gateway' })) permitted.push(found);
  if (permitted.length === 0) throw destinationDenied(to);
  return permitted;
}

/** All addresses of a host, families interleaved (RFC 8305 section 4). An address resolves to itself. */
async function resolve(host: string): Promise<readonly LookupAddress[]> {
  const family = isIP(host);
  if (family !== 0) return [{ address: host, family }];
  const found = await lookup(host, { all: true, order: 'verbatim' });
  const first = found[0]?.family;
  const [preferred, other] = [found.filter((a) => a.family === first), found.filter((a) => a.family !== first)];
  return preferred.flatMap((address, i) => [address, ...other.slice(i, i + 1)]).concat(other.slice(preferred.length));
}

interface Connecting {
  readonly to: Destination;
  readonly addresses: readonly LookupAddress[];
  readonly egress: EgressCheck;
  readonly signal: AbortSignal;
}

/** Connects to the address that answers first; fails with the error of the first address if none does. */
export function connectToAny({ to, addresses, egress, signal }: Connecting): Promise<Socket> {
  const { promise, resolve: win, reject } = Promise.withResolvers<Socket>();
  const waiting = addresses.slice(0, maxAddresses);
  const trying = new Set<Socket>();
  let stagger: NodeJS.Timeout | undefined;
  let firstError: Error | undefined;

  const settle = (winner?: Socket) => {
    clearTimeout(stagger);
    waiting.length = 0;
    signal.removeEventListener('abort', onAbort);
    for (const socket of trying) if (socket !== winner) socket.destroy();
    trying.clear();
  };
  const onAbort = () => {
    settle();
    reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
  };
  const tryNext = () => {
    clearTimeout(stagger);
    const next = waiting.shift();
    if (next === undefined) return;
    const socket = connect({ host: next.address, port: to.port });
    trying.add(socket);
    // Stays for the socket's life: an error before the SSH client listens must not end the process.
    socket.on('error', (error) => {
      firstError ??= error;
      if (!trying.delete(socket)) return;
      if (waiting.length > 0) tryNext();
      else if (trying.size === 0) {
        settle();
        reject(firstError);
      }
    });
    socket.once('connect', () => {
      void verifyPeer(socket, to, egress).then(
        () => {
          // Another address may have connected meanwhile.
          if (!trying.has(socket)) return;
          settle(socket);
          win(socket);
        },
        (error: unknown) => socket.destroy(error instanceof Error ? error : undefined),
      );
    });
    stagger = setTimeout(tryNext, staggerMs);
  };

  if (signal.aborted) onAbort();
  else {
    signal.addEventListener('abort', onAbort, { once: true });
    tryNext();
  }
  return promise;
}

/** Checks the address that the operating system really connected to, and configures the socket. */
async function verifyPeer(socket: Socket, to: Destination, egress: EgressCheck): Promise<void> {
  const { remoteAddress } = socket;
  if (remoteAddress === undefined || !(await egress({ ...to, address: remoteAddress, from: 'gateway' })))
    throw destinationDenied(to);
  // Without it, Nagle's algorithm delays each keystroke until the last one was acknowledged.
  socket.setNoDelay(true);
  socket.setKeepAlive(true, keepaliveDelayMs);
}
