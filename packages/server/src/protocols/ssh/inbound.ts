import type { Duplex } from 'node:stream';
import type { Client } from 'ssh2';
import { LoginFailure } from './hints.ts';
import { limitInbound, tooMuchBeforeLogin, type InboundState } from './inbound-limits.ts';
import { interceptInbound, type Inbound } from './ssh2-internals.ts';
import { createScheduler } from './scheduler.ts';

/** Greetings, key exchange, banners and answers of real servers together need a few KiB. */
const maxBytesBeforeLogin = 1024 * 1024;

const scheduler = createScheduler();

/**
 * Has a client, right after `connect()`, handle what its server sends in pieces: ssh2 on its own handles everything that has arrived at once, and one
 * server with many small messages would hold the event loop for seconds. What passes a limit is told to `onExcess`, and the stream is cut.
 */
export function paceInbound(client: Client, stream: Duplex, onExcess: (failure: LoginFailure) => void): void {
  const share = scheduler.join();
  let untilMs = 0;
  let rest: Buffer | undefined;
  let beforeLoginBytes = 0;
  const isWaiting = () => rest !== undefined;
  const inbound: Inbound = interceptInbound(client, {
    admit: limitInbound(stateOf(() => inbound)),
    isTurnOver: () => performance.now() >= untilMs,
    onData(chunk) {
      if (!inbound.isAuthenticated()) beforeLoginBytes += chunk.length;
      if (rest === undefined) handle(chunk, share.begin());
      else rest = Buffer.concat([rest, chunk]);
    },
  });

  function handle(chunk: Buffer, until: number): void {
    const startedMs = performance.now();
    untilMs = until;
    try {
      if (beforeLoginBytes > maxBytesBeforeLogin) throw tooMuchBeforeLogin();
      const handled = inbound.parse(chunk);
      rest = handled < chunk.length && inbound.isUsable() ? chunk.subarray(handled) : undefined;
    } catch (error) {
      rest = undefined;
      if (!(error instanceof LoginFailure)) throw error;
      onExcess(error);
      stream.destroy();
      return;
    } finally {
      share.end(startedMs);
    }
    if (rest === undefined) return;
    stream.pause();
    share.wait(goOn);
  }

  function goOn(until: number): void {
    const chunk = rest;
    rest = undefined;
    // Nothing is left once the end has come, and what was sent to a connection that was ended here does not count.
    if (chunk === undefined || !inbound.isUsable()) return;
    try {
      handle(chunk, until);
    } catch (error) {
      // As ssh2 does with what it handles itself.
      client.emit('error', error);
      stream.end();
    }
    if (!isWaiting()) stream.resume();
  }

  // An end is told while the rest of what came before it waits, and ssh2 is of no use afterwards. So the rest is handled now: a socket reads less
  // than 64 KiB at once, and no more while it is paused.
  stream.prependListener('end', () => {
    goOn(Infinity);
  });
}

/** What the limits need of a connection, which is there when the first message is. */
function stateOf(inbound: () => Inbound): InboundState {
  return {
    isAuthenticated: () => inbound().isAuthenticated(),
    method: () => inbound().method(),
    refuseGlobalRequest: () => {
      inbound().refuseGlobalRequest();
    },
    sendIgnore: () => {
      inbound().sendIgnore();
    },
  };
}
