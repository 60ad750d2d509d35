import { createIdentity } from '@gatehouse/contract/identities';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { change } from '../../../test/rendering/changes.ts';
import { refusal } from '../../../test/rendering/network.ts';
import { problemOf } from '../../lib/api.ts';
import { bodyOf, useCreateFirstIdentity, type FirstIdentity } from './first-identity.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

const typed: FirstIdentity = {
  name: 'Deploy key',
  username: 'deploy',
  method: 'key',
  sshKey: 'KEY',
  passphrase: '',
  password: 'left over',
};
const handle = 'h'.repeat(43);
const made = {
  handle,
  publicKey: 'ssh-ed25519 AAAA Deploy key',
  algorithm: 'ssh-ed25519',
  bits: 256,
  fingerprint: 'SHA256:x',
  expiresAt: '2026-03-04T10:00:00.000Z',
};

describe('what the first form sends', () => {
  test.each<[Partial<FirstIdentity>, object]>([
    [{}, { type: 'ssh', username: 'deploy', sshKey: 'KEY' }],
    [{ passphrase: 'p' }, { type: 'ssh', username: 'deploy', sshKey: 'KEY', passphrase: 'p' }],
    [{ username: '  ' }, { type: 'ssh', sshKey: 'KEY' }],
    [
      { method: 'password', password: 'p' },
      { type: 'password', username: 'deploy', password: 'p' },
    ],
    [
      { method: 'generate', passphrase: 'p' },
      { type: 'ssh', username: 'deploy' },
    ],
  ])('of %j is what was chosen, and nothing that was typed for something else', (facts, body) => {
    expect(bodyOf({ ...typed, ...facts })).toEqual({ name: 'Deploy key', ...body });
  });

  test.each<[Partial<FirstIdentity>, string[]]>([
    [{ name: '' }, ['name']],
    [{ sshKey: '' }, ['sshKey']],
    [{ method: 'password', password: '' }, ['password']],
  ])('with %j is refused by the contract at its field', (facts, paths) => {
    const { error } = createIdentity.body.safeParse(bodyOf({ ...typed, ...facts }));
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual(paths);
  });
});

describe('storing it', () => {
  test('makes no key where one was pasted', async () => {
    const { requests, stale, result, keptMs } = await change({
      use: useCreateFirstIdentity,
      input: typed,
      answer: () => ({ id: 1, message: 'done' }),
    });
    expect(requests).toEqual([`PUT /api/identity ${JSON.stringify(bodyOf(typed))}`]);
    expect([stale, result, keptMs]).toEqual([['identities list'], undefined, 0]);
  });

  test('makes a key on the server, and gives its public half to be authorized', async () => {
    const { requests, result } = await change({
      use: useCreateFirstIdentity,
      input: { ...typed, method: 'generate', name: ' Deploy key ' },
      answer: ({ path }) => (path.endsWith('generate-key') ? made : { id: 1, message: 'done' }),
    });
    expect(requests[0]).toBe('POST /api/identity/generate-key {"algorithm":"ed25519","comment":"Deploy key"}');
    expect(requests[1]).toContain(`"generatedKey":"${handle}"`);
    expect(result).toBe(made.publicKey);
  });

  test('that was refused stores nothing, and no list is read again', async () => {
    const { requests, error, stale } = await change({
      use: useCreateFirstIdentity,
      input: { ...typed, method: 'generate' },
      answer: () => refusal(409, 'quota_exceeded'),
    });
    expect(requests).toHaveLength(1);
    expect(problemOf(error)?.error).toBe('quota_exceeded');
    expect(stale).toEqual([]);
  });
});
