import type { CreateEntry, Entry, EntryPage } from '@gatehouse/contract/entries';
import type { ImportResult, ImportSshConfig } from '@gatehouse/contract/ssh-config-import';
import type { RepositionEntry, UpdateEntry } from '@gatehouse/contract/entries';
import type { HostKeyFacts } from '@gatehouse/contract/problem';
import type { ResolvedChain, ResolvedEntry } from '../../../access/resolved-entry.ts';
import type { Caller } from '../../../kernel/caller.ts';
import type { IfMatch } from '../../../kernel/http/entity-tag.ts';
import type { LongAnswer } from '../../../kernel/http/long-answer.ts';
import type { PreparedAnswer } from '../../../kernel/http/prepared-answer.ts';
import type { OneByOne } from '../../../kernel/slices.ts';
import { confirm, type Confirmation } from '../links/confirm.ts';
import type { EntryContext } from '../edit.ts';
import {
  listHostKeys,
  pinKey,
  removeHostKey,
  replaceHostKeys,
  trustedKeys,
  type TrustedKeys,
} from '../host-keys/host-keys.ts';
import type { HostKeyList, ObservedHostKey } from '../host-keys/host-keys.ts';
import type { KeysOfHost } from '../host-keys/known-hosts.ts';
import { importSshConfig } from '../ssh-config/import.ts';
import { get, page, recent, tree, type PageRequest, type StoredEntry } from './read.ts';
import { reposition } from './reposition.ts';
import { resolveEntry, resolveRoute } from './resolve.ts';
import { create, duplicate, remove, update } from './write.ts';

interface EntryDependencies extends EntryContext {
  readonly longLists: OneByOne;
  /** Reads the host keys of the server with the rights of the caller; throws what a login throws. */
  readonly scanHostKeys: (caller: Caller, entryId: number) => Promise<readonly HostKeyFacts[]>;
}

/** Entries, the identities linked to them, and their pinned host keys. All methods throw `not_found` for what the caller cannot see. */
export interface Entries {
  /** Everything that the caller sees, with folders and organizations. */
  tree(caller: Caller): Promise<PreparedAnswer | LongAnswer>;
  page(caller: Caller, request: PageRequest): Promise<EntryPage>;
  recent(caller: Caller, limit: number): Promise<Entry[]>;
  get(caller: Caller, id: number): Promise<StoredEntry>;
  create(caller: Caller, body: CreateEntry): Promise<number>;
  /** Resolves to the new version; throws `precondition_failed` for another version, like `remove` and `reposition`. */
  update(caller: Caller, id: number, body: UpdateEntry, ifMatch?: IfMatch): Promise<number>;
  remove(caller: Caller, id: number, ifMatch?: IfMatch): Promise<void>;
  duplicate(caller: Caller, id: number): Promise<number>;
  reposition(caller: Caller, id: number, body: RepositionEntry, ifMatch?: IfMatch): Promise<number>;
  /** Adds the servers of an ssh_config(5), all of them or none; a dry run adds none. */
  importSshConfig(caller: Caller, body: ImportSshConfig): Promise<ImportResult>;
  /** Confirms an identity for the present state of an entry; throws `forbidden` unless the caller manages the identity. */
  confirm(caller: Caller, confirmation: Confirmation): Promise<void>;
  listHostKeys(caller: Caller, entryId: number): Promise<HostKeyList>;
  replaceHostKeys(caller: Caller, entryId: number, lines: readonly string[]): Promise<KeysOfHost>;
  removeHostKey(caller: Caller, entryId: number, hostKeyId: number): Promise<void>;
  scanHostKeys(caller: Caller, entryId: number): Promise<readonly HostKeyFacts[]>;

  /** The entry as the caller may use it now. */
  resolve(caller: Caller, entryId: number): Promise<ResolvedEntry>;
  /** The entry and its jump hosts in order; throws `conflict` for an unusable route. */
  resolveChain(caller: Caller, entryId: number): Promise<ResolvedChain>;
  trustedKeys(entryId: number, host: string, port: number): Promise<TrustedKeys>;
  /** Pins a presented key; throws `host_key_changed` if only a person may replace a key, `forbidden` if this person may not. */
  pinKey(caller: Caller, met: ObservedHostKey): Promise<void>;
}

/** Entries as callers see and change them. Each method throws `not_found` for an entry that the caller may not see. */
export function createEntries(dependencies: EntryDependencies): Entries {
  const { database, rightsOf, longLists } = dependencies;
  const resolving = async (caller: Caller) => {
    const rights = await rightsOf(database.read, caller.accountId);
    return { db: database.read, caller, rights };
  };
  const resolve = async (caller: Caller, entryId: number) => resolveEntry(await resolving(caller), entryId);
  return {
    tree: (caller) => tree({ context: dependencies, longLists, servers: true }, caller),
    page: (caller, request) => page(dependencies, caller, request),
    recent: (caller, limit) => recent(dependencies, caller, limit),
    get: (caller, id) => get(dependencies, caller, id),
    create: (caller, body) => create(dependencies, caller, body),
    update: (caller, id, body, ifMatch = 'any') => update(dependencies, caller, { id, ifMatch }, body),
    remove: (caller, id, ifMatch = 'any') => remove(dependencies, caller, { id, ifMatch }),
    duplicate: (caller, id) => duplicate(dependencies, caller, id),
    reposition: (caller, id, body, ifMatch = 'any') => reposition(dependencies, caller, { id, ifMatch }, body),
    importSshConfig: (caller, body) => importSshConfig(dependencies, caller, body),
    confirm: (caller, confirmation) => confirm(dependencies, caller, confirmation),
    listHostKeys: (caller, entryId) => listHostKeys(dependencies, caller, entryId),
    replaceHostKeys: (caller, entryId, lines) => replaceHostKeys(dependencies, caller, entryId, lines),
    removeHostKey: (caller, entryId, hostKeyId) => removeHostKey(dependencies, caller, { entryId, hostKeyId }),
    scanHostKeys: async (caller, entryId) => {
      await resolve(caller, entryId);
      return dependencies.scanHostKeys(caller, entryId);
    },
    resolve,
    resolveChain: async (caller, entryId) => resolveRoute(await resolving(caller), entryId),
    trustedKeys: (entryId, host, port) => trustedKeys(dependencies, { entryId, host, port }),
    pinKey: (caller, met) => pinKey(dependencies, caller, met),
  };
}
