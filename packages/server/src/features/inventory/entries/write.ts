import type { CreateEntry, UpdateEntry } from '@gatehouse/contract/entries';
import type { EntryConfig } from '@gatehouse/contract/entry-config';
import type { Caller } from '../../../kernel/caller.ts';
import { requireMatch, type IfMatch } from '../../../kernel/http/entity-tag.ts';
import { hostKeyChoice } from '../../../kernel/host-key-choice.ts';
import { ownerColumns, ownerOf, sameOwner } from '../../../kernel/owner.ts';
import { sees } from '../../../kernel/rights.ts';
import { transferEntries, clearInheritedConfirmation } from '../links/transfer.ts';
import { changedKeys, configColumns, parseConfig, storedConfig } from './config.ts';
import { requireLocation, type Location } from '../location.ts';
import { edit, recordEdit, endLiveSessions, recheckLiveSessions, type Edit, type EntryContext } from '../edit.ts';
import { confirmedNow } from '../host-keys/policy.ts';
import { copyPins } from '../host-keys/repository.ts';
import { checkJumpHosts } from './jump-hosts.ts';
import { insertLink, linksOf, type Confirmed } from '../links/repository.ts';
import { replaceLinks } from '../links/links.ts';
import { changeable } from '../policy.ts';
import { carriedByCaller, losesConfirmations, rebinding, withDependents } from '../links/rebind.ts';
import {
  deleteEntry,
  findEntry,
  insertEntry,
  nextPosition,
  setConfirmed,
  updateEntry,
  versionOf,
  type EntryRow,
} from './repository.ts';

const maxNameLength = 255;

/** Adds an entry; resolves to its id. Throws `forbidden` if the caller may not add it there. */
export function create(context: EntryContext, caller: Caller, body: CreateEntry): Promise<number> {
  return edit(context, caller, async (open) => {
    const { trx, rights } = open;
    const requested = {
      folderId: body.folderId,
      folderField: 'folderId',
      organizationId: body.organizationId,
    } as const;
    const location = await requireLocation(
      trx,
      { rights, action: 'entry.create' },
      { ...requested, current: undefined },
    );
    await open.quotas.require(trx, 'entries', location.owner);
    return addEntry(open, location, body);
  });
}

/** A new entry without its location. */
export type NewEntry = Pick<CreateEntry, 'name' | 'icon' | 'renderer' | 'config' | 'identities' | 'position'>;

/** Adds an entry at a location that was checked, also for the quota. */
export async function addEntry(open: Edit, location: Location, newEntry: NewEntry): Promise<number> {
  const { trx, rights, manages, now } = open;
  const { owner, folderId } = location;
  const jumpHosts = newEntry.config.jumpHosts ?? [];
  await checkJumpHosts(trx, { rights, entryId: undefined, jumpHosts, kept: [] });
  const id = await insertEntry(trx, {
    ...ownerColumns(owner),
    ...configColumns(newEntry.config),
    folder_id: folderId,
    name: newEntry.name,
    type: 'server',
    icon: newEntry.icon ?? null,
    renderer: newEntry.renderer ?? null,
    position: newEntry.position ?? (await nextPosition(trx, location)),
    confirmed_binding: null,
    ...(newEntry.config.hostKeyPolicy !== undefined && hostKeyChoice(open.caller, now)),
    created_at: now,
    updated_at: now,
  });
  const confirmed = await confirmedAt(open, id);
  await replaceLinks(trx, { rights, manages, entryId: id, now: confirmed }, newEntry.identities ?? []);
  if (manages(owner)) await setConfirmed(trx, [id], confirmed);
  await recordEdit(open, {
    action: 'entry.create',
    id,
    name: newEntry.name,
    owner,
    details: { fields: changedKeys({}, newEntry.config), identities: newEntry.identities ?? [] },
  });
  return id;
}

async function confirmedAt({ trx }: Edit, id: number): Promise<Confirmed> {
  const entry = await findEntry(trx, id);
  if (entry === undefined) throw new Error('the entry is gone from its own transaction');
  return confirmedNow(trx, entry);
}

/** Which entry a change is about, and which versions of it. */
export interface Versioned {
  readonly id: number;
  readonly ifMatch: IfMatch;
}

/**
 * Changes an entry; resolves to its new version. Throws `not_found`, `forbidden` or `precondition_failed`; what a change suspends is in
 * docs/decisions/0005-identity-binding.md.
 */
export function update(
  context: EntryContext,
  caller: Caller,
  { id, ifMatch }: Versioned,
  body: UpdateEntry,
): Promise<number> {
  return edit(context, caller, async (open) => {
    const { trx, rights } = open;
    const attempt = { rights, action: 'entry.update' } as const;
    const entry = changeable(await findEntry(trx, id), attempt);
    requireMatch(ifMatch, entry.version, 'server_changed');
    const current = { owner: ownerOf(entry), folderId: entry.folder_id };
    const requested = {
      folderId: body.folderId,
      folderField: 'folderId',
      organizationId: body.organizationId,
    } as const;
    const location = await requireLocation(trx, attempt, { ...requested, current });
    if (body.config !== undefined) await changeConfig(open, entry, body.config);
    await moveEntry(open, entry, location);
    await updateEntry(trx, id, {
      ...(body.name === undefined ? {} : { name: body.name }),
      ...(body.icon === undefined ? {} : { icon: body.icon }),
      ...(body.renderer === undefined ? {} : { renderer: body.renderer }),
      ...(body.position === undefined ? {} : { position: body.position }),
      updated_at: open.now,
    });
    if (body.identities !== undefined) {
      await replaceLinks(trx, { ...open, entryId: id, now: await confirmedAt(open, id) }, body.identities);
      recheckLiveSessions(open, [id]);
    }
    await recordEdit(open, {
      action: 'entry.update',
      id,
      name: body.name ?? entry.name,
      owner: location.owner,
      from: current.owner,
      details: { fields: changedFields(entry, body) },
    });
    return versionOf(trx, id);
  });
}

