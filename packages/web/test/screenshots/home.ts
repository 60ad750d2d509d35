import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Which machine a shell is on, by the address that it was reached at: all of them are this one. */
const hostNames: Readonly<Record<string, string>> = {
  '127.0.4.11': 'web-1',
  '127.0.4.12': 'web-2',
  '127.0.5.3': 'db-primary',
  '127.0.7.2': 'home-nas',
};

const bashrc = `
set -- $SSH_CONNECTION
case $3 in
${Object.entries(hostNames)
  .map(([address, name]) => `${address}) name=${name} ;;`)
  .join('\n')}
*) name=\\h ;;
esac
PS1="\\[\\e[1;32m\\]\\u@$name\\[\\e[0m\\]:\\[\\e[1;34m\\]\\w\\[\\e[0m\\]\\$ "
alias ls='ls --color=always'
`;

const accessLog = [
  '10.0.9.4 - - [26/Nov/2026:14:31:07 +0000] "GET /healthz" 200 2',
  '10.0.9.7 - - [26/Nov/2026:14:31:09 +0000] "GET /assets/app.js" 200 48213',
  '10.0.9.4 - - [26/Nov/2026:14:31:12 +0000] "GET /healthz" 200 2',
  '10.0.9.9 - - [26/Nov/2026:14:31:15 +0000] "POST /orders" 201 187',
];

const files: Readonly<Record<string, string>> = {
  '.hushlogin': '',
  '.bashrc': bashrc,
  'app/server.js': '// the application\n'.repeat(120),
  'app/package.json': '{ "name": "shop", "version": "4.2.0" }\n',
  'backups/shop-2026-11-25.sql.gz': 'x'.repeat(48_000),
  'log/access.log': `${accessLog.join('\n')}\n`,
  'deploy.sh': '#!/bin/sh\nsystemctl --user restart shop\n',
};

/** Gives an account something to look at: a prompt that names the machine, and a few files. */
export async function furnishHome(username: string): Promise<void> {
  const home = join('/home', username);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(home, path)), { recursive: true });
    await writeFile(join(home, path), text, { mode: path.endsWith('.sh') ? 0o755 : 0o644 });
  }
  await run('chown', ['-R', `${username}:`, home]);
}
