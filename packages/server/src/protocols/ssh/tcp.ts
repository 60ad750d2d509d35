import { lookup } from 'node:dns/promises';
import type { LookupAddress } from 'node:dns';
import { connect, isIP, type Socket } from 'node:net';

/** RFC 8305 section 5: how long one address may try alone before the next one joins in. */
const STAGGER_MS = 250;
const MAX_ADDRESSES = 8;
/** The kernel notices a dead peer on its own, also while nothing is sent. */
const KEEPALIVE_DELAY_MS = 30_000;

/** All addresses of a host, families interleaved (RFC 8305 section 4). An address is its own answer. */
export async function resolve(host: string): Promise<readonly LookupAddress[]> {
  const family = isIP(host);
  if (family !== 0) return [{ address: host, family }];
  const found = await lookup(host, { all: true, order: 'verbatim' });
  const first = found[0]?.family;
  const [preferred, other] = [found.filter((a) => a.family === first), found.filter((a) => a.family !== first)];
  return preferred.flatMap((address, i) => [address, ...other.slice(i, i + 1)]).concat(other.slice(preferred.length));
}

/** Connects to whichever address answers first; fails with the error of the first address when none does. */
export function connectToAny(addresses: readonly LookupAddress[], port: number, signal: AbortSignal): Promise<Socket> {
  const { promise, resolve: win, reject } = Promise.withResolvers<Socket>();
  const waiting = addresses.slice(0, MAX_ADDRESSES);
  const trying = new Set<Socket>();
  let stagger: NodeJS.Timeout | undefined;
  let firstError: Error | undefined;

  const settle = (winner?: Socket) => {
    clearTimeout(stagger);
    waiting.length = 0;
    signal.removeEventListener('abort', onAbort);
    for (const socket of trying) if (socket !== winner) socket.destroy();
  };
  const onAbort = () => {
    settle();
    reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
  };
  const tryNext = () => {
    clearTimeout(stagger);
    const next = waiting.shift();
    if (next === undefined) return;
    const socket = connect({ host: next.address, port });
    trying.add(socket);
    // Stays for the socket's life: an error between here and the SSH client must not end the process.
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
      // Without it, Nagle's algorithm holds back each keystroke until the last one was acknowledged.
      socket.setNoDelay(true);
      socket.setKeepAlive(true, KEEPALIVE_DELAY_MS);
      settle(socket);
      win(socket);
    });
    stagger = setTimeout(tryNext, STAGGER_MS);
  };

  if (signal.aborted) onAbort();
  else {
    signal.addEventListener('abort', onAbort, { once: true });
    tryNext();
  }
  return promise;
}