function changedFields(entry: EntryRow, { config, ...others }: UpdateEntry): string[] {
  const keys = config === undefined ? [] : changedKeys(storedConfig(entry.config), config);
  return [...Object.keys(others), ...keys];
}

async function changeConfig(open: Edit, entry: EntryRow, config: EntryConfig): Promise<void> {
  const { trx, caller, rights, manages, now } = open;
  const old = parseConfig(entry.config);
  const jumpHosts = config.jumpHosts ?? [];
  await checkJumpHosts(trx, { rights, entryId: entry.id, jumpHosts, kept: old.jumpHosts });
  const moves =
    old.protocol !== config.protocol ||
    entry.host !== config.ip ||
    entry.port !== config.port ||
    JSON.stringify(old.jumpHosts) !== JSON.stringify(jumpHosts);
  const moved = moves ? await withDependents(trx, entry) : [];
  const choice = old.hostKeyPolicy === config.hostKeyPolicy ? {} : hostKeyChoice(caller, now);
  const rebound = await rebinding({ trx, entries: moves ? moved : [entry], carrying: carriedByCaller(manages) }, () =>
    updateEntry(trx, entry.id, { ...configColumns(config), ...choice }),
  );
  const movedIds = moved.map(({ id }) => id);
  if (moves) endLiveSessions(open, movedIds);
  else if (losesConfirmations(rebound)) recheckLiveSessions(open, [entry.id]);
}

/** Moves an entry to another owner or folder; changes nothing if the location is the same. */
export async function moveEntry(open: Edit, entry: EntryRow, location: Location): Promise<void> {
  const { trx, caller, rights, manages, now } = open;
  const { owner, folderId } = location;
  const from = ownerOf(entry);
  const changesOwner = !sameOwner(from, owner);
  if (!changesOwner && folderId === entry.folder_id) return;
  if (changesOwner) await open.quotas.require(trx, 'entries', owner);
  const position = await nextPosition(trx, location);
  const inherits = parseConfig(entry.config).hostKeyPolicy === undefined;
  await updateEntry(trx, entry.id, { folder_id: folderId, position, ...(inherits && hostKeyChoice(caller, now)) });
  const transfer = { trx, rights, manages, entryIds: [entry.id], owner };
  if (!changesOwner) {
    await clearInheritedConfirmation(transfer);
    recheckLiveSessions(open, [entry.id]);
    return;
  }
  await transferEntries(transfer);
  endLiveSessions(open, [entry.id]);
}

/** Deletes an entry; its live sessions end after the commit. */
export function remove(context: EntryContext, caller: Caller, { id, ifMatch }: Versioned): Promise<void> {
  return edit(context, caller, async (open) => {
    const { trx, rights } = open;
    const entry = changeable(await findEntry(trx, id), { rights, action: 'entry.delete' });
    requireMatch(ifMatch, entry.version, 'server_changed');
    const owner = ownerOf(entry);
    const ended = await withDependents(trx, entry);
    await deleteEntry(trx, id);
    await recordEdit(open, { action: 'entry.delete', id, name: entry.name, owner, details: {} });
    const endedIds = ended.map((dependent) => dependent.id);
    endLiveSessions(open, endedIds);
  });
}

/** Copies an entry next to itself, with the links that the caller can use and the pinned host keys; resolves to the id of the copy. */
export function duplicate(context: EntryContext, caller: Caller, id: number): Promise<number> {
  return edit(context, caller, async (open) => {
    const { trx, rights, now } = open;
    const entry = changeable(await findEntry(trx, id), { rights, action: 'entry.create' });
    const owner = ownerOf(entry);
    await open.quotas.require(trx, 'entries', owner);
    const name = copyName(entry.name);
    const position = await nextPosition(trx, { owner, folderId: entry.folder_id });
    const copy = await insertEntry(trx, {
      ...entry,
      ...{ id: undefined, version: undefined },
      ...{ name, position, created_at: now, updated_at: now },
    });
    await copyPins(trx, id, copy);
    const links = (await linksOf(trx, [id])).filter(({ identity }) => sees(rights, identity.owner));
    // The copy has the same destination, so its confirmations apply, too.
    for (const { identity, ...link } of links)
      await insertLink(trx, { ...link, entryId: copy, identityId: identity.id });
    await recordEdit(open, { action: 'entry.create', id: copy, name, owner, details: { copyOf: id } });
    return copy;
  });
}

function copyName(name: string): string {
  const suffix = ' (copy)';
  return (
    Array.from(name)
      .slice(0, maxNameLength - suffix.length)
      .join('') + suffix
  );
}
