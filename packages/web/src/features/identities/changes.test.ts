import { afterEach, describe, expect, test, vi } from 'vitest';
import { change } from '../../../test/rendering/changes.ts';
import { answering, refusal } from '../../../test/rendering/network.ts';
import { hookOf, newClient } from '../../../test/rendering/rendered.tsx';
import { identity } from '../../../test/rendering/samples.ts';
import { problemOf } from '../../lib/api.ts';
import {
  useCreateIdentity,
  useDeleteIdentities,
  useGenerateKey,
  useMoveIdentities,
  useTestIdentity,
  useTrustHostKey,
  useUpdateIdentity,
} from './changes.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

const stored = () => ({ message: 'done', id: 9, identity: identity(9) });
const lists = ['entries tree', 'entries recent', 'identities list'];

describe('a change of one identity', () => {
  test('is made of what was typed, whole, and refused where it is not right', async () => {
    const answers: Headers[] = [];
    const { requests, stale, keptMs } = await change({
      use: useCreateIdentity,
      input: { name: 'Deploy', type: 'ssh', sshKey: 'KEY' },
      answer: ({ headers }) => (answers.push(headers), stored()),
    });
    expect(requests).toEqual(['PUT /api/identity {"name":"Deploy","type":"ssh","sshKey":"KEY"}']);
    expect(answers.map((headers) => headers.get('prefer'))).toEqual(['handling=strict']);
    expect([stale, keptMs]).toEqual([lists, 0]);
  });

  test.each([
    ['"3"', '"3"'],
    [null, null],
  ])('replaces the version that was read (%s) and no other', async (etag, condition) => {
    const seen: (string | null)[] = [];
    const { requests, keptMs } = await change({
      use: () => useUpdateIdentity(9, etag),
      input: { password: 'new' },
      answer: ({ headers }) => (seen.push(headers.get('if-match')), stored()),
    });
    expect(requests).toEqual(['PATCH /api/identity/9 {"password":"new"}']);
    expect([seen, keptMs]).toEqual([[condition], 0]);
  });

  test('that somebody else was faster with is told of, and nothing is read again: what is typed stays', async () => {
    const { error, stale } = await change({
      use: () => useUpdateIdentity(9, '"3"'),
      input: { name: 'Other' },
      answer: () => refusal(412, 'precondition_failed'),
    });
    expect(problemOf(error)?.error).toBe('precondition_failed');
    expect(stale).toEqual([]);
  });

  test('a generated key is kept nowhere', async () => {
    const { keptMs, stale } = await change({
      use: useGenerateKey,
      input: { algorithm: 'ed25519', comment: 'ada', passphrase: 'secret' },
    });
    expect([keptMs, stale]).toEqual([0, []]);
  });

  test('a test of a login is read again whatever came of it, because it was a use', async () => {
    const { requests, stale } = await change({
      use: () => useTestIdentity(9),
      input: 4,
      answer: () => refusal(502, 'login_failed'),
    });
    expect(requests).toEqual(['POST /api/identity/9/test {"entryId":4}']);
    expect(stale).toEqual(['identities list']);
  });

  test('a host key that is trusted takes the place of those before', async () => {
    const { requests, stale } = await change({
      use: useTrustHostKey,
      input: { entryId: 4, publicKey: 'ssh-ed25519 AAAA' },
      answer: () => ({ message: 'done', keys: [] }),
    });
    expect(requests).toEqual(['PUT /api/entry/4/host-keys {"keys":["ssh-ed25519 AAAA"]}']);
    expect(stale).toEqual(['entries tree', 'entries recent']);
  });
});

describe('one act on several', () => {
  const several = [1, 2, 3, 4, 5, 6, 7].map((id) => identity(id));
  const isOf = (path: string, ids: readonly number[]) => ids.some((id) => path.endsWith(`/${id}`));

  test('reaches each once', async () => {
    const { requests, result, stale } = await change({ use: useDeleteIdentities, input: several });
    expect(requests.toSorted()).toEqual(several.map(({ id }) => `DELETE /api/identity/${id}`));
    expect(result).toEqual({ done: 7, failed: [] });
    expect(stale).toEqual(lists);
  });

  test('tells which were refused and why, and goes on with the others', async () => {
    const { result, stale } = await change({
      use: useMoveIdentities,
      input: { identities: several, organizationId: 3 },
      answer: ({ path }) => (isOf(path, [1, 4, 7]) ? refusal(409, 'conflict') : stored()),
    });
    const { done, failed } = result as Awaited<ReturnType<ReturnType<typeof useMoveIdentities>['mutateAsync']>>;
    expect(done).toBe(4);
    expect(failed.map((one) => one.identity.id).toSorted()).toEqual([1, 4, 7]);
    expect(new Set(failed.map(({ error }) => problemOf(error)?.error))).toEqual(new Set(['conflict']));
    expect(stale).toEqual(lists);
  });

  test('asks for a few at a time, so that a server with many is not flooded', async () => {
    let open = 0;
    let most = 0;
    answering(async () => {
      most = Math.max(most, ++open);
      await Promise.resolve();
      await new Promise((resolve) => setImmediate(resolve));
      open--;
      return { message: 'done' };
    });
    await hookOf(useDeleteIdentities, { client: newClient() }).mutateAsync(several);
    expect([most, open]).toEqual([4, 0]);
  });

  test('of none asks nothing', async () => {
    const { requests, result } = await change({ use: useDeleteIdentities, input: [] });
    expect([requests, result]).toEqual([[], { done: 0, failed: [] }]);
  });
});
