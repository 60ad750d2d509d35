import { Terminal } from '@xterm/xterm';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { createOutputQueue } from './output-queue.ts';
import { watchScrolling } from './scrolling.ts';

const size = { cols: 40, rows: 6, scrollback: 20 };
const numRuns = 200;
/** Each run fills two terminals; a busy machine takes minutes for all of them. */
const busyMs = 300_000;
const encoder = new TextEncoder();

function createTerminal(): Terminal {
  return new Terminal({ ...size, allowProposedApi: true, logLevel: 'off' });
}

/** Everything that can be seen: each cell with its style, and where the cursor is. */
function pictureOf({ buffer: { active } }: Terminal): unknown {
  const lines = Array.from({ length: active.length }, (_, index) => {
    const line = active.getLine(index);
    const cells = Array.from({ length: line?.length ?? 0 }, (__, column) => {
      const cell = line?.getCell(column);
      return [cell?.getChars(), cell?.getFgColor(), cell?.getBgColor(), cell?.isBold(), cell?.isUnderline()].join();
    });
    return { wrapped: line?.isWrapped, cells };
  });
  return { lines, cursor: [active.cursorX, active.cursorY], type: active.type };
}

/** Writes pieces while the emulator is busy with the first; resolves to the picture and the bytes that it was given. */
async function show(pieces: readonly Uint8Array[]) {
  const terminal = createTerminal();
  const scrollsPlainly = watchScrolling(terminal);
  let given = 0;
  let told = 0;
  let release: () => void = () => undefined;
  const queue = createOutputQueue({
    write(bytes, onWritten) {
      given += bytes.length;
      const work = () => {
        terminal.write(bytes, onWritten);
      };
      if (given === bytes.length) release = work;
      else work();
    },
    linesKept: () => size.scrollback + 2 * size.rows,
    scrollsPlainly,
  });
  await new Promise<void>((resolve) => {
    const count = () => {
      told += 1;
      if (told === pieces.length) resolve();
    };
    for (const piece of pieces) queue.write(piece, count);
    release();
  });
  // What was told ahead may still be on its way.
  await new Promise<void>((resolve) => {
    queue.writeWhole(new Uint8Array(), resolve);
  });
  return { picture: pictureOf(terminal), given, told };
}

async function showWhole(pieces: readonly Uint8Array[]): Promise<unknown> {
  const terminal = createTerminal();
  for (const piece of pieces) terminal.write(piece);
  await new Promise<void>((resolve) => {
    terminal.write('', resolve);
  });
  return pictureOf(terminal);
}

const bytesOf = (pieces: readonly Uint8Array[]) => pieces.reduce((sum, { length }) => sum + length, 0);

/** Cuts a text into pieces wherever it hurts: within characters and control sequences, too. */
function cut(text: string, lengths: readonly number[]): Uint8Array[] {
  const bytes = encoder.encode(text);
  const pieces: Uint8Array[] = [];
  for (let at = 0, index = 0; at < bytes.length; index++) {
    const end = at + (lengths[index % lengths.length] ?? 1);
    pieces.push(bytes.subarray(at, end));
    at = end;
  }
  return pieces;
}

const lines = (count: number, text = (index: number) => `line ${index}`) =>
  Array.from({ length: count }, (_, index) => `${text(index)}\r\n`).join('');

test('passes over lines that would be gone, and ends up with the same screen and scrollback', async () => {
  const pieces = cut(lines(5_000), [700]);
  const shown = await show(pieces);
  expect(shown.picture).toEqual(await showWhole(pieces));
  expect(shown.given).toBeLessThan(bytesOf(pieces) / 10);
  expect(shown.told).toBe(pieces.length);
});

test('keeps the style that lines which were passed over have left behind', async () => {
  const pieces = cut(
    `\u001B[1m${lines(300)}\u001B[4m\u001B[38;5;208m${lines(400)}\u001B[48;2;1;2;3m${lines(600)}prompt`,
    [256],
  );
  const shown = await show(pieces);
  expect(shown.picture).toEqual(await showWhole(pieces));
  expect(shown.given).toBeLessThan(bytesOf(pieces) / 2);
});

test.for([
  ['a scrolling region', '\u001B[2;4r'],
  ['the alternate screen', '\u001B[?1049h'],
  ['insert mode', '\u001B[4h'],
  ['origin mode', '\u001B[?6h'],
])('passes over nothing in %s', async ([, sequence]) => {
  // The first piece is what the emulator is busy with; the second sets the mode.
  const pieces = [encoder.encode('$ '), encoder.encode(`${sequence}`), ...cut(lines(1_000), [300])];
  const shown = await show(pieces);
  expect(shown.picture).toEqual(await showWhole(pieces));
  expect(shown.given).toBe(bytesOf(pieces));
});

test('passes over lines again once a scrolling region is gone', async () => {
  const pieces = [encoder.encode('\u001B[2;4r'), encoder.encode('\u001B[r'), ...cut(lines(40_000), [3_000])];
  const shown = await show(pieces);
  expect(shown.picture).toEqual(await showWhole(pieces));
  expect(shown.given).toBeLessThan(bytesOf(pieces) / 2);
});

