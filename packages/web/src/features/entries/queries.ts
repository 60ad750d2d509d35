import { listConnections } from '@gatehouse/contract/connections';
import {
  confirmLink,
  createEntry,
  deleteEntry,
  duplicateEntry,
  getEntry,
  listEntries,
  listRecentEntries,
  repositionEntry,
  updateEntry,
  type EntryDetail,
  type Tree,
} from '@gatehouse/contract/entries';
import { importSshConfig } from '@gatehouse/contract/ssh-config-import';
import { deleteHostKey, getHostKeys, putHostKeys, scanHostKeys } from '@gatehouse/contract/entry-host-keys';
import { createFolder, deleteFolder, updateFolder } from '@gatehouse/contract/folders';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { call, exchange } from '../../lib/api.ts';
import { indexOf } from './tree-index.ts';

const shownRecents = 8;
/** More sessions than one person has open. */
const maxLiveSessions = 200;

/** Everything that the person sees, as a tree. */
export const entryTree = queryOptions({ queryKey: ['entries', 'tree'], queryFn: readTree });

async function readTree(): Promise<Tree> {
  const tree = await call(listEntries, {});
  if (!Array.isArray(tree)) throw new Error('the server answered a page instead of the tree');
  return tree;
}

/** The tree, indexed for lookups and searches. */
export const servers = queryOptions({ ...entryTree, select: indexOf });

/** The recent servers of the person, the latest first. */
export const recentEntries = queryOptions({
  queryKey: ['entries', 'recent'],
  queryFn: () => call(listRecentEntries, { query: { limit: shownRecents } }),
});

/** One server with its identities and permissions. */
export const entryOf = (entryId: number) =>
  queryOptions({
    queryKey: ['entries', 'one', entryId],
    queryFn: () => call(getEntry, { params: { entryId: String(entryId) } }),
  });

/** One server and the entity tag of its version, for its form. */
export interface StoredEntry {
  readonly result: EntryDetail;
  readonly etag: string | null;
}

/** One server with its entity tag. */
export const storedEntryOf = (entryId: number) =>
  queryOptions({
    queryKey: ['entries', 'stored', entryId],
    // A form starts with the current state, not with a cached one.
    gcTime: 0,
    queryFn: (): Promise<StoredEntry> => exchange(getEntry, { params: { entryId: String(entryId) } }),
  });

/** The host keys that are pinned for a server. */
export const hostKeysOf = (entryId: number) =>
  queryOptions({
    queryKey: ['entries', 'host-keys', entryId],
    queryFn: () => call(getHostKeys, { params: { entryId: String(entryId) } }),
  });

export type PinnedKey = z.output<typeof getHostKeys.result>['keys'][number];

/** The person's own live sessions. */
export const liveSessions = queryOptions({
  queryKey: ['sessions', 'entries', 'live'],
  queryFn: () => call(listConnections, { query: { live: 'true', limit: maxLiveSessions } }),
});

/** The preview of an import of an ssh_config; read again whenever the text changes, and not cached. */
export const importPreview = (body: z.input<typeof importSshConfig.body>) =>
  queryOptions({
    queryKey: ['entries', 'import', body],
    queryFn: () => call(importSshConfig, { body: { ...body, dryRun: true } }),
    enabled: body.text?.trim() !== '',
    gcTime: 0,
  });

/** A change of servers or folders; it resolves when the lists contain it. */
function useChange<I, O>(change: (input: I) => Promise<O>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => client.invalidateQueries({ queryKey: ['entries'] }),
  });
}

type Changes<B> = { readonly id: number } & B;

/** Refreshes the tree afterwards, as all changes here do. */
export const useCreateEntry = () => useChange((body: z.input<typeof createEntry.body>) => call(createEntry, { body }));

/**
 * Changes the fields that are given, with `etag` only in the version that it names: then it fails with `precondition_failed` if the server was changed
 * meanwhile.
 */
export const useUpdateEntry = (etag: string | null = null) =>
  useChange(({ id, ...body }: Changes<z.input<typeof updateEntry.body>>) =>
    call(
      updateEntry,
      { params: { entryId: String(id) }, body },
      { headers: etag === null ? {} : { 'if-match': etag } },
    ),
  );

/** Moves an entry to another folder, owner or position. */
export const useRepositionEntry = () =>
  useChange(({ id, ...body }: Changes<z.input<typeof repositionEntry.body>>) =>
    call(repositionEntry, { params: { entryId: String(id) }, body }),
  );

/** The copy is placed below its original. */
export const useDuplicateEntry = () =>
  useChange((id: number) => call(duplicateEntry, { params: { entryId: String(id) } }));

/** Resolves before the lists are read again, so that the page of the server is left before it shows "not found". */
export function useDeleteEntry() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => call(deleteEntry, { params: { entryId: String(id) } }),
    onSettled: () => void client.invalidateQueries({ queryKey: ['entries'] }),
  });
}

/** Refreshes the tree afterwards. */
export const useCreateFolder = () =>
  useChange((body: z.input<typeof createFolder.body>) => call(createFolder, { body }));

/** Changes the fields that are given. */
export const useUpdateFolder = () =>
  useChange(({ id, ...body }: Changes<z.input<typeof updateFolder.body>>) =>
    call(updateFolder, { params: { folderId: String(id) }, body }),
  );

/** Deletes its content as well. */
export const useDeleteFolder = () =>
  useChange((id: number) => call(deleteFolder, { params: { folderId: String(id) } }));

/** A dry run changes nothing. */
export const useImport = () =>
  useChange((body: z.input<typeof importSshConfig.body>) => call(importSshConfig, { body }));

interface Confirmation {
  readonly identityId: number;
  /** The version of the server that was shown; the answer is `conflict` if it changed since. */
  readonly binding: string;
}

/** Confirms that an identity may be used for an entry in its current state. */
export const useConfirmLink = (entryId: number) =>
  useChange(({ identityId, binding }: Confirmation) =>
    call(confirmLink, { params: { entryId: String(entryId), identityId: String(identityId) }, body: { binding } }),
  );

/** Reads the host keys that the server offers; changes nothing. */
export const useScanHostKeys = (entryId: number) =>
  useMutation({ mutationFn: () => call(scanHostKeys, { params: { entryId: String(entryId) } }) });

/** Pins these keys and forgets the others. */
export const usePinHostKeys = (entryId: number) =>
  useChange((keys: string[]) => call(putHostKeys, { params: { entryId: String(entryId) }, body: { keys } }));

/** The next login asks again. */
export const useForgetHostKey = (entryId: number) =>
  useChange((hostKeyId: number) =>
    call(deleteHostKey, { params: { entryId: String(entryId), hostKeyId: String(hostKeyId) } }),
  );
