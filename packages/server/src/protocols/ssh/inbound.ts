import type { Duplex } from 'node:stream';
import type { Client } from 'ssh2';
import { LoginFailure } from './hints.ts';
import { limitInbound, tooMuchBeforeLogin, type Admit, type InboundState } from './inbound-limits.ts';
import { interceptInbound, type Inbound } from './ssh2-internals.ts';
import { createScheduler } from './scheduler.ts';

/** Banner, key exchange and answers of real servers together need a few KiB. */
const maxBytesBeforeLogin = 1024 * 1024;

const scheduler = createScheduler();

/** What happens while input is processed. */
export interface InboundEvents {
  /** A message has arrived. */
  readonly onMessage: () => void;
  /** A limit is exceeded; the stream is cut afterwards. */
  readonly onExcess: (failure: LoginFailure) => void;
}

/**
 * Makes a client process input in pieces; call it right after `connect()`. ssh2 itself processes everything that has arrived at once, and one server
 * with many small messages would block the event loop for seconds.
 */
export function paceInbound(client: Client, stream: Duplex, { onMessage, onExcess }: InboundEvents): void {
  const share = scheduler.join();
  let untilMs = 0;
  let rest: Buffer | undefined;
  let beforeLoginBytes = 0;
  const isWaiting = () => rest !== undefined;
  const inbound: Inbound = interceptInbound(client, {
    admit: announce(limitInbound(stateOf(() => inbound)), onMessage),
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
    // Ignored after the end, and for connections that were ended here.
    if (chunk === undefined || !inbound.isUsable()) return;
    try {
      handle(chunk, until);
    } catch (error) {
      // As ssh2 handles errors itself.
      client.emit('error', error);
      stream.end();
    }
    if (!isWaiting()) stream.resume();
  }

  // An end is reported while earlier input waits, and ssh2 is unusable afterwards. So the rest is handled now: a socket reads less than 64 KiB at
  // once, and no more while it is paused.
  stream.prependListener('end', () => {
    goOn(Infinity);
  });
}

/** Tells of each message before it is checked. */
function announce(admit: Admit, onMessage: () => void): Admit {
  return (payload) => {
    onMessage();
    return admit(payload);
  };
}

/** The state of a connection for the limits, available at the first message. */
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
