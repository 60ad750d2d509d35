import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { entrySchema, folderNodeSchema, type FolderNode, type OrganizationNode } from '@gatehouse/contract/entries';
import { z } from 'zod';
import type { Caller } from '../../../kernel/caller.ts';
import type { Db } from '../../../kernel/db/database.ts';
import { digestTag } from '../../../kernel/http/entity-tag.ts';
import type { LongAnswer } from '../../../kernel/http/long-answer.ts';
import { joinParts, type PreparedAnswer } from '../../../kernel/http/prepared-answer.ts';
import { ownerOf } from '../../../kernel/owner.ts';
import { sees, type Rights } from '../../../kernel/rights.ts';
import { inSlices } from '../../../kernel/slices.ts';
import { canWith, type Can } from '../entries/can.ts';
import type { EntryContext } from '../edit.ts';
import { usableIdentities } from '../links/repository.ts';
import {
  findEntries,
  findFolders,
  organizationNames,
  visibleEntryIds,
  visibleFolderPositions,
  type FolderPosition,
} from '../entries/repository.ts';
import { toEntry, toFolderNode, toOrganization } from './tree.ts';
import { emptyContent, treePieces, type Branch, type Content } from './tree-text.ts';

/** Smaller than for identities: an entry is larger, and has links. */
const entriesPerSlice = 250;
const partCharacters = 64 * 1024;
const entriesSchema = z.array(entrySchema);

/**
 * A tree of any size, read and serialized in slices with other requests served in between. One statement each decides at the beginning which folders
 * and entries it contains, and where the folders are. Each is shown as it is when its slice is read, with the rights at that time, and left out if it
 * was deleted meanwhile. An entry in a newer folder appears at the top level of its owner.
 */
export async function makeLongTree(
  { database, rightsOf }: EntryContext,
  { accountId }: Caller,
  { servers }: { readonly servers: boolean },
): Promise<PreparedAnswer | LongAnswer> {
  const db = database.read;
  const rights = await rightsOf(db, accountId);
  const entryIds = servers ? await visibleEntryIds(db, rights) : [];
  const places = await visibleFolderPositions(db, rights);
  const organizations = await organizationNames(db, [...rights.organizations.keys()]);
  const shelves = createContentIndex(organizations, canWith(rights));
  const rightsNow = () => rightsOf(db, accountId);
  await addFolders(shelves, { db, rightsNow, places });
  await addEntries(shelves, { db, rightsNow, entryIds });
  return serialize(shelves.top);
}

interface ContentIndex {
  /** The top level: the caller's own things, and the organizations. */
  readonly top: Content;
  readonly folders: Map<number, Branch>;
  readonly organizations: ReadonlyMap<number, Branch>;
}

interface Wanted {
  readonly parentId: number | null;
  readonly organizationId: number | null;
}

function createContentIndex(names: readonly { readonly id: number; readonly name: string }[], can: Can): ContentIndex {
  const organizations = new Map(names.map((named) => [named.id, toBranch(toOrganization(named, can), named.id, 0)]));
  return { top: { ...emptyContent(), organizations: [...organizations.values()] }, folders: new Map(), organizations };
}

function contentFor({ top, folders, organizations }: ContentIndex, { parentId, organizationId }: Wanted): Content {
  const folder = parentId === null ? undefined : folders.get(parentId);
  const organization = organizationId === null ? undefined : organizations.get(organizationId);
  return (folder ?? organization)?.shelf ?? top;
}

/** The node's text up to its content, which is its last property. */
function toBranch(node: FolderNode | OrganizationNode, id: number, position: number): Branch {
  return { id, position, head: JSON.stringify(node).slice(0, -']}'.length), shelf: emptyContent() };
}

interface Reading {
  readonly db: Db;
  readonly rightsNow: () => Promise<Rights>;
}

async function addFolders(
  shelves: ContentIndex,
  { db, rightsNow, places }: Reading & { readonly places: readonly FolderPosition[] },
): Promise<void> {
  for await (const some of inSlices(places)) {
    const rights = await rightsNow();
    const can = canWith(rights);
    const rows = new Map(
      (
        await findFolders(
          db,
          some.map(({ id }) => id),
        )
      ).map((row) => [row.id, row]),
    );
    for (const place of some) {
      const row = rows.get(place.id);
      if (row === undefined || !sees(rights, ownerOf(row))) continue;
      const node = folderNodeSchema.parse(toFolderNode({ ...row, ...place }, can));
      shelves.folders.set(place.id, toBranch(node, place.id, place.position));
    }
  }
  for await (const some of inSlices(places))
    for (const { id, parent_id, organization_id } of some) {
      const branch = shelves.folders.get(id);
      const wanted = { parentId: parent_id, organizationId: organization_id };
      if (branch !== undefined) contentFor(shelves, wanted).folders.push(branch);
    }
}

async function addEntries(
  shelves: ContentIndex,
  { db, rightsNow, entryIds }: Reading & { readonly entryIds: readonly number[] },
): Promise<void> {
  for await (const ids of inSlices(entryIds, entriesPerSlice)) {
    const rights = await rightsNow();
    const rows = (await findEntries(db, ids)).filter((row) => sees(rights, ownerOf(row)));
    const identityIds = await usableIdentities(db, rights, ids);
    const can = canWith(rights);
    const entries = entriesSchema.parse(rows.map((row) => toEntry(row, can, identityIds.get(row.id))));
    for (const entry of entries) {
      const { id, position, folderId, organizationId } = entry;
      const text = JSON.stringify(entry);
      contentFor(shelves, { parentId: folderId, organizationId }).servers.push({ id, position, text });
    }
  }
}

async function serialize(top: Content): Promise<PreparedAnswer | LongAnswer> {
  const parts: Buffer[] = [];
  const hash = createHash('sha256');
  let text = '';
  const flush = () => {
    const part = Buffer.from(text);
    hash.update(part);
    parts.push(part);
    text = '';
  };
  for (const piece of treePieces(top)) {
    text += piece;
    if (text.length < partCharacters) continue;
    flush();
    await setImmediate();
  }
  flush();
  return joinParts(parts, digestTag(hash));
}
