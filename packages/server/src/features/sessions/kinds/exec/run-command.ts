import { performance } from 'node:perf_hooks';
import type { CommandOutput, OutputEncoding } from '@gatehouse/contract/command-output';
import { codedFields } from '@gatehouse/contract/messages/answer-fields';
import { say } from '@gatehouse/contract/messages/message';
import type { Step } from '@gatehouse/contract/problem';
import { AppError, refuse } from '../../../../kernel/app-error.ts';
import type { CommandChannel, Connection, ExitStatus } from '../../../../protocols/protocol.ts';
import { happensWithin } from '../happens-within.ts';
import { OutputCollector } from './output.ts';
import type { SessionEnd } from '../../registry/outcome.ts';
import type { LoginContext } from '../../connect/login.ts';

/** How long a terminated command may clean up before it is killed. */
const terminationGraceMs = 1_000;

/** A lost connection ends its channels first, and itself a moment later. */
const connectionEndMs = 500;

/** A command as it is sent to the server, whose shell interprets it. */
export interface Command {
  readonly command: string;
  readonly input: Buffer;
  /** Of the output. */
  readonly encoding: OutputEncoding;
  readonly timeoutMs: number;
}

interface CommandResult extends CommandOutput {
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

/**
 * Logs in, runs a command and collects what it prints. Throws `timed_out` and `connection_lost`, both with the output so far, what the login throws,
 * or the reason of `stop`.
 */
export async function runCommand({ connect, command, stop, onEnd }: Execution) {
  const startedMs = performance.now();
  const steps: Step[] = [];
  let end: SessionEnd = { exit: { code: null, signal: null }, why: 'internal', steps, opened: false };
  try {
    const connection = await connect({ onStep: (step) => void steps.push(step), signal: stop });
    try {
      const channel = await connection.openCommand(command.command);
      end = { ...end, opened: true };
      const result = await untilEnd(channel, { ...command, gone: connection.closed }, stop);
      if (demandsPasswordChange(result)) steps.push(passwordChangeStep());
      end = { ...end, exit: result.exit, why: say('ended_by_command') };
      return { ...result, durationMs: performance.now() - startedMs };
    } finally {
      await connection[Symbol.asyncDispose]();
    }
  } catch (error) {
    const why = error instanceof AppError ? error.code : 'internal';
    end = { ...end, why, isLost: why === 'connection_lost' };
    throw error;
  } finally {
    await onEnd(end);
  }
}

/** What sshd prints instead of running a command if the password has expired. */
const changeRequired = 'Password change required but no TTY available.';

function demandsPasswordChange({ exit, stderr, encoding }: CommandResult): boolean {
  return exit.code === 1 && Buffer.from(stderr, encoding).includes(changeRequired);
}

function passwordChangeStep(): Step {
  return {
    step: 'channel',
    status: 'failed',
    ms: 0,
    ...codedFields('detail', say('password_change_required')),
    ...codedFields('hint', say('password_change_hint')),
  };
}

interface RunningCommand extends Command {
  /** Resolves when the connection is lost. */
  readonly gone: Promise<void>;
}

async function untilEnd(
  channel: CommandChannel,
  { input, encoding, timeoutMs, gone }: RunningCommand,
  stop: AbortSignal,
): Promise<CommandResult> {
  const output = new OutputCollector(channel.stdout, channel.stderr);
  const stopped = Promise.withResolvers<never>();
  const onStop = () => {
    stopped.reject(stop.reason);
  };
  const timer = setTimeout(() => {
    stopped.reject(refuse('command_too_slow', { ms: timeoutMs }, { facts: { output: output.collected(encoding) } }));
  }, timeoutMs);
  stop.addEventListener('abort', onStop, { once: true });
  if (stop.aborted) onStop();
  try {
    channel.stdin.end(input);
    const exit = await Promise.race([channel.exited, stopped.promise]);
    await Promise.race([output.drain(), stopped.promise]);
    if (exit.code === null && exit.signal === null) throw await lostCommand(gone, output.collected(encoding));
    return { ...output.collected(encoding), exit };
  } catch (error) {
    await terminate(channel);
    throw error;
  } finally {
    clearTimeout(timer);
    stop.removeEventListener('abort', onStop);
  }
}

/** What happened to a command without an exit status; it is unknown how it ended, or whether it did: ssh(1) exits with 255. */
export async function lostCommand(gone: Promise<void>, output?: CommandOutput): Promise<AppError> {
  const isGone = await happensWithin(gone, connectionEndMs);
  return refuse(isGone ? 'command_connection_lost' : 'command_without_exit_status', output && { facts: { output } });
}

/** Ends a command: first it is asked to end, then it is killed. */
export async function terminate(channel: CommandChannel): Promise<void> {
  channel.signal('TERM');
  await happensWithin(channel.exited, terminationGraceMs);
  channel.signal('KILL');
  channel.close();
}
