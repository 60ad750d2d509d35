import type { HostKeyFacts } from '@gatehouse/contract/problem';
import type { Caller } from '../../kernel/caller.ts';
import { createOneByOne } from '../../kernel/slices.ts';
import type { EntryContext } from './edit.ts';
import { createEntries, type Entries } from './entries/service.ts';
import { createFolders, type Folders } from './folders/service.ts';

export type { Entries, Folders };

interface Dependencies extends EntryContext {
  /** Asks the server for its host keys with the rights of the caller; throws what a login throws. */
  readonly scanHostKeys: (caller: Caller, entryId: number) => Promise<readonly HostKeyFacts[]>;
}

/** The servers that callers know, in their folders. */
export interface Inventory {
  readonly entries: Entries;
  readonly folders: Folders;
}

/** Entries and folders. An account has one long list made at a time, of whatever kind. */
export function createInventory(dependencies: Dependencies): Inventory {
  const shared = { ...dependencies, longLists: createOneByOne() };
  return { entries: createEntries(shared), folders: createFolders(shared) };
}
