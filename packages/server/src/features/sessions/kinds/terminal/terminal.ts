import { say } from '@gatehouse/contract/messages/message';
import type { Step } from '@gatehouse/contract/problem';
import { toAppError } from '../../../../kernel/http/problem.ts';
import type { Logger } from '../../../../kernel/logger.ts';
import type {
  Connection,
  ExitStatus,
  TerminalChannel,
  TerminalEnvironment,
  TerminalSize,
} from '../../../../protocols/protocol.ts';
import type { LoginContext } from '../../connect/login.ts';
import { createQuestions } from '../../connect/person.ts';
import type { SessionEnd } from '../../registry/outcome.ts';
import type { Ending } from '../../registry/live-session.ts';
import { createClients, type JoinMode } from '../../stream/clients.ts';
import { createJoinableStream, type JoinableStream } from '../../stream/joinable-stream.ts';
import type { CloseReason, Transport } from '../../stream/sink.ts';
import { ticketLifetimeMs } from '../../registry/tickets.ts';
import { endingFrame, problemFrame } from '../error-frames.ts';
import { inUtf8, type CharacterOptions } from './characters/streams.ts';
import { control, type Controlled } from './control.ts';
import { watchDrain, type Drain } from './drain.ts';
import { createInput } from './input.ts';
import { createPings } from './pings.ts';
import { TerminalReplay } from './replay/terminal-replay.ts';
import { createResizing, type Resizing } from './resizing.ts';

const noExit: ExitStatus = { code: null, signal: null };
const abandoned: Ending = { cause: 'abandoned', why: say('ended_by_absence') };

interface TerminalOptions {
  readonly id: number;
  readonly size: TerminalSize;
  readonly environment: TerminalEnvironment;
  readonly characters: CharacterOptions;
  /** How long the terminal lives without a client, in milliseconds. */
  readonly resumeMs: () => number;
  readonly now: () => Date;
  readonly logger: Logger;
  readonly connect: (login: LoginContext) => Promise<Connection>;
  /** Called once. */
  readonly onEnd: (end: SessionEnd) => void;
}

/** A terminal on a server. It begins to log in when the first client joins, and continues when clients disconnect. */
export class Terminal {
  readonly #options: TerminalOptions;
  readonly #abort = new AbortController();
  readonly #steps: Step[] = [];
  readonly #input = createInput();
  readonly #pings = createPings();
  readonly #replay = new TerminalReplay();
  readonly #resizing: Resizing;
  readonly #questions = createQuestions((frame) => {
    this.#clients.tell(frame);
  });
  readonly #clients = createClients({
    onBytes: (bytes, from) => {
      this.#touch();
      this.#pings.count(from, bytes.length);
      this.#input.push(bytes, from);
    },
    onControl: (message, from) => {
      control(this.#controlled, message, from);
    },
    onGone: (client) => {
      this.#pings.forget(client);
      this.#output?.detach(client);
    },
    onAbandoned: () => {
      this.end(abandoned);
    },
  });
  readonly #controlled: Controlled = {
    resize: (size) => {
      this.resize(size);
    },
    answer: (...answer) => {
      this.#questions.answer(...answer);
    },
    acknowledge: (...acknowledged) => this.#output?.acknowledge(...acknowledged),
    ping: (...ping) => {
      this.#pings.answer(...ping);
    },
  };
  #state: 'waiting' | 'connecting' | 'open' | 'ended' = 'waiting';
  #connection: Connection | undefined;
  #channel: TerminalChannel | undefined;
  #output: JoinableStream | undefined;
  #lastActivityMs: number;

  constructor(options: TerminalOptions) {
    this.#options = options;
    this.#resizing = createResizing(options.size);
    this.#lastActivityMs = options.now().getTime();
    this.#clients.expectFor(() => (this.#state === 'waiting' ? ticketLifetimeMs : options.resumeMs()));
  }

  /** When bytes were last sent or received, in milliseconds since 1970. */
  lastActivityMs(): number {
    return this.#lastActivityMs;
  }

  /** Joins a client; the first one begins the login. */
  join(transport: Transport, mode: JoinMode = 'instead'): void {
    const client = this.#clients.join(transport, mode);
    if (this.#isEnded()) {
      this.#clients.close('ended', say('closed_by_session_end'));
      return;
    }
    for (const step of this.#steps) client.tell({ t: 'step', ...step });
    for (const question of this.#questions.waiting()) client.tell(question);
    if (this.#output !== undefined) {
      client.tell({ t: 'ready', sessionId: this.#options.id, resumed: true });
      this.#output.attach(client);
      if (this.#replay.needsRedraw()) this.#resizing.redraw();
    }
    if (this.#state === 'waiting') void this.#start();
  }

  resize(size: TerminalSize): void {
    this.#resizing.to(size);
  }

  /** Ends it for a reason that is shown to a person; safe to call twice. */
  end({ cause, why }: Ending): void {
    if (this.#isEnded()) return;
    this.#clients.tell(endingFrame(why));
    this.#finish(cause === 'shutdown' ? 'goingAway' : 'ended', why);
  }

  async #start(): Promise<void> {
    this.#state = 'connecting';
    const onStep = (step: Step) => {
      this.#steps.push(step);
      this.#clients.tell({ t: 'step', ...step });
    };
    try {
      const { connect, environment } = this.#options;
      this.#connection = await connect({ person: this.#questions, onStep, signal: this.#abort.signal });
      this.#channel = await this.#connection.openTerminal({ ...this.#resizing.current(), ...environment });
    } catch (error) {
      this.#failed(error);
      return;
    }
    // The terminal may have ended while the server answered; then nothing else closes the channel.
    if (this.#isEnded()) this.#release();
    else this.#opened(this.#channel);
  }

  #opened(channel: TerminalChannel): void {
    this.#state = 'open';
    this.#touch();
    const { output: source, input } = inUtf8(channel.stream, this.#options.characters);
    const output = createJoinableStream(source, this.#replay, () => {
      this.#touch();
    });
    this.#output = output;
    void this.#untilExit(channel.exited, watchDrain(source), output);
    this.#resizing.open(channel);
    this.#input.open(input);
    this.#clients.tell({ t: 'ready', sessionId: this.#options.id, resumed: false });
    for (const client of this.#clients.all()) output.attach(client);
  }

  async #untilExit(exited: Promise<ExitStatus>, drained: Drain, output: JoinableStream): Promise<void> {
    const exit = await exited;
    await drained(output, () => this.#isEnded());
    this.#clients.tell({ t: 'exit', ...exit });
    const isLost = exit.code === null && exit.signal === null;
    this.#finish('exited', say(isLost ? 'ended_by_connection' : 'ended_by_shell'), exit);
  }

  #failed(error: unknown): void {
    const { id, logger } = this.#options;
    if (this.#isEnded()) {
      this.#release();
      return;
    }
    const known = toAppError(error);
    if (known.code === 'internal') logger.error({ err: error, sessionId: id }, 'a terminal could not be opened');
    this.#clients.tell(problemFrame(known));
    this.#finish('failed', known.code);
  }

  #finish(reason: CloseReason, why: SessionEnd['why'], exit: ExitStatus = noExit): void {
    if (this.#isEnded()) return;
    this.#state = 'ended';
    this.#resizing.stop();
    this.#abort.abort();
    this.#clients.close(reason, why);
    this.#release();
    this.#options.onEnd({ exit, why, steps: this.#steps, opened: this.#output !== undefined });
  }

  // A method, because the compiler would otherwise assume that an earlier check still holds after an await.
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

  #touch(): void {
    this.#lastActivityMs = this.#options.now().getTime();
  }
}
