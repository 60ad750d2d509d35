/** How long a connection may be quiet before the server is asked whether it is still there. */
const quietMs = 5_000;
/** How long an answer may take before it is shown that there is none. */
const silentAfterMs = 3_000;
/** How long nothing at all may arrive before the connection counts as lost. */
const firstPatienceMs = 8_000;
/** On a slow link one frame may take long; each loss doubles the patience, until a ping is answered. */
const longestPatienceMs = 64_000;
/** The same for an answer while other frames arrive: the server may not receive what is sent. */
const answerPatience = 8;
const tickMs = 1_000;
/** Timers that are this late were stopped with the page or the machine; what arrived meanwhile was not read yet. */
const lateMs = 3_000;

interface HeartbeatListener {
  /** Sends a ping. */
  readonly ping: () => void;
  /** Since when the server has not answered, in milliseconds since 1970; undefined when it has. */
  readonly onSilence: (sinceMs: number | undefined) => void;
  /** The server has not answered for so long that the connection counts as lost. Called once. */
  readonly onDead: () => void;
}

/** How long the server may take to answer; shared by the successive connections to one place. */
export interface Patience {
  ms: number;
}

/** Creates the patience of a first connection. */
export function newPatience(): Patience {
  return { ms: firstPatienceMs };
}

/** Watches one connection from its opening until `stop`; browsers report a lost network only after minutes. */
export class Heartbeat {
  readonly #listener: HeartbeatListener;
  readonly #patience: Patience;
  #quiet: ReturnType<typeof setTimeout> | undefined;
  /** Runs while a ping has no answer. */
  #ticking: ReturnType<typeof setInterval> | undefined;
  /** When the oldest ping without an answer was sent. */
  #askedAtMs = 0;
  #heardAtMs = 0;
  #tickedAtMs = 0;
  #isSilent = false;

  constructor(listener: HeartbeatListener, patience: Patience) {
    this.#listener = listener;
    this.#patience = patience;
    this.#waitForQuiet();
  }

  /** Something arrived. */
  heard(): void {
    this.#heardAtMs = Date.now();
    if (this.#ticking === undefined) this.#waitForQuiet();
  }

  /** The answer to a ping arrived. */
  answered(): void {
    this.#patience.ms = firstPatienceMs;
    this.#stopTicking();
    this.heard();
    if (!this.#isSilent) return;
    this.#isSilent = false;
    this.#listener.onSilence(undefined);
  }

  /** Asks now, for example because something was sent that needs an answer. */
  ask(): void {
    clearTimeout(this.#quiet);
    if (this.#ticking !== undefined) return;
    this.#ticking = setInterval(() => {
      this.#tick();
    }, tickMs);
    this.#ping(Date.now());
  }

  stop(): void {
    clearTimeout(this.#quiet);
    this.#stopTicking();
  }

  #stopTicking(): void {
    clearInterval(this.#ticking);
    this.#ticking = undefined;
  }

  #waitForQuiet(): void {
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => {
      this.ask();
    }, quietMs);
  }

  #ping(nowMs: number): void {
    this.#askedAtMs = nowMs;
    this.#tickedAtMs = nowMs;
    this.#listener.ping();
  }

  #tick(): void {
    const nowMs = Date.now();
    const isLate = nowMs - this.#tickedAtMs > tickMs + lateMs;
    this.#tickedAtMs = nowMs;
    if (isLate) {
      this.#ping(nowMs);
      return;
    }
    if (nowMs - this.#askedAtMs >= silentAfterMs && !this.#isSilent) {
      this.#isSilent = true;
      this.#listener.onSilence(this.#askedAtMs);
    }
    if (!this.#isDead(nowMs)) return;
    this.#patience.ms = Math.min(2 * this.#patience.ms, longestPatienceMs);
    this.stop();
    this.#listener.onDead();
  }

  #isDead(nowMs: number): boolean {
    const { ms } = this.#patience;
    return nowMs - Math.max(this.#heardAtMs, this.#askedAtMs) >= ms || nowMs - this.#askedAtMs >= answerPatience * ms;
  }
}
