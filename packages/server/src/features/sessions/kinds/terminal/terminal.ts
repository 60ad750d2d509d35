import type { TerminalClientFrame } from '@gatehouse/contract/connections';
import type { Step } from '@gatehouse/contract/problem';
import type { WebSocket } from 'ws';
import { toAppError } from '../../../../kernel/http/problem.ts';
import type { Logger } from '../../../../kernel/logger.ts';
import type { Connection, ExitStatus, TerminalChannel, TerminalSize } from '../../../../protocols/protocol.ts';
import type { SessionEnd } from '../../registry/record.ts';
import { createInput } from './input.ts';
import type { Ending } from '../../registry/registry.ts';
import type { Company } from '../../connect/login.ts';
import { createOutput, type Output } from '../../stream/joinable-stream.ts';
import { createQuestions, type Questions } from '../../connect/person.ts';
import { createWire, type CloseReason, type Wire } from '../../transports/websocket/websocket-sink.ts';

/** How long output may stand still behind the exit status before the rest is given up. */
const drainMs = 2_000;
/** The same, in times `drainMs`, while it is the client that has not acknowledged what came before. */
const slowClientRounds = 15;
/** How long a terminal waits for the socket that it was opened for; its first ticket lives as long. */
const firstJoinMs = 30_000;
/** A window that is dragged changes its size with every frame; the server hears of the latest this often. */
const resizeEveryMs = 50;

const nobodyJoined: Ending = { cause: 'abandoned', words: 'nobody joined it in time' };

interface TerminalOptions {
  readonly id: number;
  readonly size: TerminalSize;
  /** How long the terminal lives without a socket, in milliseconds. */
  readonly resumeMs: () => number;
  readonly now: () => Date;
  readonly logger: Logger;
  readonly connect: (company: Company) => Promise<Connection>;
  /** Called once. */
  readonly onEnd: (end: SessionEnd) => void;
}

/** A terminal on a server. It begins to log in when the first socket joins, and outlives the loss of it. */
export class Terminal {
  readonly #options: TerminalOptions;
  readonly #abort = new AbortController();
  readonly #steps: Step[] = [];
  readonly #questions: Questions;
  readonly #input = createInput();
  #state: 'waiting' | 'connecting' | 'open' | 'ended' = 'waiting';
  #size: TerminalSize;
  #resizing: NodeJS.Timeout | undefined;
  #wire: Wire | undefined;
  #connection: Connection | undefined;
  #channel: TerminalChannel | undefined;
  #output: Output | undefined;
  #abandoned: NodeJS.Timeout | undefined;
  #lastActivityMs: number;

  constructor(options: TerminalOptions) {
    this.#options = options;
    this.#size = options.size;
    this.#lastActivityMs = options.now().getTime();
    this.#questions = createQuestions((frame) => this.#wire?.tell(frame));
    this.#waitForSocket(firstJoinMs);
  }

  /** When bytes last went in or out, in milliseconds since 1970. */
  lastActivityMs(): number {
    return this.#lastActivityMs;
  }

