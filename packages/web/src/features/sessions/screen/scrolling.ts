import type { Terminal } from '@xterm/xterm';

/** Watches the modes of a terminal; the result says whether lines scroll only from the top of the screen into the scrollback. */
export function watchScrolling(terminal: Terminal): () => boolean {
  // The emulator does not report its scrolling region (DECSTBM). Each of the two buffers has its own.
  const withRegion = new Set<string>();
  const { parser, buffer } = terminal;
  const reset = () => {
    withRegion.clear();
    return false;
  };
  parser.registerCsiHandler({ final: 'r' }, ([top = 0, bottom = 0]) => {
    const isWhole = Number(top) <= 1 && (bottom === 0 || Number(bottom) >= terminal.rows);
    if (isWhole) withRegion.delete(buffer.active.type);
    else withRegion.add(buffer.active.type);
    return false;
  });
  parser.registerCsiHandler({ intermediates: '!', final: 'p' }, reset);
  parser.registerEscHandler({ final: 'c' }, reset);
  return () => {
    const { insertMode, originMode, synchronizedOutputMode } = terminal.modes;
    const { type } = buffer.active;
    const isDefault = type === 'normal' && !withRegion.has(type);
    return (
      isDefault && !insertMode && !originMode && !synchronizedOutputMode && terminal.options.screenReaderMode !== true
    );
  };
}
