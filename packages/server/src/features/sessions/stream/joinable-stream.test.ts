import { PassThrough } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { TerminalReplay } from '../kinds/terminal/replay/terminal-replay.ts';
import { createJoinableStream, type JoinableStream, type OutputSink } from './joinable-stream.ts';

const KiB = 1024;
const windowBytes = 512 * KiB;

/** Counts what it gets; nothing is queued in this process, unless `queued` says so. */
class CountingSink implements OutputSink {
  text = '';
  bytes = 0;
  queued = 0;
  paused = false;

  send(chunk: Buffer): void {
    this.bytes += chunk.length;
    if (chunk.length < KiB) this.text += chunk.toString();
  }

  queuedBytes(): number {
    return this.queued;
  }

  isPaused(): boolean {
    return this.paused;
  }
}

let source: PassThrough;
let stream: JoinableStream;

beforeEach(() => {
  source = new PassThrough({ highWaterMark: 16 * 1024 * KiB });
  stream = createJoinableStream(source, new TerminalReplay(), () => undefined);
});

/** Writes this many bytes, and lets them be read. */
async function write(what: string | number): Promise<void> {
  if (typeof what === 'string') source.write(what);
  else for (let sent = 0; sent < what; sent += 64 * KiB) source.write(Buffer.alloc(64 * KiB));
  await settle();
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await nextTurn();
}

function attached(): CountingSink {
  const sink = new CountingSink();
  stream.attach(sink);
  return sink;
}

describe('a stream that several sinks have joined', () => {
  test('carries the same to all of them, and what was missed to one that comes later', async () => {
    const first = attached();
    await write('one ');
    const second = attached();
    await write('two');
    expect([first.text, second.text, stream.total()]).toEqual(['one two', 'one two', 7]);
  });

  test('sends no more to one that is detached', async () => {
    const [first, second] = [attached(), attached()];
    stream.detach(first);
    await write('hello');
    expect([first.text, second.text]).toEqual(['', 'hello']);
  });

  test('is read on while the acknowledgements of a sink wait behind its input, as far as its output leaves', async () => {
    const sink = attached();
    await write(2 * windowBytes);
    expect(stream.isHeld()).toBe(true);
    sink.paused = true;
    await expect.poll(() => sink.bytes).toBe(2 * windowBytes);
    sink.queued = windowBytes + 1;
    await write(windowBytes);
    expect(stream.isHeld()).toBe(true);
    sink.queued = 0;
    await write(16 * 1024 * KiB);
    await expect.poll(() => sink.bytes).toBe(16 * 1024 * KiB + 64 * KiB);
    sink.paused = false;
    expect(stream.isHeld()).toBe(true);
    stream.acknowledge(sink, sink.bytes);
    await expect.poll(() => sink.bytes).toBe(stream.total());
    expect(stream.isHeld()).toBe(false);
  });

  test('is read no faster than the slowest of them acknowledges', async () => {
    const [quick, slow] = [attached(), attached()];
    await write(2 * windowBytes);
    stream.acknowledge(quick, quick.bytes);
    await settle();
    expect(quick.bytes).toBe(windowBytes + 64 * KiB);
    expect(stream.isHeld()).toBe(true);
    stream.acknowledge(slow, slow.bytes);
    await settle();
    expect([quick.bytes, slow.bytes]).toEqual([2 * windowBytes, 2 * windowBytes]);
  });

  test('goes on when the one that held it is gone', async () => {
    const [quick, slow] = [attached(), attached()];
    await write(2 * windowBytes);
    stream.acknowledge(quick, quick.bytes);
    stream.detach(slow);
    await settle();
    expect(quick.bytes).toBe(2 * windowBytes);
  });

  test('stays held for those who are there when another one comes', async () => {
    const slow = attached();
    await write(2 * windowBytes);
    const later = attached();
    await settle();
    expect(slow.bytes).toBe(windowBytes + 64 * KiB);
    expect(later.bytes).toBeGreaterThanOrEqual(256 * KiB);
    expect(later.bytes).toBeLessThan(320 * KiB);
  });

  test('counts what has not left this process as not worked off, whatever the client says', async () => {
    const sink = attached();
    sink.queued = windowBytes;
    await write(2 * windowBytes);
    stream.acknowledge(sink, 1e9);
    await settle();
    expect(sink.bytes).toBe(windowBytes + 64 * KiB);
    sink.queued = 0;
    stream.acknowledge(sink, 1e9);
    await settle();
    expect(sink.bytes).toBe(2 * windowBytes);
  });

  test('heeds no acknowledgement of one that is not attached', async () => {
    const sink = attached();
    stream.detach(sink);
    stream.acknowledge(sink, 1);
    await write('hello');
    expect(sink.text).toBe('');
  });
});

test('without a sink, output is read all the same, and the newest is kept', async () => {
  await write('early');
  expect([stream.total(), attached().text]).toEqual([5, 'early']);
});
