import { say } from '@gatehouse/contract/messages/message';
import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { failureText, helpText, welcome } from './greeting.ts';
import { invalid } from './kernel/app-error.ts';
import { settingList } from './kernel/settings/registry.ts';
import type { StartChecks } from './start-check.ts';

const noSecrets = { opened: 0, problems: [] };
const started = {
  url: 'http://127.0.0.1:6989',
  setup: { open: true, token: 'c0ffee' },
  checks: { checkpoint: undefined, secrets: noSecrets },
};

function systemError(syscall: string, code: string): Error {
  return Object.assign(new Error(`${syscall} ${code}`), { syscall, code });
}

test('the help names every setting', () => {
  for (const { name } of settingList) expect(helpText()).toMatch(new RegExp(`^ {2}${name}[ =]`, 'm'));
});

describe('the welcome', () => {
  test('says where the data and the master key lie, and shows the set-up token while there is no account', () => {
    const text = welcome(readConfig({ DATA_DIR: '/srv/gate' }), started);

    for (const part of [
      '/srv/gate/gatehouse.db',
      '/srv/gate/master.key',
      '/srv/gate/setup-token',
      'http://127.0.0.1:6989/welcome#setup=c0ffee',
      'http://127.0.0.1:6989/guide.txt',
    ])
      expect(text).toContain(part);
  });

  test('links to where people reach the server', () => {
    const text = welcome(readConfig({ PUBLIC_URL: 'https://gate.example.org' }), started);

    expect(text).toContain('https://gate.example.org/welcome#setup=c0ffee');
  });

  test('says later that the set-up is done', () => {
    const text = welcome(readConfig({}), { ...started, setup: { open: false, token: undefined } });

    expect(text).toMatch(/Set-up +done/);
  });

  test('says what the start verified, and warns of what does not fit', () => {
    const checkpoint = { size: 7, hash: Buffer.alloc(32) };
    const known = { forged: 0, head: { size: 9, hash: Buffer.alloc(32) } };
    const secrets = { opened: 3, problems: [] };
    const textOf = (checks: StartChecks) => welcome(readConfig({}), { ...started, checks });

    expect(textOf(started.checks)).not.toContain('Verified');
    expect(textOf({ checkpoint: { kind: 'match', checkpoint, ...known }, secrets })).toMatch(
      /Verified +3 of .* fits the checkpoint at entry 7/,
    );
    expect(textOf({ checkpoint: { kind: 'nothing', ...known }, secrets })).toContain('could not be compared');
    const forged = textOf({ checkpoint: { kind: 'nothing', ...known, forged: 1 }, secrets });
    expect(forged).toMatch(/WARNING .*did not sign/);
    const problem = { rows: 'identity', rowId: 1, field: 'password', fault: 'older' } as const;
    const wrong = { opened: 3, problems: [problem] };
    expect(textOf({ checkpoint: { kind: 'match', checkpoint, ...known }, secrets: wrong })).toMatch(
      /WARNING +1 stored secrets .*verify/,
    );
  });

  test('warns of plain HTTP where others can connect and no proxy is known', () => {
    expect(welcome(readConfig({ HOST: '0.0.0.0' }), started)).toContain('without encryption');
    expect(welcome(readConfig({ HOST: '0.0.0.0', PUBLIC_URL: 'https://gate.example.org' }), started)).not.toContain(
      'without encryption',
    );
    expect(welcome(readConfig({}), started)).not.toContain('without encryption');
  });
});

describe('a failed start', () => {
  test.each([
    [systemError('listen', 'EADDRINUSE'), 'Port 6989 on 127.0.0.1 is in use'],
    [systemError('listen', 'EADDRNOTAVAIL'), 'no such address'],
    [systemError('listen', 'EACCES'), 'PORT to 1024 or more'],
    [Object.assign(systemError('getaddrinfo', 'ENOTFOUND'), { hostname: '127.0.0.1' }), 'HOST is 127.0.0.1'],
    [new Error('One thing.', { cause: new Error('Another thing.') }), 'One thing. Another thing.'],
  ])('is told in words: %s', (error, words) => {
    expect(failureText(error, readConfig({}))).toContain(words);
  });

  test('names the setting whose database does not answer, and not its password', () => {
    const config = readConfig({ DATABASE_URL: 'postgres://gate:hunter22@127.0.0.1:1/gate' });
    const text = failureText(systemError('connect', 'ECONNREFUSED'), config);

    expect(text).toContain('DATABASE_URL');
    expect(text).not.toContain('hunter22');
  });

  test('takes a host that has no address for the database of no other', () => {
    const config = readConfig({ HOST: 'nowhere', DATABASE_URL: 'postgres://gate@elsewhere/gate' });
    const of = (hostname: string) => Object.assign(systemError('getaddrinfo', 'ENOTFOUND'), { hostname });

    expect(failureText(of('nowhere'), config)).toContain('HOST is nowhere');
    expect(failureText(of('elsewhere'), config)).toContain('DATABASE_URL');
  });

  test('names the setting whose password is too weak', () => {
    const error = invalid('password', say('password_common'));

    expect(failureText(error, readConfig({}))).toContain('The password of ADMIN_USERNAME is one of the most common');
  });
});