/** What servers send, and what they might. */
const fragment = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 20, max: 120 }).map((count) => lines(count)) },
  {
    weight: 4,
    arbitrary: fc.integer({ min: 20, max: 80 }).map((count) => lines(count, (at) => 'wide '.repeat(at % 30))),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '\u001B[31m',
      '\u001B[0m',
      '\u001B[m',
      '\u001B[1;44m',
      '\u001B[K',
      '\u001B[38:2::1:2:3m',
    ),
  },
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => text.replaceAll('\u009B', '')) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '\n',
      '\r',
      'a\tb',
      '\u001B[2J',
      '\u001B[3;3H',
      '\u001B[5A',
      '\u001B[2;5r',
      '\u001B[r',
      '\u001B[?1049h',
      '\u001B[?1049l',
      '\u001B]0;title\u0007',
      '\u001BP1;2q text \u001B\\',
      '\u001B]8;;https://example.org\u001B\\link',
      '\u001B[3J',
      '\u001BM',
      '\u001B(0',
      '\u001B(B',
      '\u000E',
      '\u000F',
      '\u0085',
      '\u009B31m',
      '\u009D0;title\u009C',
      '\u001B[3',
      '\u001B',
      '\u001B[4h',
      '\u001B[4l',
      '\u001B[!p',
      '\u001Bc',
      '\b\b',
      '\u000B',
    ),
  },
);

test('whatever comes, in whatever pieces, looks as if all of it had been shown', { timeout: busyMs }, async () => {
  let passedOver = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fragment, { minLength: 1, maxLength: 30 }),
      fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 5 }),
      async (fragments, lengths) => {
        const pieces = cut(fragments.join(''), lengths);
        if (pieces.length === 0) return;
        const shown = await show(pieces);
        expect(shown.told).toBe(pieces.length);
        expect(shown.picture).toEqual(await showWhole(pieces));
        if (shown.given < bytesOf(pieces)) passedOver += 1;
      },
    ),
    { numRuns },
  );
  expect(passedOver).toBeGreaterThan(numRuns / 10);
});

test('lets the server run ahead of what is shown by a bounded amount of plain output, and of nothing else', () => {
  const held = (piece: string, count: number) => {
    let told = 0;
    const queue = createOutputQueue({ write: () => undefined, linesKept: () => 1_000, scrollsPlainly: () => true });
    for (let sent = 0; sent < count; sent++) queue.write(encoder.encode(piece), () => (told += 1));
    return told;
  };
  const plain = lines(1_000);
  const most = (8 * 1024 * 1024) / plain.length;
  expect(held(plain, 5_000)).toBeGreaterThan(most * 0.9);
  expect(held(plain, 5_000)).toBeLessThan(most + 2);
  expect(held(`\u001B[H${plain}`, 100)).toBe(0);
  // Lines so long that the scrollback holds more than may wait.
  expect(held(`${'x'.repeat(20_000)}\r\n`, 100)).toBeLessThan(2);
});

test('forgets what waits when it is cleared, and tells of it', () => {
  const given: number[] = [];
  let told = 0;
  const queue = createOutputQueue({
    write: (bytes) => given.push(bytes.length),
    linesKept: () => 10,
    scrollsPlainly: () => true,
  });
  for (let sent = 0; sent < 3; sent++) queue.writeWhole(encoder.encode('x'), () => (told += 1));
  queue.clear();
  expect({ given, told }).toEqual({ given: [1], told: 2 });
});

test('lets the emulator rest in a flood, and gives it what is left of it then', () => {
  vi.useFakeTimers();
  try {
    const given: string[] = [];
    let told = 0;
    const queue = createOutputQueue(
      {
        write(bytes, onWritten) {
          given.push(new TextDecoder().decode(bytes));
          onWritten();
        },
        linesKept: () => 10,
        scrollsPlainly: () => true,
      },
      { arrived: () => undefined, isFlooded: () => true },
    );
    const pieces = Array.from({ length: 30 }, (_, index) => `line ${index}\r\n`);
    for (const piece of pieces) queue.write(encoder.encode(piece), () => (told += 1));
    expect({ given, told }).toEqual({ given: [], told: 30 });
    vi.advanceTimersByTime(200);
    expect(given.join('')).toBe([...pieces.slice(0, 1), ...pieces.slice(20)].join(''));
    expect(told).toBe(30);
  } finally {
    vi.useRealTimers();
  }
});

test('does not rest where nothing can be passed over', () => {
  const given: number[] = [];
  const gauge = { arrived: () => undefined, isFlooded: () => true };
  const queue = createOutputQueue(
    { write: (bytes) => given.push(bytes.length), linesKept: () => 10, scrollsPlainly: () => false },
    gauge,
  );
  queue.write(encoder.encode('line\r\n'), () => undefined);
  expect(given).toEqual([6]);
});
