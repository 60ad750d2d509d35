import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { logIn } from '../src/protocols/ssh/login.ts';
import { attend, execute, loginOptions, makeHop, pinned } from './ssh-servers/login.ts';
import { makeKey, type KeyKind } from './ssh-servers/signing-key.ts';
import { addTestAccount, startSshd, type Sshd, type TestAccount } from './ssh-servers/sshd.ts';

const keys = {
  ed25519: makeKey('ed25519'),
  rsa: makeKey('rsa'),
  'P-256': makeKey('P-256'),
  'P-384': makeKey('P-384'),
  'P-521': makeKey('P-521'),
};
let account: TestAccount;
let sshd: Sshd;

beforeAll(async () => {
  account = await addTestAccount();
  sshd = await startSshd({ authorizedKeys: Object.values(keys).map(({ authorizedKey }) => authorizedKey) });
});

afterAll(async () => {
  await sshd[Symbol.asyncDispose]();
  await account[Symbol.asyncDispose]();
});

describe('a login with a key', () => {
  test.for(Object.keys(keys) as KeyKind[])('runs a command with a key of type %s', async (kind) => {
    const key = keys[kind];
    const { attendant, steps } = attend();
    const hop = makeHop({ ...account, port: sshd.port, key, hostKeys: pinned(sshd.hostKeys) });
    await using connection = await logIn(loginOptions(hop, { attendant }));
    expect(connection.method).toBe('publickey');
    expect(await execute(connection, 'id -un; echo oops >&2; exit 7')).toEqual({
      out: `${account.username}\n`,
      err: 'oops\n',
      code: 7,
      signal: null,
    });
    expect(steps.map(({ step, status }) => `${step} ${status}`)).toEqual([
      'dns skipped',
      'tcp ok',
      'banner ok',
      'kex ok',
      'hostkey ok',
      'auth ok',
      'channel ok',
    ]);
    expect(key.handles.disposed).toBe(key.handles.opened);
  });
});
