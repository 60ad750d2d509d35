import { afterEach, describe, expect, test, vi } from 'vitest';
import { change } from '../../../test/rendering/changes.ts';
import { answering, refusal } from '../../../test/rendering/network.ts';
import { newClient } from '../../../test/rendering/rendered.tsx';
import { server } from '../../../test/rendering/samples.ts';
import { problemOf } from '../../lib/api.ts';
import {
  entryTree,
  importPreview,
  liveSessions,
  recentEntries,
  useConfirmLink,
  useCreateFolder,
  useDeleteEntry,
  useDeleteFolder,
  useDuplicateEntry,
  useForgetHostKey,
  usePinHostKeys,
  useRepositionEntry,
  useScanHostKeys,
  useUpdateEntry,
  useUpdateFolder,
} from './queries.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

const done = () => ({ message: 'done', id: 4, keys: [], revoked: [], skipped: { otherHosts: 0, unsupported: 0 } });
const ofEntries = ['entries tree', 'entries recent'];

describe('a change', () => {
  test.each([
    {
      what: 'of a server',
      run: () => change({ use: useUpdateEntry, input: { id: 4, name: 'web' }, answer: done }),
      request: 'PATCH /api/entry/4 {"name":"web"}',
    },
    {
      what: 'of its place',
      run: () =>
        change({
          use: useRepositionEntry,
          input: { id: 4, targetId: 5, placement: 'before', folderId: null },
          answer: done,
        }),
      request: 'PATCH /api/entry/4/reposition {"targetId":5,"placement":"before","folderId":null}',
    },
    {
      what: 'that copies a server',
      run: () => change({ use: useDuplicateEntry, input: 4, answer: done }),
      request: 'POST /api/entry/4/duplicate',
    },
    {
      what: 'that makes a folder',
      run: () => change({ use: useCreateFolder, input: { name: 'Attic', parentId: 1 }, answer: done }),
      request: 'PUT /api/folder {"name":"Attic","parentId":1}',
    },
    {
      what: 'of a folder',
      run: () => change({ use: useUpdateFolder, input: { id: 2, defaultIdentityId: null }, answer: done }),
      request: 'PATCH /api/folder/2 {"defaultIdentityId":null}',
    },
    {
      what: 'that deletes a folder',
      run: () => change({ use: useDeleteFolder, input: 2, answer: done }),
      request: 'DELETE /api/folder/2',
    },
    {
      what: 'of a confirmation, which is for the server as it was shown',
      run: () => change({ use: () => useConfirmLink(4), input: { identityId: 3, binding: 'b-1' }, answer: done }),
      request: 'POST /api/entry/4/identities/3/confirm {"binding":"b-1"}',
    },
    {
      what: 'that pins host keys',
      run: () => change({ use: () => usePinHostKeys(4), input: ['ssh-ed25519 AAAA'], answer: done }),
      request: 'PUT /api/entry/4/host-keys {"keys":["ssh-ed25519 AAAA"]}',
    },
    {
      what: 'that forgets a host key',
      run: () => change({ use: () => useForgetHostKey(4), input: 8, answer: done }),
      request: 'DELETE /api/entry/4/host-keys/8',
    },
    {
      what: 'that deletes a server',
      run: () => change({ use: useDeleteEntry, input: 4, answer: done }),
      request: 'DELETE /api/entry/4',
    },
  ])('$what is sent, and the lists of servers are read again', async ({ run, request }) => {
    const { requests, stale, error } = await run();
    expect(error).toBeUndefined();
    expect(requests).toEqual([request]);
    expect(stale).toEqual(ofEntries);
  });

  test('that was refused is read again, too: the server may have changed meanwhile', async () => {
    const { error, stale } = await change({
      use: () => useConfirmLink(4),
      input: { identityId: 3, binding: 'b-1' },
      answer: () => refusal(409, 'conflict'),
    });
    expect(problemOf(error)?.error).toBe('conflict');
    expect(stale).toEqual(ofEntries);
  });
});

test('a scan of host keys changes nothing', async () => {
  const { requests, stale } = await change({ use: () => useScanHostKeys(4), input: undefined, answer: done });
  expect(requests).toHaveLength(1);
  expect(stale).toEqual([]);
});

describe('what is read', () => {
  test('the tree is no page of a list', async () => {
    answering(() => [server(1)]);
    await expect(newClient().query(entryTree)).resolves.toHaveLength(1);
    answering(() => ({ entries: [server(1)], nextCursor: null }));
    await expect(newClient().query(entryTree)).rejects.toThrow('a page instead of the tree');
  });

  test('the servers of late are few, the live sessions all', async () => {
    const sent = answering(() => []);
    const client = newClient();
    await client.query(recentEntries);
    await client.query(liveSessions);
    expect(sent.map(({ path }) => path)).toEqual(['/api/entry/recent?limit=8', '/api/connection?live=true&limit=200']);
  });

  test('an import is tried out, and not where there is nothing to import', async () => {
    const sent = answering(() => ({ dryRun: true, entries: [], skipped: [], warnings: [], created: 0 }));
    await newClient()
      .query(importPreview({ text: 'Host a', dryRun: false }))
      .catch(() => undefined);
    expect(sent).toMatchObject([{ body: { text: 'Host a', dryRun: true } }]);
    expect([importPreview({ text: ' \n' }).enabled, importPreview({ text: 'Host a' }).enabled]).toEqual([false, true]);
  });
});
