#!/usr/bin/env bash
# sshpk 1.18.0: a certificate without an expiry date (`ssh-keygen -s` without -V, "Valid: forever") has an invalid end date and counts as expired.
# OpenSSH writes 2^64-1 as valid_before (PROTOCOL.certkeys). sshpk converts it to a JavaScript Date, which cannot represent it.
# A program that checks isExpired() refuses certificates that OpenSSH accepts. Compare the seconds in validUntil.sourceInt64 instead.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . sshpk@1.18.0 >/dev/null
ssh-keygen -q -t ed25519 -N '' -C ca -f ca
ssh-keygen -q -t ed25519 -N '' -C person -f person
ssh-keygen -q -s ca -I someone -n ann person.pub
cat >look.mjs <<'JS'
import { readFileSync } from 'node:fs';
import sshpk from 'sshpk';
const certificate = sshpk.parseCertificate(readFileSync('person-cert.pub'), 'openssh');
const ca = sshpk.parseKey(readFileSync('ca.pub'), 'ssh');
console.log('signed by the authority:', certificate.isSignedByKey(ca));
console.log('valid until:', String(certificate.validUntil), certificate.validUntil.sourceInt64.toString('hex'));
console.log('expired:', certificate.isExpired());
JS
seen=$(ssh-keygen -Lf person-cert.pub | grep -o 'Valid: .*'; node look.mjs)
expected='Valid: forever
signed by the authority: true
valid until: Invalid Date ffffffffffffffff
expired: true'
diff <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") && echo "as described: $0"
