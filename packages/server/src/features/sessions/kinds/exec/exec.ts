import { say } from '@gatehouse/contract/messages/message';
import type { OutputEncoding } from '@gatehouse/contract/command-output';
import { beginSession, type Opening } from '../../context.ts';
import { loginOf } from '../../connect/session-login.ts';
import { invalid } from '../../../../kernel/app-error.ts';
import { withinRequest } from '../../registry/within-request.ts';
import type { SessionKind } from '../kind.ts';
import { runCommand } from './run-command.ts';

/** A command as it is asked for. */
export interface CommandRequest {
  readonly command: string;
  /** In `encoding`, as the output is. */
  readonly stdin?: string | undefined;
  readonly encoding: OutputEncoding;
  readonly timeoutMs: number;
}

/** The result of a command, and the id of its session. */
export interface Executed extends Omit<Awaited<ReturnType<typeof runCommand>>, 'exit'> {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly sessionId: number;
}

/**
 * A command. It opens, runs and ends within its request. It gets only what the request contains, and ends with its exit status, at its time limit, or
 * for the reason of an ending.
 */
export const exec: SessionKind<Opening & CommandRequest, Executed> = {
  open(context, caller, { command, stdin = '', encoding, timeoutMs, ...opening }) {
    const input = decode(stdin, encoding);
    const begin = () => beginSession(context, caller, { ...opening, command, use: 'exec' });
    return withinRequest(context.registry, caller, begin, async (record, { stop, onLoggedIn }) => {
      const { exit, ...result } = await runCommand({
        connect: loginOf(context, record, onLoggedIn),
        command: { command, input, encoding, timeoutMs },
        stop,
        onEnd: (end) => record.ended(end),
      });
      return { ...result, exitCode: exit.code, signal: exit.signal, sessionId: record.sessionId };
    });
  },
};

function decode(stdin: string, encoding: OutputEncoding): Buffer {
  const bytes = Buffer.from(stdin, encoding);
  if (encoding === 'base64' && bytes.toString('base64') !== stdin) throw invalid('stdin', say('not_base64'));
  return bytes;
}
