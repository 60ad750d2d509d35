import type { ClientChannel } from 'ssh2';
import type { CommandChannel, ExitStatus, TerminalChannel } from '../protocol.ts';
import { sendSignal } from './ssh2-internals.ts';
import { sanitize } from '../untrusted-text.ts';

const maxSignalNameLength = 32;

/** A channel with listeners from its first moment: a server may report in one packet that a command has started and how it ended. */
export interface OpenChannel {
  readonly channel: ClientChannel;
  readonly exited: Promise<ExitStatus>;
}

/** Call it in ssh2's own callback. `gone` is aborted when the connection below the channel ends. */
export function listenToChannel(channel: ClientChannel, gone: AbortSignal): OpenChannel {
  return { channel, exited: exitStatus(channel, gone) };
}

/** A shell on a pseudo-terminal. */
export function terminalChannel({ channel, exited }: OpenChannel): TerminalChannel {
  // A pseudo-terminal has one output; stderr data must not use up the window.
  channel.stderr.resume();
  return {
    stream: channel,
    exited,
    resize({ cols, rows }) {
      channel.setWindow(rows, cols, 0, 0);
    },
    close() {
      channel.close();
    },
  };
}

/** A command without a terminal. */
export function commandChannel({ channel, exited }: OpenChannel, gone: AbortSignal): CommandChannel {
  return {
    stdin: channel,
    stdout: channel,
    stderr: channel.stderr,
    exited,
    signal(name) {
      if (!gone.aborted) sendSignal(channel, name);
    },
    close() {
      channel.close();
    },
  };
}

/** Known as soon as the server reports it, also while output is unread; both are null if the connection ended first. */
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
      signal: typeof signal === 'string' ? sanitize(signal, maxSignalNameLength).replace(/^SIG/, '') : null,
    });
  });
  return promise;
}
