import { WebglAddon } from '@xterm/addon-webgl';
import type { Terminal } from '@xterm/xterm';

/**
 * Draws with WebGL as long as the browser allows it; without it, or when its context is lost, the terminal draws with elements. Browsers allow
 * few contexts at once, so a hidden terminal frees its own by calling the function that this returns.
 */
export function attachRenderer(terminal: Terminal): () => void {
  if (!isAccelerated()) return () => undefined;
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
    // Without WebGL, the terminal keeps its own renderer.
    stop();
  }
  return stop;
}

/** The names of software renderers. */
const software = /swiftshader|llvmpipe|softpipe|software|basic render/i;
let accelerated: boolean | undefined;

/** Without a GPU, WebGL is many times slower than elements. */
function isAccelerated(): boolean {
  accelerated ??= hasFastContext();
  return accelerated;
}

function hasFastContext(): boolean {
  const context = document.createElement('canvas').getContext('webgl2', { failIfMajorPerformanceCaveat: true });
  if (context === null) return false;
  const info = context.getExtension('WEBGL_debug_renderer_info');
  const name: unknown = context.getParameter(info?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER);
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return !software.test(String(name));
}
