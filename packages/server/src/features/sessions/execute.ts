import type { Readable } from 'node:stream';
import { performance } from 'node:perf_hooks';
import type { Step } from '@gatehouse/contract/problem';
import { AppError } from '../../kernel/app-error.ts';
import type { Connection, ExitStatus } from '../../protocols/protocol.ts';
import type { SessionEnd } from './books.ts';
import type { Company, LoggedIn } from './login.ts';

/** Most bytes kept of each output stream; the rest is read and dropped. */
const maxOutputBytes = 1024 * 1024;

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

/**
 * Logs in, runs a command and collects what it says; `stop` ends it early with its own reason. `onEnd` is awaited with how it went before
 * the result or the error comes back.
 */
export async function execute(
  connect: (company: Company) => Promise<LoggedIn>,
  command: Command,
  stop: AbortSignal,
  onEnd: (end: SessionEnd) => Promise<void>,
): Promise<CommandResult & { readonly durationMs: number }> {
  const startedMs = performance.now();
  const steps: Step[] = [];
  let end: SessionEnd = { exit: { code: null, signal: null }, why: 'internal', steps, opened: false };
  try {
    const { connection } = await connect({ onStep: (step) => void steps.push(step), signal: stop });
    end = { ...end, opened: true };
    try {
      const result = await runCommand(connection, command, stop);
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

async function runCommand(connection: Connection, command: Command, stop: AbortSignal): Promise<CommandResult> {
  const channel = await connection.openCommand(command.command);
  const signal = AbortSignal.any([stop, AbortSignal.timeout(command.timeoutMs)]);
  const stopped = new Promise<never>((_, reject) => {
    const end = () => {
      channel.close();
      const reason: unknown = signal.reason;
      reject(reason instanceof AppError ? reason : new AppError('timed_out', 'The command did not end in time.'));
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
  channel.stdin.end(command.stdin ?? '');
  const finished = Promise.all([collect(channel.stdout), collect(channel.stderr), channel.exited]);
  // Whichever of the two is late must not end the process.
  finished.catch(() => undefined);
  stopped.catch(() => undefined);
  const [stdout, stderr, exit] = await Promise.race([finished, stopped]);
  return { stdout: stdout.text, stderr: stderr.text, truncated: stdout.truncated || stderr.truncated, exit };
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
