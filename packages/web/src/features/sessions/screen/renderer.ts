import { WebglAddon } from '@xterm/addon-webgl';
import type { Terminal } from '@xterm/xterm';

/**
 * Draws with WebGL as long as the browser lets us; without it, or when its context is lost, the terminal draws with elements. Browsers allow
 * few contexts at once, so whoever is not seen gives its own back by calling what this returns.
 */
export function drawFast(terminal: Terminal): () => void {
  let addon: WebglAddon | undefined;
  const stop = () => {
    addon?.dispose();
    addon = undefined;
  };
  try {
    addon = new WebglAddon();
    addon.onContextLoss(stop);
    terminal.loadAddon(addon);
  } catch {
    // No WebGL here; the terminal goes on with its own renderer.
    stop();
  }
  return stop;
}
