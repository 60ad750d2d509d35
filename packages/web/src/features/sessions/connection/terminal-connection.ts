import { rejoinConnection } from '@gatehouse/contract/connections';
import type { TerminalServerFrame } from '@gatehouse/contract/terminal-frames';
import { call } from '../../../lib/api.ts';
import { Heartbeat, newPatience } from '../../../lib/heartbeat.ts';
import { onNetworkChange, reportNetworkBack, type NetworkChange } from '../../../lib/network-changes.ts';
import { observable, type Observable } from '../../../lib/observable.ts';
import type { Size, Target } from '../terminal/target.ts';
import { createAcknowledger } from './acknowledge.ts';
import { backoffMs } from './backoff.ts';
import { bannersOf } from './banners.ts';
import { InputQueue } from './input-queue.ts';
import {
  defaultChoice,
  endSession,
  failureOf,
  isTemporary,
  openSession,
  type Choice,
  type SessionTicket,
} from './open-session.ts';
import {
  advance,
  isOver,
  wasAnyRefused,
  wasLoginRefused,
  type Failure,
  type Progress,
  type ProgressEvent,
} from './progress.ts';
import { openSocket, type TerminalSocket } from './terminal-socket.ts';
import { typedCredentials, type TypedCredential } from './typed-credentials.ts';

/** Where output goes. */
export interface Sink {
  /** `onWritten` is called when the bytes have been processed, not when they were queued. */
  readonly write: (bytes: Uint8Array, onWritten: () => void) => void;
  /** The scrollback of a joined session follows, from its beginning. */
  readonly startReplay: () => void;
}

interface TerminalConnectionOptions {
  readonly target: Target;
  /** A session to join; without it, `open` creates one. */
  readonly sessionId: number | undefined;
  readonly size: () => Size;
  /** Whether a person sees it: it is joined before hidden ones. */
  readonly isShown: () => boolean;
  readonly sink: Sink;
  readonly onSession: (sessionId: number) => void;
  /**
   * A login succeeded for which the person typed a credential that is to be stored. `wasRefused`: perhaps with another one. Resolves to the identity
   * that takes its place; undefined if there is none.
   */
  readonly onToBeSaved: (typed: ToBeSaved, wasRefused: boolean) => Promise<number | undefined>;
}

/** A typed credential that is to be stored. */
export type ToBeSaved = TypedCredential & { readonly saveAs: string };

/** After that, a request for a ticket is given up: the browser may have sent it over a connection that is dead. */
const ticketTimeoutMs = 8_000;
/** How much later hidden terminals are joined, so that the visible one is first. */
const hiddenDelayMs = 400;

/** The session does not exist (any more); the server says why if it knows. */
function goneOf(failure: Failure): Failure {
  return failure.messageCode === 'session_interrupted'
    ? { ...failure, error: 'session_interrupted' }
    : { error: 'session_gone', message: '' };
}

/** The connection of a pane to its session. After a lost socket it joins the session again. Does nothing until `open` or `join`. */
export class TerminalConnection {
  readonly progress: Observable<Progress>;
  /** How many bytes of input wait until the server reads them. */
  readonly waitingInput = observable(0);
  readonly #options: TerminalConnectionOptions;
  /** What the person chose in this pane. */
  #choice: Choice | undefined;
  /** What the latest session was opened with. */
  #usedChoice: Choice | undefined;
  #socket: TerminalSocket | undefined;
  /** Of the latest session, over all of its sockets. */
  #input: InputQueue;
  #heartbeat: Heartbeat | undefined;
  readonly #patience = newPatience();
  readonly #ignoreNetwork: () => void;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  /** The number of the current attempt: an answer to an earlier one is ignored. */
  #attempt = 0;

