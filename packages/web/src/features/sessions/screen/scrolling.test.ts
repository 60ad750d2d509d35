import { Terminal } from '@xterm/xterm';
import { describe, expect, test } from 'vitest';
import { watchScrolling } from './scrolling.ts';

const csi = '\u001B[';

/** Whether plain lines scroll into the scrollback after a program has written these sequences. */
async function after(...sequences: readonly string[]): Promise<boolean> {
  const terminal = new Terminal({ cols: 20, rows: 5, allowProposedApi: true, logLevel: 'off' });
  const scrollsPlainly = watchScrolling(terminal);
  for (const sequence of sequences) await new Promise<void>((written) => terminal.write(sequence, written));
  const result = scrollsPlainly();
  terminal.dispose();
  return result;
}

describe('lines scroll into the scrollback', () => {
  test('unless a program has changed a mode', async () => {
    expect(await after()).toBe(true);
    expect(await after('text\r\n\t', `${csi}31mred${csi}0m`)).toBe(true);
  });

  test.each([
    ['the alternate screen', `${csi}?1049h`, `${csi}?1049l`],
    ['insert mode', `${csi}4h`, `${csi}4l`],
    ['origin mode', `${csi}?6h`, `${csi}?6l`],
    ['a scrolling region', `${csi}2;4r`, `${csi}r`],
    ['a region without its first line', `${csi}2r`, `${csi}1;5r`],
  ])('not with %s, but after its end', async (_, start, end) => {
    expect(await after(start)).toBe(false);
    expect(await after(start, end)).toBe(true);
  });

  test.each([
    ['a soft reset', `${csi}!p`],
    ['a full reset', '\u001Bc'],
  ])('again after %s', async (_, reset) => {
    expect(await after(`${csi}2;4r`, reset)).toBe(true);
  });

  test('with a region that is the whole screen, or more', async () => {
    expect([await after(`${csi}1;5r`), await after(`${csi}0;0r`), await after(`${csi}1;99r`)]).toEqual([
      true,
      true,
      true,
    ]);
  });

  test('although the alternate screen has a region of its own', async () => {
    expect(await after(`${csi}?1049h`, `${csi}2;4r`, `${csi}?1049l`)).toBe(true);
    expect(await after(`${csi}2;4r`, `${csi}?1049h`, `${csi}r`, `${csi}?1049l`)).toBe(false);
  });
});
