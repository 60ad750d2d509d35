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

/** The input of a client. */
export interface PacedInbound {
  /** Begins to process it; until then, it is kept. */
  readonly release: () => void;
}

/**
 * Makes a client process input in pieces; call it right after `connect()`. ssh2 itself processes everything that has arrived at once, and one server
 * with many small messages would block the event loop for seconds.
 */
export function paceInbound(client: Client, stream: Duplex, events: InboundEvents): PacedInbound {
  const pacing = new Pacing(client, stream, events);
  return {
    release: () => {
      pacing.release();
    },
  };
}

class Pacing {
  readonly #client: Client;
  readonly #stream: Duplex;
  readonly #onExcess: InboundEvents['onExcess'];
  readonly #share = scheduler.join();
  readonly #inbound: Inbound;
  #untilMs = 0;
  /** What waits to be processed. */
  #rest: Buffer | undefined;
  #isHeld = true;
  #beforeLoginBytes = 0;

  constructor(client: Client, stream: Duplex, { onMessage, onExcess }: InboundEvents) {
    this.#client = client;
    this.#stream = stream;
    this.#onExcess = onExcess;
    this.#inbound = interceptInbound(client, {
      admit: announce(limitInbound(stateOf(() => this.#inbound)), onMessage),
      isTurnOver: () => performance.now() >= this.#untilMs,
      onData: (chunk) => {
        this.#receive(chunk);
      },
    });
    // An end is reported while earlier input waits, and ssh2 is unusable afterwards. So the rest is handled now: a socket reads less than 64 KiB at
    // once, and no more while it is paused.
    stream.prependListener('end', () => {
      this.#isHeld = false;
      this.#goOn(Infinity);
    });
  }

  release(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    this.#goOn(this.#share.begin());
  }

  #receive(chunk: Buffer): void {
    if (!this.#inbound.isAuthenticated()) this.#beforeLoginBytes += chunk.length;
    if (this.#rest !== undefined) this.#rest = Buffer.concat([this.#rest, chunk]);
    else if (this.#isHeld) this.#rest = chunk;
    else this.#handle(chunk, this.#share.begin());
  }

  #handle(chunk: Buffer, untilMs: number): void {
    const startedMs = performance.now();
    this.#untilMs = untilMs;
    try {
      if (this.#beforeLoginBytes > maxBytesBeforeLogin) throw tooMuchBeforeLogin();
      const handled = this.#inbound.parse(chunk);
      this.#rest = handled < chunk.length && this.#inbound.isUsable() ? chunk.subarray(handled) : undefined;
    } catch (error) {
      this.#rest = undefined;
      if (!(error instanceof LoginFailure)) throw error;
      this.#onExcess(error);
      this.#stream.destroy();
      return;
    } finally {
      this.#share.end(startedMs);
    }
    if (this.#rest === undefined) return;
    this.#stream.pause();
    this.#share.wait((next) => {
      this.#goOn(next);
    });
  }

  #goOn(untilMs: number): void {
    const chunk = this.#rest;
    this.#rest = undefined;
    // Ignored after the end, and for connections that were ended here.
    if (chunk === undefined || !this.#inbound.isUsable()) return;
    try {
      this.#handle(chunk, untilMs);
    } catch (error) {
      // As ssh2 handles errors itself.
      this.#client.emit('error', error);
      this.#stream.end();
    }
    if (!this.#isWaiting()) this.#stream.resume();
  }

  // A method, because the compiler would otherwise assume that an earlier assignment still holds.
  #isWaiting(): boolean {
    return this.#rest !== undefined;
  }
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
