import type { Readable } from 'node:stream';
import { Scrollback } from './scrollback.ts';
import type { Sink } from './sink.ts';

/** Output that a sink has not acknowledged; above it the server's channel is not read. */
const windowBytes = 512 * 1024;
const scrollbackBytes = 256 * 1024;
/** While there is no sink, output is read in bursts with rests between, so that an endless command does not eat a core. */
const detachedBurstBytes = 1024 * 1024;
const detachedRestMs = 100;

/** What takes the output of a session: a client, or anything else that follows it. */
export type OutputSink = Pick<Sink, 'send' | 'queuedBytes'>;

/** Carries the output of a session to every sink that is attached, as it is and no faster than the slowest of them takes it. */
export interface JoinableStream {
  /** Sends what was missed, then what comes. */
  attach(sink: OutputSink): void;
  detach(sink: OutputSink): void;
  /** The sink has worked off this many bytes more. */
  acknowledge(sink: OutputSink, bytes: number): void;
  /** How much came so far, in bytes. */
  total(): number;
  /** Whether more could come if a sink acknowledged what it has. */
  isHeld(): boolean;
}

/** Reads `source` from now on; `onActivity` is called for each piece. */
export function createJoinableStream(source: Readable, onActivity: () => void): JoinableStream {
  const scrollback = new Scrollback(scrollbackBytes);
  /** What each sink has not acknowledged, in bytes. */
  const unacknowledged = new Map<OutputSink, number>();
  let burst = 0;
  let total = 0;
  let rest: NodeJS.Timeout | undefined;

  const isHeld = () => unacknowledged.values().some((bytes) => bytes > windowBytes / 2);
  const send = (sink: OutputSink, chunk: Buffer) => {
    sink.send(chunk);
    const bytes = (unacknowledged.get(sink) ?? 0) + chunk.length;
    unacknowledged.set(sink, bytes);
    if (bytes > windowBytes) source.pause();
  };
  const resumeUnlessHeld = () => {
    if (!isHeld()) source.resume();
  };
  const restAfterBurst = (bytes: number) => {
    burst += bytes;
    if (burst < detachedBurstBytes) return;
    burst = 0;
    source.pause();
    rest = setTimeout(() => source.resume(), detachedRestMs);
  };
  source.on('data', (chunk: Buffer) => {
    onActivity();
    total += chunk.length;
    scrollback.push(chunk);
    if (unacknowledged.size === 0) restAfterBurst(chunk.length);
    else for (const sink of unacknowledged.keys()) send(sink, chunk);
  });
  source.once('close', () => {
    clearTimeout(rest);
  });

  return {
    attach(sink) {
      clearTimeout(rest);
      unacknowledged.set(sink, 0);
      const missed = scrollback.read();
      resumeUnlessHeld();
      if (missed.length > 0) send(sink, missed);
    },
    detach(sink) {
      if (!unacknowledged.delete(sink)) return;
      burst = 0;
      resumeUnlessHeld();
    },
    acknowledge(sink, bytes) {
      const before = unacknowledged.get(sink);
      if (before === undefined) return;
      // What has not even left cannot have been worked off: a client must not lie its way to endless memory.
      unacknowledged.set(sink, Math.max(sink.queuedBytes(), before - bytes));
      resumeUnlessHeld();
    },
    total: () => total,
    isHeld,
  };
}
