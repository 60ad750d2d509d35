import type { ClientChannel } from 'ssh2';
import type { CommandChannel, ExitStatus, TerminalChannel } from '../protocol.ts';
import { sendSignal } from './ssh2-internals.ts';
import { showable } from './untrusted-text.ts';

const MAX_SIGNAL_NAME_LENGTH = 32;

/** A shell on a pseudo-terminal. `gone` is aborted when the connection below it ends. */
export function terminalChannel(channel: ClientChannel, gone: AbortSignal): TerminalChannel {
  // A pseudo-terminal has one output; what a server sends apart from it must not use up the window.
  channel.stderr.resume();
  return {
    stream: channel,
    exited: exitStatus(channel, gone),
    resize({ cols, rows }) {
      channel.setWindow(rows, cols, 0, 0);
    },
    close() {
      channel.close();
    },
  };
}

/** A command without a terminal. */
export function commandChannel(channel: ClientChannel, gone: AbortSignal): CommandChannel {
  return {
    stdin: channel,
    stdout: channel,
    stderr: channel.stderr,
    exited: exitStatus(channel, gone),
    signal(name) {
      if (!gone.aborted) sendSignal(channel, name);
    },
    close() {
      channel.close();
    },
  };
}

/** Known as soon as the server says it, also while output is still unread; both are null when the connection ended first. */
function exitStatus(channel: ClientChannel, gone: AbortSignal): Promise<ExitStatus> {
  const { promise, resolve } = Promise.withResolvers<ExitStatus>();
  const settle = (status: ExitStatus) => {
    gone.removeEventListener('abort', onGone);
    resolve(status);
  };
  const onGone = () => {
    settle({ code: null, signal: null });
  };
  gone.addEventListener('abort', onGone, { once: true });
  channel.once('close', onGone);
  channel.once('exit', (code: unknown, signal: unknown) => {
    settle({
      code: typeof code === 'number' ? code : null,
      signal: typeof signal === 'string' ? showable(signal, MAX_SIGNAL_NAME_LENGTH).replace(/^SIG/, '') : null,
    });
  });
  return promise;
}