  /** Joins; whoever was joined before is sent away. */
  join(socket: WebSocket): void {
    clearTimeout(this.#abandoned);
    this.#wire?.close('takenOver', 'joined from elsewhere');
    const wire = createWire(socket, {
      onBytes: (bytes) => {
        this.#touch();
        this.#input.push(bytes, wire);
      },
      onFrame: (frame) => {
        this.#obey(frame);
      },
      onLost: () => {
        this.#lost();
      },
    });
    if (this.#isEnded()) {
      wire.close('ended', 'the session has ended');
      return;
    }
    this.#wire = wire;
    for (const step of this.#steps) wire.tell({ t: 'step', ...step });
    for (const question of this.#questions.waiting()) wire.tell(question);
    if (this.#output !== undefined) {
      wire.tell({ t: 'ready', sessionId: this.#options.id, resumed: true });
      this.#output.attach(wire);
    }
    if (this.#state === 'waiting') void this.#start();
  }

  resize(size: TerminalSize): void {
    this.#size = size;
    if (this.#resizing !== undefined) return;
    this.#channel?.resize(size);
    this.#resizing = setTimeout(() => {
      this.#resizing = undefined;
      if (this.#size !== size) this.resize(this.#size);
    }, resizeEveryMs);
  }

  /** Ends it for a reason that a person reads; safe to call twice. */
  end({ cause, words }: Ending): void {
    if (this.#isEnded()) return;
    this.#wire?.tell({ t: 'error', error: 'session_ended', message: `The session was ended: ${words}.` });
    this.#finish(cause === 'shutdown' ? 'goingAway' : 'ended', words);
  }

  async #start(): Promise<void> {
    this.#state = 'connecting';
    const onStep = (step: Step) => {
      this.#steps.push(step);
      this.#wire?.tell({ t: 'step', ...step });
    };
    try {
      const { connect } = this.#options;
      this.#connection = await connect({ person: this.#questions, onStep, signal: this.#abort.signal });
      this.#channel = await this.#connection.openTerminal({ ...this.#size, term: 'xterm-256color' });
    } catch (error) {
      this.#failed(error);
      return;
    }
    // It may have been ended while the server answered, and then nobody else lets go of what came of it.
    if (this.#isEnded()) this.#release();
    else this.#opened(this.#channel);
  }

  #opened(channel: TerminalChannel): void {
    this.#state = 'open';
    this.#touch();
    this.#output = createOutput(channel.stream, () => {
      this.#touch();
    });
    void this.#untilExit(channel, this.#output);
    channel.resize(this.#size);
    this.#input.open(channel.stream);
    this.#wire?.tell({ t: 'ready', sessionId: this.#options.id, resumed: false });
    if (this.#wire !== undefined) this.#output.attach(this.#wire);
  }

  async #untilExit(channel: TerminalChannel, output: Output): Promise<void> {
    const closed = new Promise<'closed'>((resolve) => {
      channel.stream.once('close', () => {
        resolve('closed');
      });
    });
    const exit = await channel.exited;
    await this.#drained(closed, output);
    this.#wire?.tell({ t: 'exit', ...exit });
    const isLost = exit.code === null && exit.signal === null;
    this.#finish('exited', isLost ? 'the connection to the server ended' : 'the shell ended', exit);
  }

  /** The status may overtake output that is still on its way to a slow client. */
  async #drained(closed: Promise<'closed'>, output: Output): Promise<void> {
    let still = 0;
    while (still < (output.isHeld() ? slowClientRounds : 1) && !this.#isEnded()) {
      const seen = output.total();
      if ((await Promise.race([closed, pause(drainMs)])) === 'closed') return;
      still = output.total() === seen ? still + 1 : 0;
    }
  }

  #failed(error: unknown): void {
    const { id, logger } = this.#options;
    if (this.#isEnded()) {
      this.#release();
      return;
    }
    const known = toAppError(error);
    if (known.code === 'internal') logger.error({ err: error, sessionId: id }, 'a terminal could not be opened');
    const { hostKey } = known.facts;
    this.#wire?.tell({ t: 'error', error: known.code, message: known.message, ...(hostKey && { hostKey }) });
    this.#finish('failed', known.code);
  }

  #finish(reason: CloseReason, why: string, exit: ExitStatus = { code: null, signal: null }): void {
    if (this.#isEnded()) return;
    this.#state = 'ended';
    clearTimeout(this.#abandoned);
    clearTimeout(this.#resizing);
    this.#abort.abort();
    this.#wire?.close(reason, why);
    this.#release();
    this.#options.onEnd({ exit, why, steps: this.#steps, opened: this.#output !== undefined });
  }

  // A method, so that the compiler does not take an earlier check for the state after an await.
  #isEnded(): boolean {
    return this.#state === 'ended';
  }

  #release(): void {
    const { id, logger } = this.#options;
    this.#channel?.close();
    this.#connection?.[Symbol.asyncDispose]().then(undefined, (error: unknown) => {
      logger.warn({ err: error, sessionId: id }, 'a connection did not close well');
    });
  }

  #obey(frame: TerminalClientFrame): void {
    switch (frame.t) {
      case 'resize':
        this.resize(frame);
        return;
      case 'answer':
        this.#questions.answer(frame.id, frame.values);
        return;
      case 'ack':
        this.#output?.acknowledge(frame.bytes);
        return;
    }
  }

  #lost(): void {
    this.#wire = undefined;
    this.#output?.detach();
    if (!this.#isEnded()) this.#waitForSocket(this.#options.resumeMs());
  }

  #waitForSocket(forMs: number): void {
    this.#abandoned = setTimeout(() => {
      this.end(nobodyJoined);
    }, forMs);
  }

  #touch(): void {
    this.#lastActivityMs = this.#options.now().getTime();
  }
}

function pause(ms: number): Promise<'paused'> {
  return new Promise((resolve) => setTimeout(resolve, ms, 'paused').unref());
}
