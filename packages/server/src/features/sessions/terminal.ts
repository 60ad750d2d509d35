import { terminalClientFrame, type TerminalServerFrame } from '@gatehouse/contract/connections';
import type { Step } from '@gatehouse/contract/problem';
import type { WebSocket } from 'ws';
import { toAppError } from '../../kernel/http/problem.ts';
import type { ExitStatus, TerminalChannel, TerminalSize } from '../../protocols/protocol.ts';
import type { SessionEnd } from './books.ts';
import type { Company, LoggedIn } from './login.ts';
import { createOutput, type Output } from './output.ts';
import { createQuestions, type Questions } from './person.ts';

/** Input that arrives before the shell is there; more ends the socket. */
const earlyInputBytes = 64 * 1024;
/** How long output may trail behind the exit status. */
const drainMs = 2_000;
/** How long a terminal waits for the socket that it was opened for. */
const firstJoinMs = 30_000;

/** Why a socket is closed (RFC 6455 section 7.4; the 4000s are ours). */
const closeCodes = {
  exited: 1000,
  goingAway: 1001,
  badFrame: 1008,
  failed: 4000,
  takenOver: 4001,
  ended: 4002,
} as const;

type CloseReason = keyof typeof closeCodes;

interface TerminalOptions {
  readonly id: number;
  readonly size: TerminalSize;
  readonly connect: (company: Company) => Promise<LoggedIn>;
  /** How long the terminal lives without a socket, in milliseconds. */
  readonly resumeMs: number;
  readonly onOpen: (login: LoggedIn, steps: readonly Step[]) => Promise<void>;
  readonly onEnd: (end: SessionEnd) => void;
}

/** A terminal on a server. It begins to log in when the first socket joins, and outlives the loss of it. */
export class Terminal {
  readonly #options: TerminalOptions;
  readonly #abort = new AbortController();
  readonly #steps: Step[] = [];
  readonly #questions: Questions;
  #size: TerminalSize;
  #socket: WebSocket | undefined;
  #state: 'waiting' | 'connecting' | 'open' | 'ended' = 'waiting';
  #login: LoggedIn | undefined;
  #channel: TerminalChannel | undefined;
  #output: Output | undefined;
  #earlyInput: Buffer[] = [];
  #abandoned: NodeJS.Timeout | undefined;
  #lastActivityMs = Date.now();

