import type { ClientCallback, ClientChannel } from 'ssh2';
import type { Connection } from '../protocol.ts';
import { ConnectionTrouble, startAttempt } from './attempt.ts';
import { commandChannel, terminalChannel } from './channel.ts';
import type { LoggedInHop } from './hop.ts';
import type { StepLog } from './steps.ts';

/** How long the far ends together may take to say good-bye. */
const CLOSE_GRACE_MS = 2_000;
/**
 * ssh2 grants a window of 2 MiB and buffers as much again, but does not enforce the window: a server that ignores it (RFC 4254
 * section 5.2) could fill the memory while nobody reads. Twice what an honest server can reach.
 */
const MAX_UNREAD_BYTES = 8 * 1024 * 1024;

/** The machines that let us in, and what opening a channel needs. */
export interface Route {
  readonly jumps: readonly LoggedInHop[];
  readonly target: LoggedInHop;
  readonly channelMs: number;
  /** A log that continues the login's, for one channel. */
  readonly startLog: () => StepLog;
}

/** Makes a connection of a finished login. */
export function openConnection(route: Route): Connection {
  const { jumps, target } = route;
  const hops = [target, ...jumps.toReversed()];
  const closed = Promise.race(hops.map((hop) => hop.closed));
  const channels = new Set<ClientChannel>();
  let disposal: Promise<void> | undefined;
  const dispose = () => (disposal ??= endAll(hops));

  // A jump host that goes takes the target with it, and a target that goes leaves nothing to do for the jump hosts.
  void closed.then(dispose);
  target.stream.on('data', () => {
    for (const channel of channels) {
      if (channel.readableLength + channel.stderr.readableLength > MAX_UNREAD_BYTES) target.client.destroy();
    }
  });

  const open = async (start: (callback: ClientCallback) => void): Promise<ClientChannel> => {
    const channel = await openChannel(start, closed, route);
    channels.add(channel);
    channel.once('close', () => channels.delete(channel));
    return channel;
  };
  return {
    method: target.method,
    closed,
    async openTerminal({ cols, rows, term }) {
      const channel = await open((callback) =>
        target.client.shell({ cols, rows, term, width: 0, height: 0 }, callback),
      );
      return terminalChannel(channel, closed);
    },
    async openCommand(command) {
      return commandChannel(await open((callback) => target.client.exec(command, callback)), closed);
    },
    [Symbol.asyncDispose]: dispose,
  };
}

/** Step `channel`. A channel that opens too late is closed again. */
async function openChannel(
  start: (callback: ClientCallback) => void,
  closed: Promise<void>,
  { channelMs, startLog }: Route,
): Promise<ClientChannel> {
  const attempt = startAttempt(new AbortController().signal, channelMs);
  void closed.then(() => {
    attempt.fail(new ConnectionTrouble('closed'));
  });
  const opening = () =>
    new Promise<ClientChannel>((opened) => {
      try {
        start((error, channel) => {
          if (error) {
            attempt.fail(new ConnectionTrouble('error', error));
            return;
          }
          // Writing to a channel that the server has closed is not worth the process.
          channel.on('error', () => undefined);
          if (attempt.signal.aborted) channel.close();
          else opened(channel);
        });
      } catch (error) {
        attempt.fail(new ConnectionTrouble('error', error));
      }
    });
  return attempt.within(channelMs, () =>
    startLog().run(
      'channel',
      () => attempt.race(opening()),
      () => 'The session is open.',
    ),
  );
}

/** Ends the target first, so that its good-bye still gets through the jump hosts. */
async function endAll(hops: readonly LoggedInHop[]): Promise<void> {
  const { promise: graceOver, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(resolve, CLOSE_GRACE_MS, undefined);
  try {
    for (const { client, stream, closed } of hops) {
      client.end();
      await Promise.race([closed, graceOver]);
      stream.destroy();
    }
  } finally {
    clearTimeout(timer);
  }
}
