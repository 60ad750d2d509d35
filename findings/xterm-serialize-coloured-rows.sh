#!/usr/bin/env bash
# @xterm/addon-serialize 0.14.0 with @xterm/headless 6.0.0: rows below the last text are omitted, even if they are coloured.
# If a full-screen program clears the screen in a colour (dialogs, file managers), the lower part is restored in the default colour;
# a status line in the last row hides the fault. Erase the rest of the screen in the colour of its rows after the snapshot.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . @xterm/headless@6.0.0 @xterm/addon-serialize@0.14.0 >/dev/null
cat >look.mjs <<'JS'
import headless from '@xterm/headless';
import serialize from '@xterm/addon-serialize';

const write = (terminal, data) => new Promise((resolve) => terminal.write(data, resolve));
function create() {
  const terminal = new headless.Terminal({ cols: 20, rows: 6, allowProposedApi: true });
  const addon = new serialize.SerializeAddon();
  terminal.loadAddon(addon);
  return { terminal, addon };
}
/** The background of each row: 4 is blue, -1 the default. */
const rows = ({ buffer }) => [0, 1, 2, 3, 4, 5].map((y) => buffer.active.getLine(y).getCell(19).getBgColor()).join(' ');

const clear = '\x1b[?1049h\x1b[44m\x1b[2J';
for (const [name, text] of [
  ['text in row 3', '\x1b[3;3Hhello\x1b[0m'],
  ['text in the last row', '\x1b[6;1Hstatus\x1b[0m'],
]) {
  const first = create();
  await write(first.terminal, clear + text);
  const second = create();
  await write(second.terminal, first.addon.serialize());
  console.log(`${name}: screen ${rows(first.terminal)}, restored ${rows(second.terminal)}`);
}
JS
seen=$(node look.mjs)
expected='text in row 3: screen 4 4 4 4 4 4, restored 4 4 4 -1 -1 -1
text in the last row: screen 4 4 4 4 4 4, restored 4 4 4 4 4 4'
diff <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") && echo "as described: $0"
