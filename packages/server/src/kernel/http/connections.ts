import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** How many connections there may be at once. */
export interface ConnectionLimits {
  readonly max: number;
  /** How many of these are reserved for signed-in clients. */
  readonly reserved: number;
}

interface Options {
  /** Read at each connection. */
  readonly limits: () => ConnectionLimits;
  /** Whether a request of the connection is being answered. */
  readonly isAnswering: (socket: Socket) => boolean;
}

/** What to call when a connection is used by a caller for the first time. */
const promotions = new WeakMap<Duplex, () => void>();

/** Marks a connection as used by a caller: it counts against the reserved ones, and anonymous connections are closed before it. */
export function keepForCaller(socket: Duplex): void {
  promotions.get(socket)?.();
}

/**
 * Bounds the connections of the servers that are passed to the result. Above the limit, the newest connection is accepted and another one closed: an
 * anonymous one of the address that has most of these, preferably an idle one. So neither anonymous connections nor a single address keep others out.
 */
export function createConnectionLimit({ limits, isAnswering }: Options): (server: Server) => void {
  const anonymous = createGroups();
  const signedIn = new Set<Socket>();
  const webSockets = new WeakSet<Duplex>();
  const isIdle = (socket: Socket) => !webSockets.has(socket) && !isAnswering(socket);

  function isFull(): boolean {
    const { max, reserved } = limits();
    return anonymous.size() >= max - reserved || anonymous.size() + signedIn.size >= max;
  }

  function closeOne(): boolean {
    const group = anonymous.largest();
    const victim = group?.values().find(isIdle) ?? group?.values().next().value ?? signedIn.values().find(isIdle);
    if (victim === undefined) return false;
    anonymous.delete(victim);
    signedIn.delete(victim);
    victim.destroy();
    return true;
  }

  function accept(socket: Socket): void {
    if (isFull() && !closeOne()) {
      socket.destroy();
      return;
    }
    anonymous.add(socket);
    promotions.set(socket, () => {
      promotions.delete(socket);
      if (anonymous.delete(socket)) signedIn.add(socket);
    });
    socket.once('close', () => {
      promotions.delete(socket);
      anonymous.delete(socket);
      signedIn.delete(socket);
    });
  }

  return (server) => {
    server.on('connection', accept);
    server.on('upgrade', (_request, socket) => {
      webSockets.add(socket);
    });
  };
}

/** Sockets by remote address, in the order of connection. */
function createGroups() {
  const groups = new Map<string, Set<Socket>>();
  // A closed socket has no address.
  const addresses = new Map<Socket, string>();
  return {
    size: () => addresses.size,
    add(socket: Socket): void {
      const { remoteAddress = '' } = socket;
      addresses.set(socket, remoteAddress);
      const group = groups.get(remoteAddress);
      if (group === undefined) groups.set(remoteAddress, new Set([socket]));
      else group.add(socket);
    },
    delete(socket: Socket): boolean {
      const address = addresses.get(socket);
      if (address === undefined) return false;
      addresses.delete(socket);
      const group = groups.get(address);
      group?.delete(socket);
      if (group?.size === 0) groups.delete(address);
      return true;
    },
    largest(): ReadonlySet<Socket> | undefined {
      let largest: Set<Socket> | undefined;
      for (const group of groups.values()) if (group.size > (largest?.size ?? 0)) largest = group;
      return largest;
    },
  };
}
