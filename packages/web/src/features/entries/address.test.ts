import { describe, expect, test } from 'vitest';
import { formatAddress, parseQuickAddress, sshCommand } from './address.ts';

const nothing = { port: undefined, username: undefined, jumps: [] };

describe('parseQuickAddress', () => {
  test.each([
    ['web-1', { ...nothing, host: 'web-1' }],
    ['  WEB-1.Example.org. ', { ...nothing, host: 'web-1.example.org' }],
    ['deploy@10.0.4.11:2222', { host: '10.0.4.11', port: 2222, username: 'deploy', jumps: [] }],
    ['ada@corp@10.0.4.11', { ...nothing, host: '10.0.4.11', username: 'ada@corp' }],
    ['fd00::1', { ...nothing, host: 'fd00::1' }],
    ['root@[FD00:0:0::1]:2200', { host: 'fd00::1', port: 2200, username: 'root', jumps: [] }],
    ['ssh://git@example.org:29418/', { host: 'example.org', port: 29418, username: 'git', jumps: [] }],
    ['ssh web-1', { ...nothing, host: 'web-1' }],
    ['ssh -p 2222 deploy@web-1', { host: 'web-1', port: 2222, username: 'deploy', jumps: [] }],
    ['ssh -4Ap2222 -l deploy web-1 uptime -p', { host: 'web-1', port: 2222, username: 'deploy', jumps: [] }],
    ['ssh -i "~/my key" -o Port=2022 -oUser=ada -v web-1', { host: 'web-1', port: 2022, username: 'ada', jumps: [] }],
    ['ssh -o "HostName 10.0.0.9" alias', { ...nothing, host: '10.0.0.9' }],
    [String.raw`CORP\alice@web-1`, { ...nothing, host: 'web-1', username: String.raw`CORP\alice` }],
    [String.raw`ssh CORP\alice@web-1`, { ...nothing, host: 'web-1', username: String.raw`CORP\alice` }],
    ['ssh alias -o HostName=%h.example.org', { ...nothing, host: 'alias.example.org' }],
    [
      'ssh -J ada@gate:2200,[fd00::2] \\\n -p 22 root@db',
      {
        host: 'db',
        port: 22,
        username: 'root',
        jumps: [
          { host: 'gate', port: 2200, username: 'ada' },
          { host: 'fd00::2', port: undefined, username: undefined },
        ],
      },
    ],
  ])('reads %j', (text, address) => {
    expect(parseQuickAddress(text)).toEqual(address);
  });

  test.each([
    '',
    'two words',
    'host:0',
    'host:65536',
    'host:http',
    'user@',
    'ho$t',
    'http://example.org',
    'ssh -p 22',
    'ssh -p abc web-1',
    'ssh -J bad$jump web-1',
    'ssh -J one -J two web-1',
    'ssh web-1 -p',
    'ssh -o "User a b" web-1',
    '@web-1',
    'ssh://web-1/path',
  ])('takes %j for no address', (text) => {
    expect(parseQuickAddress(text)).toBeUndefined();
  });
});

test('formats an address as it is typed', () => {
  expect(formatAddress({ host: 'fd00::1', port: 2222, username: 'root' })).toBe('root@[fd00::1]:2222');
  expect(formatAddress({ host: 'web-1', port: 22, username: undefined }, 22)).toBe('web-1');
});

describe('sshCommand', () => {
  test('leaves out what is the default', () => {
    expect(sshCommand({ host: '10.0.4.11', port: 22, username: 'deploy', jumps: [] })).toBe('ssh deploy@10.0.4.11');
  });

  test('names port and jump hosts', () => {
    const jumps = [{ host: 'fd00::2', port: 2200, username: 'ada' }];
    expect(sshCommand({ host: 'db', port: 2222, username: undefined, jumps })).toBe(
      "ssh -p 2222 -J 'ada@[fd00::2]:2200' db",
    );
  });

  test('quotes what a shell would run', () => {
    expect(sshCommand({ host: 'db', port: 22, username: "$(reboot)'", jumps: [] })).toBe(
      String.raw`ssh '$(reboot)'\''@db'`,
    );
  });

  test('keeps a user name that begins with a hyphen from being an option', () => {
    expect(sshCommand({ host: 'db', port: 22, username: '-oProxyCommand=x', jumps: [] })).toBe(
      'ssh -l -oProxyCommand=x db',
    );
  });
});
