#!/bin/sh
# Installs what the flow tests need beside npm packages: real SSH servers, PuTTY's key tool, a pooler of PostgreSQL, OpenSSL, curl and a browser. Debian and Ubuntu, as root.
set -eu

missing=
for need in /usr/sbin/sshd:openssh-server /usr/bin/ssh-keygen:openssh-client /usr/sbin/dropbear:dropbear-bin /usr/sbin/tinysshd:tinysshd /usr/bin/puttygen:putty-tools /usr/sbin/pgbouncer:pgbouncer /usr/bin/openssl:openssl /usr/bin/curl:curl /usr/bin/chromium-headless-shell:chromium-headless-shell; do
  [ -x "${need%%:*}" ] || missing="$missing ${need##*:}"
done
[ -n "$missing" ] || exit 0

export DEBIAN_FRONTEND=noninteractive
# Package lists that are already there save a slow download; where they are too old, the second try fetches them.
# shellcheck disable=SC2086 -- a list of packages
install() { apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1; }
install || { apt-get update -qq && install; } || {
  # Only Debian has the shell as a package.
  missing=$(echo "$missing" | sed 's/chromium-headless-shell/chromium/')
  install
} || { echo "could not install:$missing" >&2; exit 1; }
