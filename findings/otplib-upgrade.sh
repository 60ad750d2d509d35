#!/usr/bin/env bash
# otplib 13.5.0 refuses the secrets that otplib 12.0.1 made by default: they have 10 bytes, and 13 asks for 16.
# Everybody who enrolled before the upgrade gets an error at the next code, not "wrong code". RFC 4226 section 4 (R6) asks for 16 bytes;
# `createGuardrails` lowers the bound for those who are there already.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . old@npm:otplib@12.0.1 new@npm:otplib@13.5.0 >/dev/null
cat >look.mjs <<'JS'
import old from 'old';
import { verify } from 'new';
const secret = old.authenticator.generateSecret();
const token = old.authenticator.generate(secret);
console.log('12:', secret.length, 'characters,', old.authenticator.check(token, secret));
console.log('13:', await verify({ secret, token }).catch((error) => error.message));
JS
seen=$(node look.mjs)
expected='12: 16 characters, true
13: Secret must be at least 16 bytes (128 bits), got 10 bytes'
diff <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") && echo "as described: $0"
