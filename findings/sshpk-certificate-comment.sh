#!/usr/bin/env bash
# sshpk 1.18.0: a certificate line whose comment contains a space is refused, although a plain public key with the same comment is accepted.
# `ssh-keygen -s` copies the comment of the public key ("ann on laptop"); OpenSSH reads the rest of the line as the comment.
# Remove everything after the second field of the line before parsing it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . sshpk@1.18.0 >/dev/null
ssh-keygen -q -t ed25519 -N '' -C ca -f ca
ssh-keygen -q -t ed25519 -N '' -C 'ann on laptop' -f person
ssh-keygen -q -s ca -I someone -n ann -V +1d person.pub
cat >look.mjs <<'JS'
import { readFileSync } from 'node:fs';
import sshpk from 'sshpk';
const line = readFileSync('person-cert.pub', 'utf8').trim();
const [type, blob] = line.split(' ');
for (const [name, text] of [['whole line', line], ['two fields', `${type} ${blob}`]])
  try {
    console.log(`certificate, ${name}:`, sshpk.parseCertificate(text, 'openssh').subjects.map(String).join());
  } catch (error) {
    console.log(`certificate, ${name}:`, error.message);
  }
console.log('public key:', sshpk.parseKey(readFileSync('person.pub'), 'ssh').comment);
JS
seen=$(node look.mjs)
expected='certificate, whole line: Failed to parse (unnamed) as a valid openssh format certificate: Not a valid SSH certificate line
certificate, two fields: UID=ann
public key: ann on laptop'
diff <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") && echo "as described: $0"
