import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { say } from '@gatehouse/contract/messages/message';
import { afterAll, describe, expect, test } from 'vitest';
import { planImport } from './plan.ts';

const ssh = '/usr/bin/ssh';
const directory = mkdtempSync(join(tmpdir(), 'ssh-config-'));

afterAll(() => {
  rmSync(directory, { recursive: true });
});

/** What ssh(1) finds for the host in a configuration. */
function found(text: string, host: string) {
  const file = join(directory, 'config');
  writeFileSync(file, text);
  const settings = new Map<string, string>();
  for (const line of execFileSync(ssh, ['-F', file, '-G', host], { encoding: 'utf8', stdio: 'pipe' }).split('\n')) {
    const [keyword = '', ...words] = line.split(' ');
    settings.set(keyword, words.join(' '));
  }
  return { host: settings.get('hostname'), port: Number(settings.get('port')), user: settings.get('user') };
}

function planned(text: string, name: string) {
  const entry = planImport(text)?.entries.find((one) => one.name === name);
  return entry && { host: entry.config.ip, port: entry.config.port, user: entry.config.username };
}

const withUser = (text: string) => `${text}\nHost *\n  User fallback\n`;

describe.runIf(existsSync(ssh))('an ssh_config', () => {
  test.each([
    'Host web\n  User "CORP\\\\alice"',
    'Host web\n  User CORP\\alice\n  User other',
    'Host web\n  User CORP\\\\alice # the same',
    'Host web\n  User "a b"\n  Port=2022',
    'Host=web\n  "User" ann\n\tHostName\t=\t%h.example.org',
    'Host "web" \'db\'\n  HostName web.%h.internal',
    'Host web,db\n  User wrong\nHost web#x\n  User wrong\nHost web # the one\n  User right',
    'Host web\nMatch all\n  Port 7',
    'Host web\n  HostName a.example\nMatch host a.example,b.*\n  User m\nMatch originalhost=web\n  Port 5',
    'Host web\n  HostName a.example\nMatch host a.*,!a.example\n  User wrong\nMatch host "a.*" originalhost w*\n  Port 6',
  ])('%j is read as ssh -G reads it', (text) => {
    expect(planned(withUser(text), 'web')).toEqual(found(withUser(text), 'web'));
  });

  test.each(['User a b', 'User "ann', 'Port 22 23', 'HostName'])('has a warning for %j, which ssh refuses', (line) => {
    const text = `Host web\n  ${line}\n`;
    expect(() => found(text, 'web')).toThrow();
    expect(planImport(text)?.warnings).toEqual([{ entry: null, said: say('import_line_unreadable', { line: 2 }) }]);
  });
});

/** ssh -G shows jump hosts as they were written: it puts in names when it connects. The route here is what it then asks for. */
describe('the jump hosts of an ssh_config', () => {
  test.each<[string, string[]]>([
    ['User ann\n  ProxyJump %r@bastion', ['ann@bastion']],
    ['ProxyJump %r@bastion', ['bastion']],
    ['ProxyJump gw-%n', ['gw-web']],
    ['HostName web.example.org\n  ProxyJump gw-%h:2200,last', ['gw-web.example.org:2200', 'last']],
    ['ProxyJump "bastion" # by its name', ['bastion']],
    ['ProxyJump one,two three', ['one', 'two']],
    ['ProxyJump CORP\\\\ann@bastion', ['CORP\\ann@bastion']],
    ['ProxyCommand ssh -W %h:%p bastion', ['bastion']],
    ['ProxyCommand exec /usr/bin/ssh -q -p 2200 ann@bastion -W [%h]:%p', ['ann@bastion:2200']],
    ['User ann\n  ProxyCommand ssh -l %r -J first -W %h:%p bastion', ['first', 'ann@bastion']],
    ['ProxyCommand none\n  ProxyJump other', []],
  ])('are read from %j', (lines, jumps) => {
    const plan = planImport(`Host web\n  ${lines}\n`);
    expect(plan?.entries.find(({ name }) => name === 'web')?.jumps).toEqual(jumps);
    expect(plan).toMatchObject({ warnings: [], skipped: [] });
  });

  test.each([
    'nc %h %p',
    'ssh -W %h:22 bastion',
    'ssh -F other -W %h:%p bastion',
    'ssh -W %h:%p bastion true',
    'ssh -o ProxyCommand=x -W %h:%p bastion',
    'ssh bastion nc %h %p',
  ])('are not read from ProxyCommand %s', (command) => {
    const said = say('import_proxy_command_left_out', { name: 'web' });
    expect(planImport(`Host web\n  ProxyCommand ${command}\n`)?.warnings).toEqual([{ entry: 'web', said }]);
  });

  test.each(['a,,b', 'x@', 'fd00::1', 'gw-%p:%p', '%u@bastion'])('cannot be read from %s', (jump) => {
    const plan = planImport(`Host web\n  ProxyJump ${jump}\n`);
    expect(plan?.skipped.map(({ host }) => host)).toEqual(['web']);
  });
});

test('an import names no key file for `IdentityFile none`', () => {
  const text = 'Host web\n  IdentityFile none\nHost db\n  IdentityFile none\n  IdentityFile ~/.ssh/db\n';
  expect(planImport(text)?.entries.map(({ notes }) => notes)).toEqual([
    undefined,
    say('import_key_files', { files: ['~/.ssh/db'] }),
  ]);
});
