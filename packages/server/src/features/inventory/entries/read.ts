import { treeSchema, type Entry, type EntryDetail, type EntryPage, type Tree } from '@gatehouse/contract/entries';
import { say } from '@gatehouse/contract/messages/message';
import { invalid } from '../../../kernel/app-error.ts';
import type { Caller } from '../../../kernel/caller.ts';
import type { Db } from '../../../kernel/db/database.ts';
import { contentTag } from '../../../kernel/http/entity-tag.ts';
import type { LongAnswer } from '../../../kernel/http/long-answer.ts';
import { PreparedAnswer } from '../../../kernel/http/prepared-answer.ts';
import { sliceSize, type OneByOne } from '../../../kernel/slices.ts';
import { bindingTag } from '../../../access/binding.ts';
import { canWith } from './can.ts';
import type { EntryContext } from '../edit.ts';
import type { PolicyInForce } from './resolved-entry.ts';
import { usableIdentities } from '../links/repository.ts';
import { visible } from '../policy.ts';
import { makeLongTree } from '../tree/long-tree.ts';
import {
  countVisible,
  findEntry,
  listVisibleEntries,
  listVisibleFolders,
  organizationNames,
  pageOfEntries,
  recentEntries,
  usernameOf,
} from './repository.ts';
import { resolveEntry } from './resolve.ts';
import { buildTree, toEntry } from '../tree/tree.ts';

interface TreeRequest {
  readonly context: EntryContext;
  /** For trees that are read in slices. */
  readonly longLists: OneByOne;
  /** Folders only, without servers. */
  readonly servers: boolean;
}

/** Everything that the caller sees, as a tree; read and serialized in slices if it is large. */
export async function tree(request: TreeRequest, caller: Caller): Promise<PreparedAnswer | LongAnswer> {
  const { database, rightsOf } = request.context;
  const db = database.read;
  const rights = await rightsOf(db, caller.accountId);
  if ((await countVisible(db, rights, sliceSize)) >= sliceSize)
    return request.longLists(caller.accountId, () => makeLongTree(request.context, caller, request));
  const can = canWith(rights);
  const folders = await listVisibleFolders(db, rights);
  const organizations = await organizationNames(db, [...rights.organizations.keys()]);
  if (!request.servers) return prepareTree(buildTree({ can, folders, organizations, entries: [] }));
  const rows = await listVisibleEntries(db, rights);
  const identityIds = await usableIdentities(db, rights, 'all');
  const entries = rows.map((row) => toEntry(row, can, identityIds.get(row.id)));
  return prepareTree(buildTree({ can, folders, organizations, entries }));
}

function prepareTree(shown: Tree): PreparedAnswer {
  const bytes = Buffer.from(JSON.stringify(treeSchema.parse(shown)));
  return new PreparedAnswer(bytes, contentTag([bytes]));
}

/** Which page of which entries. */
export interface PageRequest {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly search?: string | undefined;
}

/** A page of entries by id. */
export async function page(
  { database, rightsOf }: EntryContext,
  caller: Caller,
  { limit, cursor, search }: PageRequest,
): Promise<EntryPage> {
  const db = database.read;
  const rights = await rightsOf(db, caller.accountId);
  const afterId = cursor === undefined ? 0 : parseCursor(cursor);
  const rows = await pageOfEntries(db, rights, {
    afterId,
    limit: limit + 1,
    search: search === '' ? undefined : search,
  });
  const shown = rows.slice(0, limit);
  const ids = shown.map(({ id }) => id);
  const identityIds = await usableIdentities(db, rights, ids);
  const last = ids.at(-1);
  const can = canWith(rights);
  return {
    entries: shown.map((row) => toEntry(row, can, identityIds.get(row.id))),
    nextCursor: rows.length > limit && last !== undefined ? formatCursor(last) : null,
  };
}

function formatCursor(id: number): string {
  return Buffer.from(`e${id}`).toString('base64url');
}

function parseCursor(cursor: string): number {
  const id = /^e([1-9]\d{0,15})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'))?.[1];
  if (id === undefined || !Number.isSafeInteger(Number(id))) throw invalid('cursor', say('cursor_unknown'));
  return Number(id);
}

/** The entries that the caller used last. */
export async function recent({ database, rightsOf }: EntryContext, caller: Caller, limit: number): Promise<Entry[]> {
  const db = database.read;
  const rights = await rightsOf(db, caller.accountId);
  const rows = await recentEntries(db, rights, limit);
  const identityIds = await usableIdentities(
    db,
    rights,
    rows.map(({ id }) => id),
  );
  const can = canWith(rights);
  return rows.map((row) => toEntry(row, can, identityIds.get(row.id)));
}

/** An entry with its version. */
export type StoredEntry = EntryDetail & { readonly version: number };

/** One entry with what the caller can use of it. */
export async function get({ database, rightsOf }: EntryContext, caller: Caller, id: number): Promise<StoredEntry> {
  const db = database.read;
  const rights = await rightsOf(db, caller.accountId);
  const row = visible(await findEntry(db, id), { rights, action: 'entry.read' });
  const resolved = await resolveEntry({ db, caller, rights }, id);
  return {
    ...toEntry(
      row,
      canWith(rights),
      resolved.links.map(({ identityId }) => identityId),
    ),
    links: [...resolved.links],
    inherited: resolved.inherited ?? null,
    hostKeyPolicy: resolved.config.hostKeyPolicy,
    hostKeyPolicyChoice: await choiceOf(db, resolved.hostKeyPolicy),
    binding: bindingTag(resolved.binding, resolved.hostKeyPolicy.stamp),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    version: row.version,
  };
}

async function choiceOf(db: Db, { from, fromId, choices }: PolicyInForce): Promise<EntryDetail['hostKeyPolicyChoice']> {
  // The latest of the choices that made it apply here.
  const latest = choices
    .toSorted((one, other) => (one.host_key_policy_at ?? '').localeCompare(other.host_key_policy_at ?? ''))
    .at(-1);
  const by = latest?.host_key_policy_by ?? null;
  return {
    from,
    id: fromId,
    by: by === null ? null : ((await usernameOf(db, by)) ?? null),
    at: latest?.host_key_policy_at ?? null,
  };
}
