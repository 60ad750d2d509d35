import { performance } from 'node:perf_hooks';
import type { Readable } from 'node:stream';
import type { Step } from '@gatehouse/contract/problem';
import { AppError, refuse } from '../../../../kernel/app-error.ts';
import type { CommandChannel, Connection, ExitStatus } from '../../../../protocols/protocol.ts';
import type { SessionEnd } from '../../registry/outcome.ts';
import type { LoginContext } from '../../connect/login.ts';

/** The most bytes that are kept of each output stream; the rest is read and dropped. */
const maxOutputBytes = 1024 * 1024;
/** How long a terminated command may clean up before it is killed. */
const terminationGraceMs = 1_000;

/** A command as it is sent to the server, whose shell interprets it. */
export interface Command {
  readonly command: string;
  readonly stdin?: string | undefined;
  readonly timeoutMs: number;
}

interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly truncated: boolean;
  readonly exit: ExitStatus;
}

interface Execution {
  readonly connect: (login: LoginContext) => Promise<Connection>;
  readonly command: Command;
  /** Ends the command early, with a reason. */
  readonly stop: AbortSignal;
  /** Awaited with the result before the promise of the command settles. */
  readonly onEnd: (end: SessionEnd) => Promise<void>;
}

/** Logs in, runs a command and collects its output. Throws `timed_out`, what the login throws, or the reason of `stop`. */
export async function runCommand({ connect, command, stop, onEnd }: Execution) {
  const startedMs = performance.now();
  const steps: Step[] = [];
  let end: SessionEnd = { exit: { code: null, signal: null }, why: 'internal', steps, opened: false };
  try {
    const connection = await connect({ onStep: (step) => void steps.push(step), signal: stop });
    try {
      const channel = await connection.openCommand(command.command);
      end = { ...end, opened: true };
      const result = await untilEnd(channel, command, stop);
      end = { ...end, exit: result.exit, why: 'the command ended' };
      return { ...result, durationMs: performance.now() - startedMs };
    } finally {
      await connection[Symbol.asyncDispose]();
    }
  } catch (error) {
    end = { ...end, why: error instanceof AppError ? error.code : 'internal' };
    throw error;
  } finally {
    await onEnd(end);
  }
}

async function untilEnd(
  channel: CommandChannel,
  { stdin = '', timeoutMs }: Command,
  stop: AbortSignal,
): Promise<CommandResult> {
  const stopped = Promise.withResolvers<never>();
  const onStop = () => {
    stopped.reject(stop.reason);
  };
  const timer = setTimeout(() => {
    stopped.reject(refuse('command_too_slow', { ms: timeoutMs }));
  }, timeoutMs);
  stop.addEventListener('abort', onStop, { once: true });
  if (stop.aborted) onStop();
  const finished = Promise.all([collect(channel.stdout), collect(channel.stderr), channel.exited]);
  // Output after the end is ignored.
  finished.catch(() => undefined);
  try {
    channel.stdin.end(stdin);
    const [stdout, stderr, exit] = await Promise.race([finished, stopped.promise]);
    return { stdout: stdout.text, stderr: stderr.text, truncated: stdout.truncated || stderr.truncated, exit };
  } catch (error) {
    await terminate(channel);
    throw error;
  } finally {
    clearTimeout(timer);
    stop.removeEventListener('abort', onStop);
  }
}

async function terminate(channel: CommandChannel): Promise<void> {
  channel.signal('TERM');
  const { promise: graceOver, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(resolve, terminationGraceMs, undefined);
  await Promise.race([channel.exited, graceOver]);
  clearTimeout(timer);
  channel.signal('KILL');
  channel.close();
}

async function collect(stream: Readable): Promise<{ text: string; truncated: boolean }> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const room = maxOutputBytes - bytes;
    if (room > 0) chunks.push(chunk.subarray(0, room));
    bytes += chunk.length;
  }
  return { text: Buffer.concat(chunks).toString('utf8'), truncated: bytes > maxOutputBytes };
}
