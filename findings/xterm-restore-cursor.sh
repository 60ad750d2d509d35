#!/usr/bin/env bash
# @xterm/headless 6.0.0: restoring the cursor (DECRC, ESC 8, and leaving the alternate screen with `CSI ? 1049 l`) restores less than a VT420 does.
# DEC's DECRC also restores origin mode (DECOM) and the character sets that are designated. Here, origin mode stays as the program left it, and of
# the character sets only the active one is restored: at the next SI, the designation that was made after the save is in effect.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @xterm/headless@6.0.0 >/dev/null
cat >look.cjs <<'JS'
const { Terminal } = require('@xterm/headless');

async function after(output) {
  const terminal = new Terminal({ cols: 20, rows: 4, allowProposedApi: true });
  await new Promise((resolve) => terminal.write(output, resolve));
  const { buffer, modes } = terminal;
  return { originMode: modes.originMode, text: buffer.active.getLine(0).translateToString(true) };
}

(async () => {
  for (const [name, output] of [
    ['origin mode, ESC 7 and ESC 8', '\x1b7\x1b[?6h\x1b8'],
    ['origin mode, alternate screen', '\x1b[?1049h\x1b[?6h\x1b[?1049l'],
  ])
    console.log(`${name}: ${(await after(output)).originMode ? 'left on' : 'restored to off'}`);
  // Line drawing is designated and saved, then ASCII is designated: "x" of line drawing is a vertical line.
  for (const [name, output] of [
    ['character set, at once', '\x1b(0\x1b7\x1b(B\x1b8x'],
    ['character set, after SI', '\x1b(0\x1b7\x1b(B\x1b8\x0fx'],
  ])
    console.log(`${name}: ${(await after(output)).text}`);
})();
JS
seen=$(node look.cjs)
expected='origin mode, ESC 7 and ESC 8: left on
origin mode, alternate screen: left on
character set, at once: │
character set, after SI: x'
diff <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") && echo "as described: $0"