  constructor(options: TerminalConnectionOptions) {
    const { sessionId } = options;
    this.#options = options;
    this.#input = this.#newInput();
    this.#ignoreNetwork = onNetworkChange((change) => {
      this.#networkChanged(change);
    });
    this.progress = observable<Progress>({
      phase: { kind: 'new' },
      steps: [],
      ...(sessionId === undefined ? {} : { sessionId }),
    });
  }

  /** The username that the person typed for the latest attempt; undefined if a stored identity was used. */
  get typedUsername(): string | undefined {
    return this.#typed?.username;
  }

  /** Opens a new session, with `choice` or else the previous one; the session before it is not ended. */
  open(choice?: Choice): void {
    const { target, size, onSession } = this.#options;
    const attempt = this.#startAttempt();
    if (choice !== undefined) this.#choice = choice;
    this.#usedChoice = this.#choice ?? defaultChoice(target);
    this.#dispatch({ type: 'opening' });
    this.#input = this.#newInput();
    openSession(target.entryId, this.#usedChoice, size()).then(
      (ticket) => {
        if (attempt !== this.#attempt) {
          if (ticket !== undefined) endSession(ticket.sessionId);
        } else if (ticket === undefined) this.#dispatch({ type: 'asking' });
        else {
          onSession(ticket.sessionId);
          this.#attach(ticket);
        }
      },
      (error: unknown) => {
        if (attempt === this.#attempt) this.#dispatch({ type: 'refused', failure: failureOf(error) });
      },
    );
  }

  /** Asks the person what to log in with. */
  ask(): void {
    this.#startAttempt();
    this.#dispatch({ type: 'asking' });
  }

  /** Joins the session again, at once. */
  join(): void {
    const { sessionId } = this.progress.get();
    if (sessionId === undefined) return;
    const attempt = this.#startAttempt();
    this.#dispatch({ type: 'joining' });
    call(rejoinConnection, { params: { sessionId: String(sessionId) } }, { timeoutMs: ticketTimeoutMs }).then(
      (ticket) => {
        if (attempt === this.#attempt) this.#attach(ticket);
      },
      (error: unknown) => {
        if (attempt === this.#attempt) this.#joinFailed(failureOf(error));
      },
    );
  }

  /** Answers a question of the login. */
  answer(id: number, values: readonly string[]): void {
    this.#socket?.sendFrame({ t: 'answer', id, values: [...values] });
    this.#dispatch({ type: 'answered', id });
  }

  /** Sends input. What a socket loses is sent again with the next one; what is typed while the connection is shown as lost is dropped. */
  send(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.progress.get().phase.kind === 'lost') return;
    this.#input.send(bytes);
    // Whether it arrives is worth knowing sooner than after a quiet while.
    this.#heartbeat?.ask();
  }

  /** Drops input that waits, such as the rest of a paste. */
  cancelInput(): void {
    this.#input.clear();
  }

  resize(size: Size): void {
    this.#socket?.sendFrame({ t: 'resize', ...size });
  }

  /** Ends the session on the server, unless another window has taken it over. */
  end(): void {
    this.#startAttempt();
    const { sessionId, phase } = this.progress.get();
    if (sessionId !== undefined && !isOver(phase) && phase.kind !== 'elsewhere') endSession(sessionId);
  }

  /** Ends the session, and everything that this object does. */
  dispose(): void {
    this.#ignoreNetwork();
    this.end();
  }

  /** The person does not want to log in after all. */
  giveUp(): void {
    this.#startAttempt();
    this.#dispatch({ type: 'refused', failure: { error: 'not_connected', message: '' } });
  }

  /** Closes the socket; the session waits until a client joins it. */
  detach(): void {
    this.#startAttempt();
  }

  get #typed() {
    return this.#usedChoice !== undefined && 'direct' in this.#usedChoice ? this.#usedChoice.direct : undefined;
  }

  #dispatch(event: ProgressEvent): void {
    this.progress.set(advance(this.progress.get(), event));
    // Kept, it would be refused with every connection until the page is closed.
    if (wasLoginRefused(this.progress.get()) && this.#typed !== undefined)
      typedCredentials.forget(this.#options.target.entryId);
  }

  /** Cancels what the attempt before it waits for, and returns the number of the new one. */
  #startAttempt(): number {
    clearTimeout(this.#retryTimer);
    this.#leaveSocket();
    return ++this.#attempt;
  }

  #leaveSocket(): void {
    this.#heartbeat?.stop();
    this.#heartbeat = undefined;
    this.#input.detach();
    this.#socket?.detach();
    this.#socket = undefined;
  }

  #newInput(): InputQueue {
    return new InputQueue({ onWaiting: this.waitingInput.set, onAsk: () => this.#heartbeat?.ask() });
  }

  #attach(ticket: SessionTicket): void {
    const { sink } = this.#options;
    this.#dispatch({ type: 'prepared', sessionId: ticket.sessionId });
    const acknowledge = createAcknowledger((bytes) => {
      socket.sendFrame({ t: 'ack', bytes });
    });
    const socket = openSocket(ticket, {
      onOpen: () => {
        this.#heartbeat = this.#watch(socket);
        this.#heartbeat.ask();
      },
      onBytes: (bytes) => {
        this.#heartbeat?.heard();
        sink.write(bytes, () => {
          acknowledge(bytes.byteLength);
        });
      },
      onFrame: (frame) => {
        this.#heartbeat?.heard();
        this.#apply(frame, socket);
      },
      onClose: (code) => {
        this.#closed(code);
      },
    });
    this.#input.attach(socket);
    this.#socket = socket;
  }

  #apply(frame: TerminalServerFrame, socket: TerminalSocket): void {
    const { sink, size } = this.#options;
    if (frame.t === 'pong') {
      this.#heartbeat?.answered();
      this.#input.counted(frame.input);
      return;
    }
    const wasLost = this.progress.get().phase.kind === 'lost';
    if (frame.t === 'ready') {
      if (frame.resumed) sink.startReplay();
      else this.#showBanners();
      socket.sendFrame({ t: 'resize', ...size() });
      this.#input.ready();
    }
    this.#dispatch({ type: 'frame', frame });
    if (frame.t !== 'ready') return;
    if (wasLost) reportNetworkBack();
    void this.#saveTyped();
  }

  #watch(socket: TerminalSocket): Heartbeat {
    return new Heartbeat(
      {
        ping: () => {
          socket.sendFrame({ t: 'ping', id: Math.trunc(performance.now()), stream: this.#input.name });
        },
        onSilence: (sinceMs) => {
          this.#dispatch({ type: 'silent', sinceMs });
        },
        onDead: () => {
          socket.detach();
          this.#closed(0);
        },
      },
      this.#patience,
    );
  }

  /** What the browser reports is only a reason to look. */
  #networkChanged(change: NetworkChange): void {
    this.#heartbeat?.ask();
    const { phase } = this.progress.get();
    if (change === 'gone' || phase.kind !== 'lost') return;
    if (phase.retryAtMs !== undefined) this.#joinAfter(0);
  }

  /** Only after the login: what the server does not accept is not worth keeping. */
  async #saveTyped(): Promise<void> {
    const typed = this.#usedChoice;
    if (typed === undefined || !('direct' in typed) || typed.saveAs === undefined) return;
    const { saveAs, ...once } = typed;
    // Not again when the session is joined again.
    this.#usedChoice = once;
    if (this.#choice === typed) this.#choice = once;
    const identityId = await this.#options.onToBeSaved({ ...once, saveAs }, wasAnyRefused(this.progress.get()));
    if (identityId !== undefined && this.#choice === once) this.#choice = { identityId };
  }

  /** As ssh does: what the servers said is there when the shell begins. A replay begins with the shell. */
  #showBanners(): void {
    const banners = bannersOf(this.progress.get().steps);
    if (banners !== undefined) this.#options.sink.write(banners, () => undefined);
  }

  #joinFailed(failure: Failure): void {
    if (isTemporary(failure)) this.#closed(0);
    else this.#dispatch({ type: 'refused', failure: failure.error === 'not_found' ? goneOf(failure) : failure });
  }

  /** The socket closed, or did not open; unless the session is over, it is joined again after a while. */
  #closed(code: number): void {
    this.#leaveSocket();
    const { phase } = this.progress.get();
    const waitMs = backoffMs(phase.kind === 'lost' ? phase.attempt + 1 : 1);
    this.#dispatch({ type: 'closed', code, retryAtMs: Date.now() + waitMs });
    const { kind } = this.progress.get().phase;
    // What another window types meanwhile belongs after it.
    if (kind !== 'lost') this.#input = this.#newInput();
    else this.#joinAfter(waitMs);
  }

  #joinAfter(waitMs: number): void {
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(
      () => {
        this.join();
      },
      waitMs + (this.#options.isShown() ? 0 : hiddenDelayMs),
    );
  }
}
