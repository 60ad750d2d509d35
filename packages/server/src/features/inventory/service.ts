import type { HostKeyFacts } from '@gatehouse/contract/problem';
import type { Caller } from '../../kernel/caller.ts';
import { createOneByOne } from '../../kernel/slices.ts';
import type { EntryContext } from './edit.ts';
import { createEntries, type Entries } from './entries/service.ts';
import { createFolders, type Folders } from './folders/service.ts';

export type { Entries, Folders };

interface Dependencies extends EntryContext {
  /** Reads the host keys of the server with the rights of the caller; throws what a login throws. */
  readonly scanHostKeys: (caller: Caller, entryId: number) => Promise<readonly HostKeyFacts[]>;
}

/** Entries and folders. */
export interface Inventory {
  readonly entries: Entries;
  readonly folders: Folders;
}

/** Creates entries and folders. An account has one long list in preparation at a time, of any kind. */
export function createInventory(dependencies: Dependencies): Inventory {
  const shared = { ...dependencies, longLists: createOneByOne() };
  return { entries: createEntries(shared), folders: createFolders(shared) };
}
