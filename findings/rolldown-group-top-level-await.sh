#!/usr/bin/env bash
# rolldown 1.2.18 (as in Vite 8): a `codeSplitting` group for shared modules makes an entry with a top-level await wait for itself for ever.
# The entry awaits `import('./words.js')`. Both use a third module. Without groups, that module becomes a chunk of its own, and the program ends.
# With a group `{ name, tags: ['$initial'] }`, which is meant to save requests, the module moves into the chunk of the entry, and the chunk of the
# import imports that chunk statically, which is still awaiting it. The build reports no cycle and no warning. A browser shows an empty page without
# an error; Node.js ends with exit code 13.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . rolldown@1.2.18 >/dev/null
mkdir source
echo "export const shout = (text) => text.toUpperCase();" >source/shared.js
echo "import { shout } from './shared.js'; export const words = shout('hello');" >source/words.js
cat >source/main.js <<'JS'
import { shout } from './shared.js';
const { words } = await import('./words.js');
console.log(shout(words));
JS
cat >build.mjs <<'JS'
import { rolldown } from 'rolldown';
const groups = { 'without groups': undefined, 'with a group': [{ name: 'app', tags: ['$initial'] }] };
for (const [name, chosen] of Object.entries(groups)) {
  const warnings = [];
  const bundle = await rolldown({ input: 'source/main.js', onLog: (level, log) => warnings.push(log.code) });
  const dir = name.replaceAll(' ', '-');
  await bundle.write({ dir, ...(chosen && { codeSplitting: { groups: chosen } }) });
  console.log(`${name}: ${warnings.length} warnings`);
}
JS
seen=$(
  node build.mjs
  for dir in without-groups with-a-group; do
    echo '{"type":"module"}' >"$dir/package.json"
    status=0
    output=$(timeout 20 node "$dir/main.js" 2>/dev/null) || status=$?
    echo "$dir: exit $status, printed '$output'"
  done
)
expected="without groups: 0 warnings
with a group: 0 warnings
without-groups: exit 0, printed 'HELLO'
with-a-group: exit 13, printed ''"
diff <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") && echo "as described: $0"
