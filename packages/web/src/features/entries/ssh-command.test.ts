import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { formatAddress, parseQuickAddress, sshCommand } from './address.ts';

const ssh = '/usr/bin/ssh';

/** What ssh(1) understands of a command that a shell reads, without a configuration. */
function understood(text: string) {
  const script = text.replace(/^ssh /, `${ssh} -F /dev/null -G `);
  const settings = new Map<string, string>();
  for (const line of execFileSync('sh', ['-c', script], { encoding: 'utf8', stdio: 'pipe' }).split('\n')) {
    const [keyword = '', ...words] = line.split(' ');
    settings.set(keyword, words.join(' '));
  }
  return {
    host: settings.get('hostname'),
    port: Number(settings.get('port')),
    jumps: settings.get('proxyjump') ?? '',
    username: settings.get('user'),
  };
}

function read(text: string) {
  const address = parseQuickAddress(text);
  if (address === undefined) return undefined;
  const { host, port = 22, username, jumps } = address;
  return { host, port, jumps: jumps.map((jump) => formatAddress(jump)).join(','), username };
}

describe.runIf(existsSync(ssh))('an ssh command', () => {
  test.each([
    'ssh ops@192.0.2.7 -p 2222',
    'ssh 192.0.2.7 -l ops -p2222',
    'ssh web-1 -l ops -J ann@gate:2200,last uptime -p 5',
    'ssh -l ops ann@web-1',
    'ssh ann@web-1 -l ops',
    'ssh -p 5 ssh://ann@web-1:77',
    'ssh ssh://ann@web-1:77 -p 5',
    'ssh ssh://CORP%5Calice@web-1',
    'ssh -l ann -- web-1 -p 5',
    'ssh -l ann web-1 -- -p 5',
    'ssh -o User=ops web-1 -l ann',
    'ssh ann@web-1 -p 6 -o Port=5 -p 7',
    'ssh -J one -o ProxyJump=two ann@web-1',
    'ssh -o ProxyJump=ann@gate ann@web-1',
    'ssh -J none ann@web-1',
    'ssh -vv -4Ap2222 web-1 -tt -lops',
    'ssh ann@web-1 -i "~/my key" -o "HostName 10.0.0.9" -b 127.0.0.1',
    String.raw`ssh CORP\\alice@web-1`,
    String.raw`ssh 'CORP\alice@web-1' -p 22`,
    String.raw`ssh "CORP\alice@web-1"`,
    String.raw`ssh -o 'User CORP\alice' web-1`,
    String.raw`ssh -o 'User "CORP\\alice"' web-1`,
    String.raw`ssh -J 'CORP\ann@gate' ann@web-1`,
  ])('%s is read as ssh -G reads it', (text) => {
    expect(read(text)).toEqual(understood(text));
  });

  test.each(['ssh -J one -J two ann@web-1', 'ssh ann@web-1 -p', 'ssh -l ann @web-1', 'ssh -p 0 ann@web-1'])(
    '%s is refused as ssh refuses it',
    (text) => {
      expect(() => understood(text)).toThrow();
      expect(read(text)).toBe(undefined);
    },
  );

  test('that is made for a server is read as that server', () => {
    const jumps = [{ host: 'gate', port: 2200, username: String.raw`CORP\ann` }];
    const address = { host: 'web-1', port: 2222, username: String.raw`CORP\alice`, jumps };
    expect(parseQuickAddress(sshCommand(address))).toEqual(address);
    expect(understood(sshCommand(address))).toEqual(read(sshCommand(address)));
  });
});