  constructor(options: TerminalOptions) {
    this.#options = options;
    this.#size = options.size;
    this.#questions = createQuestions((frame) => {
      this.#tell(frame);
    });
    this.#waitForSocket(Math.max(options.resumeMs, firstJoinMs));
  }

  /** When bytes last went in or out, in milliseconds since 1970. */
  get lastActivityMs(): number {
    return this.#lastActivityMs;
  }

  /** Joins; whoever was joined before is sent away. */
  join(socket: WebSocket): void {
    clearTimeout(this.#abandoned);
    this.#socket?.close(closeCodes.takenOver, 'joined from elsewhere');
    this.#socket = socket;
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (this.#socket !== socket) return;
      if (isBinary) this.#input(data, socket);
      else this.#control(data.toString('utf8'), socket);
    });
    socket.once('close', () => {
      this.#left(socket);
    });
    for (const step of this.#steps) this.#tell({ t: 'step', ...step });
    for (const question of this.#questions.waiting()) this.#tell(question);
    if (this.#output !== undefined) {
      this.#tell({ t: 'ready', sessionId: this.#options.id, resumed: true });
      this.#output.attach(socket);
    }
    if (this.#state === 'waiting') void this.#start();
  }

  resize({ cols, rows }: TerminalSize): void {
    this.#size = { cols, rows };
    this.#channel?.resize(this.#size);
  }

  /** Ends it for a reason that a person reads; safe to call twice. */
  end(why: string, reason: CloseReason = 'ended'): void {
    if (this.#state === 'ended') return;
    this.#tell({ t: 'error', error: 'session_ended', message: `The session was ended: ${why}.` });
    this.#finish(reason, why);
  }

  async #start(): Promise<void> {
    this.#state = 'connecting';
    try {
      const onStep = (step: Step) => {
        this.#steps.push(step);
        this.#tell({ t: 'step', ...step });
      };
      const { connect, onOpen } = this.#options;
      this.#login = await connect({ person: this.#questions, onStep, signal: this.#abort.signal });
      this.#channel = await this.#login.connection.openTerminal({ ...this.#size, term: 'xterm-256color' });
      await onOpen(this.#login, this.#steps);
      this.#opened(this.#channel);
    } catch (error) {
      this.#failed(error);
    }
  }

  #opened(channel: TerminalChannel): void {
    if (this.#isEnded()) {
      void this.#release();
      return;
    }
    this.#state = 'open';
    this.#output = createOutput(channel.stream, () => {
      this.#touch();
    });
    const drained = new Promise((resolve) => channel.stream.once('close', resolve));
    void channel.exited.then(async (exit) => {
      await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, drainMs))]);
      this.#tell({ t: 'exit', ...exit });
      this.#finish('exited', 'the shell ended', exit);
    });
    channel.resize(this.#size);
    for (const chunk of this.#earlyInput) channel.stream.write(chunk);
    this.#earlyInput = [];
    this.#tell({ t: 'ready', sessionId: this.#options.id, resumed: false });
    if (this.#socket !== undefined) this.#output.attach(this.#socket);
  }

  #failed(error: unknown): void {
    if (this.#isEnded()) {
      void this.#release();
      return;
    }
    const known = toAppError(error);
    this.#tell({ t: 'error', error: known.code, message: known.message });
    this.#finish('failed', known.code);
  }

  #finish(reason: CloseReason, why: string, exit: ExitStatus = { code: null, signal: null }): void {
    if (this.#isEnded()) return;
    this.#state = 'ended';
    clearTimeout(this.#abandoned);
    this.#abort.abort();
    this.#socket?.close(closeCodes[reason], why.slice(0, 100));
    void this.#release();
    this.#options.onEnd({ exit, why, steps: this.#steps, opened: this.#output !== undefined });
  }

  // A method, so that the compiler does not take an earlier check for the state after an await.
  #isEnded(): boolean {
    return this.#state === 'ended';
  }

  async #release(): Promise<void> {
    this.#channel?.close();
    await this.#login?.connection[Symbol.asyncDispose]();
  }

  #input(bytes: Buffer, from: WebSocket): void {
    this.#touch();
    if (this.#output === undefined || this.#channel === undefined) {
      this.#earlyInput.push(bytes);
      const waiting = this.#earlyInput.reduce((sum, chunk) => sum + chunk.length, 0);
      if (waiting > earlyInputBytes) from.close(closeCodes.badFrame, 'too much input');
      return;
    }
    const { stream } = this.#channel;
    if (stream.write(bytes)) return;
    // The server does not read: neither do we, and TCP tells the browser.
    from.pause();
    stream.once('drain', () => {
      from.resume();
    });
  }

  #control(text: string, from: WebSocket): void {
    const frame = terminalClientFrame.safeParse(parseJson(text));
    if (!frame.success) {
      from.close(closeCodes.badFrame, 'not a frame of gatehouse.v1');
      return;
    }
    switch (frame.data.t) {
      case 'resize':
        this.resize(frame.data);
        return;
      case 'answer':
        this.#questions.answer(frame.data.id, frame.data.values);
        return;
      case 'ack':
        this.#output?.acknowledge(frame.data.bytes);
        return;
    }
  }

  #left(socket: WebSocket): void {
    if (this.#socket !== socket) return;
    this.#socket = undefined;
    this.#output?.detach();
    if (!this.#isEnded()) this.#waitForSocket(this.#options.resumeMs);
  }

  #waitForSocket(forMs: number): void {
    this.#abandoned = setTimeout(() => {
      this.end('nobody joined it');
    }, forMs);
  }

  #tell(frame: TerminalServerFrame): void {
    const socket = this.#socket;
    if (socket?.readyState === socket?.OPEN) socket?.send(JSON.stringify(frame));
  }

  #touch(): void {
    this.#lastActivityMs = Date.now();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is as wrong as JSON of another shape, and answered alike.
    return undefined;
  }
}
