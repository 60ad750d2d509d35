import { Terminal } from '@xterm/xterm';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { TerminalReplay } from './terminal-replay.ts';

const KiB = 1024;
const size = { cols: 40, rows: 8, scrollback: 20 };
/** Each run fills two terminals; a busy machine takes minutes for all of them. */
const busyMs = 300_000;

let replay: TerminalReplay;

beforeEach(() => {
  replay = new TerminalReplay();
});

/** A terminal that has got this output. */
async function terminalAfter(output: Uint8Array | string): Promise<Terminal> {
  const terminal = new Terminal({ ...size, allowProposedApi: true, logLevel: 'off' });
  await write(terminal, output);
  return terminal;
}

function write(terminal: Terminal, output: Uint8Array | string): Promise<void> {
  return new Promise((resolve) => {
    terminal.write(output, resolve);
  });
}

/** Everything that can be seen or felt: each cell with its style, the cursor, and the modes. */
function pictureOf({ buffer: { active }, modes }: Terminal): unknown {
  const lines = Array.from({ length: active.length }, (_, index) => {
    const line = active.getLine(index);
    return Array.from({ length: line?.length ?? 0 }, (__, column) => {
      const cell = line?.getCell(column);
      const style = [cell?.getFgColor(), cell?.getBgColor(), cell?.isBold(), cell?.isUnderline(), cell?.isInverse()];
      return [cell?.getChars(), ...style].join();
    }).join('|');
  });
  return { lines, cursor: [active.cursorX, active.cursorY], type: active.type, modes };
}

/** Pushes it in chunks of this size; both terminals see the rest, one of them from the beginning. */
async function compare(before: string, after = '', chunkBytes = 8 * KiB) {
  const bytes = Buffer.from(before);
  for (let at = 0; at < bytes.length; at += chunkBytes) replay.push(bytes.subarray(at, at + chunkBytes));
  const [stayed, joined] = [await terminalAfter(bytes), await terminalAfter(replay.read())];
  await Promise.all([write(stayed, after), write(joined, after)]);
  return { stayed: pictureOf(stayed), joined: pictureOf(joined) };
}

const lines = (count: number, text = 'line') => Array.from({ length: count }, (_, at) => `${text} ${at}\r\n`).join('');
/** Draws the whole screen, as a program does that was signalled. */
const drawing = Array.from({ length: size.rows }, (_, row) => `\u001B[${row + 1};1Hrow ${row}\u001B[K`).join('');
const fullScreen = (bytes: number) => {
  let output = '';
  for (let at = 0; output.length < bytes; at += 1)
    output += `\u001B[${(at % size.rows) + 1};${(at % 30) + 1}H\u001B[3${at % 8};1mé${at}\u001B[0m`;
  return output;
};

describe('after a full-screen program printed more than is kept', () => {
  const entered = `${lines(30, 'shell')}$ vim\r\n\u001B[?1049h\u001B[?1h\u001B=\u001B[?2004h\u001B[?1002h\u001B[?1006h`;

  test('keys and the mouse act as before, and the screen is right once it is drawn', async () => {
    const { stayed, joined } = await compare(entered + fullScreen(400 * KiB), drawing);
    expect(joined).toEqual(stayed);
    expect(joined).toMatchObject({
      type: 'alternate',
      modes: { applicationCursorKeysMode: true, applicationKeypadMode: true, mouseTrackingMode: 'drag' },
    });
    expect(replay.needsRedraw()).toBe(true);
  });

  test('the screen of the shell is there when the program ends, with its scrollback', async () => {
    const { stayed, joined } = await compare(entered + fullScreen(400 * KiB), '\u001B[?1l\u001B>\u001B[?1049l$ ');
    expect(joined).toEqual(stayed);
    expect(JSON.stringify(joined)).toContain('s,'); // of "shell"
  });

  test('one that has ended already costs nothing of what the shell printed', async () => {
    const { stayed, joined } = await compare(`${entered}${fullScreen(400 * KiB)}\u001B[?1049l$ `);
    expect(joined).toEqual(stayed);
    expect(replay.read().length).toBeLessThan(8 * KiB);
    expect(replay.needsRedraw()).toBe(false);
  });

  test('the modes that it left on are on', async () => {
    const { stayed, joined } = await compare(`${entered}${fullScreen(400 * KiB)}\u001B[?25l\u001B[31m\u001B[?1049l$ `);
    expect(joined).toEqual(stayed);
    expect(joined).toMatchObject({ modes: { bracketedPasteMode: true } });
  });

  test.each(['h', 'l'])(
    'origin mode that it left (%s) is as it was, and the cursor where the shell had it',
    async (end) => {
      const { stayed, joined } = await compare(`abc\u001B[?1049h\u001B[?6${end}\u001B[?1049l`);
      expect(joined).toEqual(stayed);
      expect(joined).toMatchObject({ cursor: [3, 0], modes: { originMode: end === 'h' } });
    },
  );
});

