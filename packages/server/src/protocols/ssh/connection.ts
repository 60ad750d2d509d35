import { setMaxListeners } from 'node:events';
import { say } from '@gatehouse/contract/messages/message';
import type { ClientCallback, ClientChannel } from 'ssh2';
import type { Connection } from '../protocol.ts';
import { TransportError, startAttempt, type Attempt } from '../dial/attempt.ts';
import { commandChannel, listenToChannel, terminalChannel, type OpenChannel } from './channel.ts';
import type { LoggedInHop } from './hop.ts';
import { ptyModes, unreadMessages } from './ssh2-internals.ts';
import type { StepLog } from './steps.ts';

/** How long the remote ends may take to close their connections. */
const closeGraceMs = 2_000;
/**
 * ssh2 grants a window of 2 MiB and buffers as much again, but does not enforce the window: a server that ignores it (RFC 4254 section 5.2) could
 * fill the memory while nothing is read. Twice what an honest server can reach.
 */
const maxUnreadBytes = 8 * 1024 * 1024;
/** The same for small messages: one of a single byte takes some 200 bytes of memory. */
const maxUnreadMessages = 16 * 1024;

/** The hops that are logged in to, and what opening a channel needs. */
export interface Route {
  readonly jumps: readonly LoggedInHop[];
  readonly target: LoggedInHop;
  readonly channelMs: number;
  /** The log of one channel, which continues that of the login. */
  readonly startLog: () => StepLog;
}

/** Creates a connection after a login. */
export function openConnection(route: Route): Connection {
  const { startLog } = route;
  const { client, closed: targetClosed, method, stream } = route.target;
  const hops = [route.target, ...route.jumps.toReversed()];
  const closed = Promise.race([targetClosed, ...route.jumps.map((jump) => jump.closed)]);
  const gone = new AbortController();
  setMaxListeners(0, gone.signal); // one for each open channel
  const channels = new Set<ClientChannel>();
  let disposal: Promise<void> | undefined;
  const dispose = () => (disposal ??= endAll(hops));

  // If a jump host disconnects, the target does, too; if the target disconnects, the jump hosts are not needed any more.
  void closed.then(() => {
    gone.abort(new TransportError('closed'));
    return dispose();
  });
  for (const { cut } of hops)
    void cut.then(({ explanation }) => {
      startLog().record('channel', 'failed', explanation);
    });
  stream.on('data', () => {
    for (const channel of channels) if (holdsTooMuch(channel)) client.destroy();
  });

  const open = async (start: (callback: ClientCallback) => void): Promise<OpenChannel> => {
    const opened = await openChannel(start, gone.signal, route);
    const { channel } = opened;
    channels.add(channel);
    channel.once('close', () => channels.delete(channel));
    return opened;
  };
  return {
    method,
    closed,
    async openTerminal({ cols, rows, term, environment, ...input }) {
      const pty = { cols, rows, term, width: 0, height: 0, modes: ptyModes(input) };
      return terminalChannel(await open((callback) => client.shell(pty, { env: { ...environment } }, callback)));
    },
    async openCommand(command) {
      return commandChannel(await open((callback) => client.exec(command, callback)), gone.signal);
    },
    [Symbol.asyncDispose]: dispose,
  };
}

function holdsTooMuch({ stdout, stderr }: ClientChannel): boolean {
  return (
    stdout.readableLength + stderr.readableLength > maxUnreadBytes ||
    unreadMessages(stdout) + unreadMessages(stderr) > maxUnreadMessages
  );
}

/** Step `channel`. */
async function openChannel(
  start: (callback: ClientCallback) => void,
  gone: AbortSignal,
  { channelMs, startLog }: Route,
): Promise<OpenChannel> {
  const attempt = startAttempt(gone, channelMs);
  try {
    return await attempt.within(channelMs, () =>
      startLog().run(
        'channel',
        () => attempt.race(request(start, attempt, gone)),
        () => say('channel_open'),
      ),
    );
  } finally {
    attempt.end();
  }
}

/** A channel that opens too late is closed again. */
function request(start: (callback: ClientCallback) => void, attempt: Attempt, gone: AbortSignal): Promise<OpenChannel> {
  const { promise, resolve, reject } = Promise.withResolvers<OpenChannel>();
  try {
    start((error, channel) => {
      if (error) {
        reject(new TransportError('error', error));
        return;
      }
      // Writing to a channel that the server has closed must not end the process.
      channel.on('error', () => undefined);
      if (attempt.signal.aborted) channel.close();
      else resolve(listenToChannel(channel, gone));
    });
  } catch (error) {
    reject(new TransportError('error', error));
  }
  return promise;
}

/** Ends connections in the given order: the remote ones first, so that their disconnect message still gets through. Takes 2 s at most. */
export async function endAll(hops: readonly LoggedInHop[]): Promise<void> {
  const { promise: graceOver, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(resolve, closeGraceMs, undefined);
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
