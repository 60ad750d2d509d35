#!/usr/bin/env bash
# ssh2 1.17.0 as an SFTP server (its `sftp` event) with OpenSSH's own clients (observed with 9.2p1): answering every request is not enough.
# - Without a listener for `end` that ends the SFTP stream, `sftp` hangs after its last command, because it waits for the channel to be closed.
# - With it, `sftp` exits with 0, but `scp` exits with 1 and prints nothing, although the file has arrived: ssh2 sends no exit status for the
#   subsystem, ssh reports -1, and scp treats that as a failure. The stream has no method for it; the `subsystem` event gives a channel
#   that has one.
# - `scp` opens its target with WRITE and CREAT and without TRUNC; for those flags `utils.sftp.flagsToString` returns null.
set -euo pipefail
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . ssh2@1.17.0 >/dev/null
cat >server.cjs <<'JS'
const { Server, utils } = require('ssh2');
const { STATUS_CODE } = utils.sftp;
const endsStream = process.argv[2] === 'ends';
const handle = Buffer.from('file');
const attributes = { mode: 0o100644, uid: 0, gid: 0, size: 5, atime: 0, mtime: 0 };
const server = new Server({ hostKeys: [utils.generateKeyPairSync('ed25519').private] }, (client) => {
  client.on('error', () => undefined);
  client.on('authentication', (context) => context.accept());
  client.on('session', (accept) =>
    accept().on('sftp', (acceptSftp) => {
      const sftp = acceptSftp();
      const ok = (id) => sftp.status(id, STATUS_CODE.OK);
      for (const request of ['WRITE', 'CLOSE', 'SETSTAT', 'FSETSTAT']) sftp.on(request, ok);
      for (const request of ['STAT', 'LSTAT']) sftp.on(request, (id) => sftp.status(id, STATUS_CODE.NO_SUCH_FILE));
      sftp.on('FSTAT', (id) => sftp.attrs(id, attributes));
      sftp.on('REALPATH', (id) => sftp.name(id, [{ filename: '/', longname: '/', attrs: attributes }]));
      sftp.on('EXTENDED', (id) => sftp.status(id, STATUS_CODE.OP_UNSUPPORTED));
      sftp.on('OPEN', (id, name, flags) => {
        console.error(`open ${name} with flags ${flags}: ${utils.sftp.flagsToString(flags)}`);
        sftp.handle(id, handle);
      });
      if (endsStream) sftp.on('end', () => sftp.end());
    }),
  );
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
setTimeout(() => process.exit(), 50_000);
JS
printf hello >file
options=(-F none -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR)
# Prints the exit codes of both clients; 124 is that of a client that was still waiting after five seconds.
try() {
  : >port
  node server.cjs "$1" >port 2>opened &
  server=$!
  for _ in $(seq 100); do [ -s port ] && break; sleep 0.1; done
  local code=0
  timeout 5 sftp "${options[@]}" -P "$(cat port)" -b - ann@127.0.0.1 <<<pwd >/dev/null 2>&1 || code=$?
  echo "$1: sftp $code"
  code=0
  timeout 5 scp "${options[@]}" -P "$(cat port)" file ann@127.0.0.1:target >messages 2>&1 || code=$?
  echo "$1: scp $code, $(wc -c <messages) bytes of messages"
  kill "$server"
  wait "$server" 2>/dev/null || true
  server=
}
seen=$(try stays; try ends; sort -u opened)
expected='stays: sftp 124
stays: scp 124, 0 bytes of messages
ends: sftp 0
ends: scp 1, 0 bytes of messages
open target with flags 10: null'
diff <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") && echo "as described: $0"