describe('after the shell printed more than is kept', () => {
  test.each([
    ['characters of several bytes', lines(60_000, 'größe 日本 🚀')],
    ['styles', `\u001B[1;38;5;208;48;2;1;2;3m${lines(60_000)}`],
    ['a style of one attribute less', `\u001B[1;4;7m\u001B[22;24m${lines(60_000)}`],
    ['line drawing', `\u001B(0${lines(60_000, 'lqqk')}`],
    ['line drawing by shift', `\u001B)0\u000E${lines(60_000, 'lqqk')}`],
    ['insert mode and no wrapping', `\u001B[4h\u001B[?7l${lines(60_000, 'x'.repeat(60))}`],
    ['a scrolling region', `\u001B[2J\u001B[1;5r\u001B[5;1H${lines(60_000)}`],
    ['lines that end without a carriage return', lines(60_000).replaceAll('\r', '')],
    ['no line end at all', 'abc é'.repeat(60_000)],
    ['a progress bar', '\r[=====>     ]'.repeat(40_000)],
    ['a soft reset', `\u001B[?1h\u001B[1m\u001B[!p${lines(60_000)}`],
    ['a reset', `\u001B[?1h\u001B[1m\u001Bc${lines(60_000)}`],
  ])('%s are as they were', async (_, output) => {
    const { stayed, joined } = await compare(output, 'more\r\n'.repeat(40));
    expect(joined).toEqual(stayed);
    expect(replay.read().length).toBeGreaterThan(256 * KiB);
    expect(replay.read().length).toBeLessThan(320 * KiB);
  });

  test('it begins with a whole character and outside of a control sequence', () => {
    replay.push(Buffer.from('\u001B[38;5;123mé日🚀'.repeat(40_000)));
    expect(replay.read().toString()).not.toContain('\uFFFD');
    const text = replay.read().toString().replaceAll('\u000F', '').replaceAll('\u001B[', '<');
    expect(text).toMatch(/^(<[\d;?]*[a-z])*[é日🚀]/u);
  });
});

test('a sequence that is not complete goes on in what a client gets later', async () => {
  for (const [before, after] of [
    ['\u001B[3', '1mred'],
    ['\u001B[?104', '9hother screen'],
    ['\u001B', '[1mbold'],
    ['\u001B]0;a ti', 'tle\u0007text'],
  ] as const) {
    replay = new TerminalReplay();
    const { stayed, joined } = await compare(before, after);
    expect(joined).toEqual(stayed);
  }
});

test.each([
  ['a title', '\u001B]0;', '\u0007'],
  ['an image', '\u001BPq', '\u001B\\'],
  ['parameters', '\u001B[', 'm'],
])('%s without end is not kept, and hides no text behind it', async (_, begin, end) => {
  const { stayed, joined } = await compare(`first\r\n${begin}${'1'.repeat(600 * KiB)}`, `${end}second`);
  expect(replay.read().length).toBeLessThan(80 * KiB);
  expect(JSON.stringify(joined).replaceAll(/[^a-z]/g, '')).toBe(JSON.stringify(stayed).replaceAll(/[^a-z]/g, ''));
});

test.each([
  ['switches of the screen', '\u001B[?1049h\u001B[?1049l'],
  ['styles', '\u001B[1m'],
  ['escapes', '\u001B'],
  ['second bytes of characters', '\u0080'],
  ['saved cursors', '\u001B7\u001B8'],
  ['modes', Array.from({ length: 1_000 }, (_, at) => `\u001B[?${20_000 + at}h`).join('')],
])('endless %s take no endless memory', (_, output) => {
  const bytes = Buffer.from(output.repeat(600_000 / output.length), 'latin1');
  for (let at = 0; at < bytes.length; at += 7) replay.push(bytes.subarray(at, at + 7));
  expect(replay.read().length).toBeLessThan(400 * KiB);
});

test('shows the same as all output, for any output that fits', { timeout: busyMs }, async () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    // Not SO and SI: xterm.js restores with the cursor which character set is used, not, as DEC has it, which ones are designated.
    fc.constantFrom('\r\n', '\n', '\t', '\u0018', '\u001B'),
    fc
      .constantFrom('[?1049h', '[?1049l', '[?1h', '[?1l', '[?25l', '[?25h', '[1;31m', '[22m', '[0m', '[?6h', '[?6l')
      .map((sequence) => `\u001B${sequence}`),
    fc
      .constantFrom('[2;5r', '[r', '[3;3H', '[s', '[u', '[?1048h', '[?1048l', '[?1000h', '[?1003h', '[?1000l', '[?7l')
      .map((sequence) => `\u001B${sequence}`),
    fc
      .constantFrom('[?6;1049h', '[?1049;6l', '[?1049;6h', '[?6;1049l', '[?2004h', '[?1006h', '[4l', '[38;5;9m')
      .map((sequence) => `\u001B${sequence}`),
    fc
      .constantFrom('7', '8', 'c', '(0', '(B', '=', '>', 'D', 'M', ']0;title\u0007', '[!p', '[H', '[2J', '[K', '[4h')
      .map((sequence) => `\u001B${sequence}`),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 40 }), fc.integer({ min: 1, max: 9 }), async (pieces, chunkBytes) => {
      replay = new TerminalReplay();
      const { stayed, joined } = await compare(pieces.join(''), 'x\r\ny', chunkBytes);
      expect(joined).toEqual(stayed);
    }),
    { numRuns: 300 },
  );
});
