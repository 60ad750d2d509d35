import type { Sink } from '../../stream/sink.ts';

/** How many streams of input are remembered: that of the current client, and of some that it replaced. */
const maxStreams = 8;
/** How often a client that is not read is told so; clients wait for at least 10 seconds. */
const repeatMs = 4_000;

/** The most unread bytes of a client that is still answered; the window of output is smaller. */
const maxUnreadBytes = 1024 * 1024;

/** What is known of a client that has joined. */
interface Pinger {
  stream: string | undefined;
  /** Of this socket alone. */
  input: number;
  /** Of the latest ping; undefined before the first one. */
  id: number | undefined;
}

/** Counts the input of each client, and answers its pings with the count. */
export interface Pings {
  /** Input of a client was taken. */
  count(from: Sink, bytes: number): void;
  answer(from: Sink, id: number, stream: string | undefined): void;
  forget(client: Sink): void;
}

/**
 * A client that lost its socket continues its stream of input with the next one, and sends again what was not counted. A client whose input the
 * server does not read, because the program takes none, gets the latest answer again and again: its next ping waits behind the input.
 */
export function createPings(): Pings {
  const pingers = new Map<Sink, Pinger>();
  const streams = new Map<string, number>();
  let repeating: NodeJS.Timeout | undefined;

  const pingerOf = (client: Sink) => {
    const known = pingers.get(client) ?? { stream: undefined, input: 0, id: undefined };
    pingers.set(client, known);
    return known;
  };
  const keep = (stream: string, bytes: number) => {
    // The latest one last, so that the first one is the oldest.
    streams.delete(stream);
    streams.set(stream, bytes);
    const [oldest] = streams.keys();
    if (streams.size > maxStreams && oldest !== undefined) streams.delete(oldest);
  };
  const tell = (client: Sink, { id, stream, input }: Pinger) => {
    if (id === undefined || client.queuedBytes() > maxUnreadBytes) return;
    client.tell({ t: 'pong', id, input: stream === undefined ? input : (streams.get(stream) ?? 0) });
  };
  const repeat = () => {
    for (const [client, pinger] of pingers) if (client.isPaused()) tell(client, pinger);
  };
  return {
    count(from, bytes) {
      const pinger = pingerOf(from);
      pinger.input += bytes;
      if (pinger.stream !== undefined) keep(pinger.stream, (streams.get(pinger.stream) ?? 0) + bytes);
    },
    answer(from, id, stream) {
      const pinger = pingerOf(from);
      pinger.id = id;
      if (stream !== undefined && stream !== pinger.stream) {
        // What this socket sent before it named the stream belongs to it, too.
        keep(stream, (streams.get(stream) ?? 0) + (pinger.stream === undefined ? pinger.input : 0));
        pinger.stream = stream;
      }
      tell(from, pinger);
      repeating ??= setInterval(repeat, repeatMs);
    },
    forget(client) {
      pingers.delete(client);
      if (pingers.size > 0) return;
      clearInterval(repeating);
      repeating = undefined;
    },
  };
}
