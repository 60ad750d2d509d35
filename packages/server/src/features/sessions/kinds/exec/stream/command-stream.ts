import { commandClientFrame } from '@gatehouse/contract/command-frames';
import { say } from '@gatehouse/contract/messages/message';
import type { Step } from '@gatehouse/contract/problem';
import { toAppError } from '../../../../../kernel/http/problem.ts';
import type { Logger } from '../../../../../kernel/logger.ts';
import type { CommandChannel, Connection, ExitStatus } from '../../../../../protocols/protocol.ts';
import type { LoginContext } from '../../../connect/login.ts';
import type { Ending } from '../../../registry/live-session.ts';
import type { SessionEnd } from '../../../registry/outcome.ts';
import { ticketLifetimeMs } from '../../../registry/tickets.ts';
import type { CloseReason, Sink, Transport } from '../../../stream/sink.ts';
import { endingFrame, problemFrame } from '../../error-frames.ts';
import { lostCommand, terminate } from '../run-command.ts';
import { createCommandInput } from './input.ts';
import { CommandOutputFlow } from './output.ts';

const noExit: ExitStatus = { code: null, signal: null };

interface CommandStreamOptions {
  readonly id: number;
  readonly command: string;
  readonly now: () => Date;
  readonly logger: Logger;
  readonly connect: (login: LoginContext) => Promise<Connection>;
  /** Called once. */
  readonly onEnd: (end: SessionEnd) => void;
}

/** A command whose one client carries its input and output. It begins to log in when the client joins, and ends when that disconnects. */
export class CommandStream {
  readonly #options: CommandStreamOptions;
  readonly #abort = new AbortController();
  readonly #steps: Step[] = [];
  readonly #input = createCommandInput();
  readonly #firstJoin: NodeJS.Timeout;
  #client: Sink | undefined;
  #isEnded = false;
  #hasExited = false;
  #connection: Connection | undefined;
  #channel: CommandChannel | undefined;
  #output: CommandOutputFlow | undefined;
  #lastActivityMs: number;

  constructor(options: CommandStreamOptions) {
    this.#options = options;
    this.#lastActivityMs = options.now().getTime();
    this.#firstJoin = setTimeout(() => {
      this.end({ cause: 'abandoned', why: say('ended_by_absence') });
    }, ticketLifetimeMs);
  }

  /** When bytes were last sent or received, in milliseconds since 1970. */
  lastActivityMs(): number {
    return this.#lastActivityMs;
  }

  /** Whether a client can still join. */
  isWaiting(): boolean {
    return this.#client === undefined && !this.#isEnded;
  }

  join(transport: Transport): void {
    clearTimeout(this.#firstJoin);
    const client = transport({
      onBytes: (bytes) => {
        this.#touch();
        this.#input.push(bytes, client);
      },
      onControl: (message) => {
        this.#control(message, client);
      },
      onLost: () => {
        this.end({ cause: 'abandoned', why: say('ended_by_client') });
      },
    });
    this.#client = client;
    if (this.#hasEnded()) client.close('ended', say('closed_by_session_end'));
    else void this.#run(client);
  }

  /** Ends it for a reason that is shown to a person; safe to call twice. */
  end({ cause, why }: Ending): void {
    if (this.#isEnded) return;
    this.#client?.tell(endingFrame(why));
    this.#finish(cause === 'shutdown' ? 'goingAway' : 'ended', why);
  }

  #control(message: unknown, from: Sink): void {
    const frame = commandClientFrame.safeParse(message);
    if (!frame.success) from.reject(say('closed_for_unknown_frame'));
    else if (frame.data.t === 'end') this.#input.end();
    else if (frame.data.t === 'ack') this.#output?.acknowledge(frame.data.bytes);
    else this.#channel?.signal(frame.data.name);
  }

  async #run(client: Sink): Promise<void> {
    try {
      const { connect, command } = this.#options;
      const onStep = (step: Step) => {
        this.#steps.push(step);
        client.tell({ t: 'step', ...step });
      };
      const connection = await connect({ onStep, signal: this.#abort.signal });
      this.#connection = connection;
      const channel = await connection.openCommand(command);
      this.#channel = channel;
      // It may have ended while the server answered; then nothing else ends the command.
      if (this.#hasEnded()) await this.#release();
      else await this.#untilExit(channel, connection, client);
    } catch (error) {
      await this.#failed(error);
    }
  }

  async #untilExit(channel: CommandChannel, connection: Connection, client: Sink): Promise<void> {
    this.#touch();
    client.tell({ t: 'ready', sessionId: this.#options.id, resumed: false });
    const output = new CommandOutputFlow(channel, client, () => {
      this.#touch();
    });
    this.#output = output;
    this.#input.open(channel.stdin);
    const exit = await channel.exited;
    this.#hasExited = true;
    await output.drain(() => this.#isEnded);
    if (this.#hasEnded()) return;
    if (exit.code === null && exit.signal === null) throw await lostCommand(connection.closed);
    client.tell({ t: 'exit', ...exit });
    this.#finish('exited', say('ended_by_command'), exit);
  }

  async #failed(error: unknown): Promise<void> {
    const { id, logger } = this.#options;
    if (this.#hasEnded()) {
      await this.#release();
      return;
    }
    const known = toAppError(error);
    if (known.code === 'internal') logger.error({ err: error, sessionId: id }, 'a command failed');
    this.#client?.tell(problemFrame(known));
    this.#finish('failed', known.code);
  }

  #finish(reason: CloseReason, why: SessionEnd['why'], exit: ExitStatus = noExit): void {
    this.#isEnded = true;
    clearTimeout(this.#firstJoin);
    this.#abort.abort();
    this.#client?.close(reason, why);
    const opened = this.#output !== undefined;
    void this.#release().then(() => {
      this.#options.onEnd({ exit, why, steps: this.#steps, opened, isLost: why === 'connection_lost' });
    });
  }

  // A method, because the compiler would otherwise assume that an earlier check still holds after an await.
  #hasEnded(): boolean {
    return this.#isEnded;
  }

  /** Never rejects. */
  async #release(): Promise<void> {
    const { id, logger } = this.#options;
    try {
      if (this.#hasExited) this.#channel?.close();
      else if (this.#channel !== undefined) await terminate(this.#channel);
      await this.#connection?.[Symbol.asyncDispose]();
    } catch (error) {
      logger.warn({ err: error, sessionId: id }, 'a connection did not close well');
    }
  }

  #touch(): void {
    this.#lastActivityMs = this.#options.now().getTime();
  }
}
