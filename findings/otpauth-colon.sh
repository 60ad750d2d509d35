#!/usr/bin/env bash
# otpauth 9.5.2: an issuer or label with a colon changes when otpauth reads its own URI.
# The colon is written as %3A, but `URI.parse` decodes before it splits at the first colon. The rest of the issuer becomes part of the label,
# by which applications look up accounts. Do not use colons in either (the Key URI format of Google Authenticator forbids them, too).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . otpauth@9.5.2 >/dev/null
cat >look.mjs <<'JS'
import { Secret, TOTP, URI } from 'otpauth';
const written = new TOTP({ issuer: 'Lab: West', label: 'ann', secret: Secret.fromBase32('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ') });
console.log(written.toString().split('?')[0]);
const read = URI.parse(written.toString());
console.log(JSON.stringify({ issuer: read.issuer, label: read.label }));
JS
seen=$(node look.mjs)
expected='otpauth://totp/Lab%3A%20West:ann
{"issuer":"Lab: West","label":" West:ann"}'
diff <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") && echo "as described: $0"
