import type { Readable } from 'node:stream';
import type { Replay } from './replay.ts';
import type { Sink } from './sink.ts';

/** The most unacknowledged output of a sink; above it the server's channel is paused. */
export const windowBytes = 512 * 1024;
/**
 * The same while the sink is not read: its acknowledgements wait behind input that the server does not take, perhaps because it waits for its
 * output to be read. It exceeds the input that TCP buffers on the way by default, so that a program which prints what it reads gets on; one that
 * prints it several times over may still stop.
 */
const windowBehindInputBytes = 16 * 1024 * 1024;
/** How long a paused source stays so before its sinks are looked at again: nothing reports that one is not read any more, or has sent its output. */
const lookAgainMs = 100;
/** Without a sink, output is read in bursts with pauses, so that an endless command does not occupy a core. */
const detachedBurstBytes = 1024 * 1024;
const detachedRestMs = 100;

/** A receiver of a session's output: a client, or anything else that follows it. */
export type OutputSink = Pick<Sink, 'send' | 'queuedBytes' | 'isPaused'>;

/** Forwards the output of a session to every attached sink, unchanged and no faster than the slowest accepts it. */
export interface JoinableStream {
  /** Sends the replay, then new output. */
  attach(sink: OutputSink): void;
  detach(sink: OutputSink): void;
  /** The sink has processed this many more bytes. */
  acknowledge(sink: OutputSink, bytes: number): void;
  /** The total output so far, in bytes. */
  total(): number;
  /** Whether the source is paused until a sink acknowledges. */
  isHeld(): boolean;
}

/** Starts to read `source`; `onActivity` is called for each chunk. */
export function createJoinableStream(source: Readable, replay: Replay, onActivity: () => void): JoinableStream {
  /** The unacknowledged bytes of each sink. */
  const unacknowledged = new Map<OutputSink, number>();
  let burst = 0;
  let total = 0;
  let rest: NodeJS.Timeout | undefined;

  const isHeld = () => unacknowledged.entries().some(([sink, bytes]) => isTooMuch(sink, bytes));
  const flow = createFlow(source, isHeld);
  const send = (sink: OutputSink, chunk: Buffer) => {
    sink.send(chunk);
    const bytes = (unacknowledged.get(sink) ?? 0) + chunk.length;
    unacknowledged.set(sink, bytes);
    if (bytes > windowBytes && isTooMuch(sink, bytes)) flow.hold();
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
    replay.push(chunk);
    if (unacknowledged.size === 0) restAfterBurst(chunk.length);
    else for (const sink of unacknowledged.keys()) send(sink, chunk);
  });
  source.once('close', () => {
    clearTimeout(rest);
    flow.stop();
  });

  return {
    attach(sink) {
      clearTimeout(rest);
      unacknowledged.set(sink, 0);
      const missed = replay.read();
      flow.resumeUnlessHeld();
      if (missed.length > 0) send(sink, missed);
    },
    detach(sink) {
      if (!unacknowledged.delete(sink)) return;
      burst = 0;
      flow.resumeUnlessHeld();
    },
    acknowledge(sink, bytes) {
      const before = unacknowledged.get(sink);
      if (before === undefined) return;
      // Bytes that have not been sent cannot have been processed: a client must not gain unlimited memory by false acknowledgements.
      unacknowledged.set(sink, Math.max(sink.queuedBytes(), before - bytes));
      flow.resumeUnlessHeld();
    },
    total: () => total,
    isHeld,
  };
}

/** Whether this much unacknowledged output of a sink is a reason to wait. */
function isTooMuch(sink: OutputSink, bytes: number): boolean {
  if (!sink.isPaused()) return bytes > windowBytes / 2;
  return bytes > windowBehindInputBytes || sink.queuedBytes() > windowBytes;
}

/** Pauses a source until it is not held any more. */
function createFlow(source: Readable, isHeld: () => boolean) {
  let look: NodeJS.Timeout | undefined;
  const stop = () => {
    clearInterval(look);
    look = undefined;
  };
  const resumeUnlessHeld = () => {
    if (isHeld()) return;
    stop();
    source.resume();
  };
  const hold = () => {
    source.pause();
    look ??= setInterval(resumeUnlessHeld, lookAgainMs);
  };
  return { hold, resumeUnlessHeld, stop };
}
