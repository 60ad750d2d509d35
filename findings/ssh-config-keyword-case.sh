#!/usr/bin/env bash
# ssh-config 5.3.0: keywords keep the case of the file, so two spellings of the same option count as two options.
# ssh_config(5): keywords are case-insensitive and the first value wins. `compute` returns both `user` of the first block and `User` of a later
# one. A program that reads `User` logs in with another user name than ssh does. Fold the keys yourself; the first one wins.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . ssh-config@5.3.0 >/dev/null
cat >config <<'CONFIG'
host 192.0.2.*
  user root
  port 22
Host *
  User ann
  Port 2022
CONFIG
cat >look.mjs <<'JS'
import { readFileSync } from 'node:fs';
import SSHConfig from 'ssh-config';
const { user, User, port, Port } = SSHConfig.parse(readFileSync('config', 'utf8')).compute('192.0.2.7');
console.log('ssh-config:', JSON.stringify({ user, User, port, Port }));
JS
seen=$(ssh -G -F config 192.0.2.7 | grep -E '^(user|port) ' | sort; node look.mjs)
expected='port 22
user root
ssh-config: {"user":"root","User":"ann","port":"22","Port":"2022"}'
diff <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") && echo "as described: $0"
