import { beginSession, type Opening } from '../../context.ts';
import { connect } from '../../connect/login.ts';
import { withinRequest } from '../../registry/within-request.ts';
import type { SessionKind } from '../kind.ts';
import { runCommand, type Command } from './run-command.ts';

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
export const exec: SessionKind<Opening & Command, Executed> = {
  open(context, caller, { command, stdin, timeoutMs, ...opening }) {
    const begin = () => beginSession(context, caller, { ...opening, command, use: 'exec' });
    return withinRequest(context.registry, caller, begin, async (record, { stop, onLoggedIn }) => {
      const { exit, ...result } = await runCommand({
        connect: async (login) => {
          try {
            const connection = await connect(context, record, login);
            onLoggedIn();
            return connection;
          } finally {
            record.login.direct?.credential.forget();
          }
        },
        command: { command, stdin, timeoutMs },
        stop,
        onEnd: (end) => record.ended(end),
      });
      return { ...result, exitCode: exit.code, signal: exit.signal, sessionId: record.sessionId };
    });
  },
};
