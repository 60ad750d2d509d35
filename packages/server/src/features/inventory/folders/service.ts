import type { CreateFolder, UpdateFolder } from '@gatehouse/contract/folders';
import { say } from '@gatehouse/contract/messages/message';
import { forbidden, foreignIdentity, invalid } from '../../../kernel/app-error.ts';
import type { Caller } from '../../../kernel/caller.ts';
import type { LongAnswer } from '../../../kernel/http/long-answer.ts';
import type { PreparedAnswer } from '../../../kernel/http/prepared-answer.ts';
import { hostKeyChoice, hostKeyPolicyColumns } from '../../../kernel/host-key-choice.ts';
import { ownerColumns, ownerOf, type Owner } from '../../../kernel/owner.ts';
import { sees } from '../../../kernel/rights.ts';
import type { OneByOne } from '../../../kernel/slices.ts';
import { requireLocation, type Location } from '../location.ts';
import { edit, recordEdit, endLiveSessions, recheckLiveSessions, type Edit, type EntryContext } from '../edit.ts';
import { tree } from '../entries/read.ts';
import { transferEntries, clearInheritedConfirmation } from '../links/transfer.ts';
import { changeable } from '../policy.ts';
import { checkParent, maxDepth } from './policy.ts';
import {
  deleteFolder,
  entriesWithin,
  findFolder,
  insertFolder,
  lineage,
  nextPosition,
  setOwner,
  subtree,
  updateFolder,
  type FolderRow,
} from './repository.ts';
import { findIdentityOwner } from '../../identities/public-repository.ts';

interface FolderDependencies extends EntryContext {
  readonly longLists: OneByOne;
}

/** Folders contain entries and folders, and set a default identity and a host-key policy for them. */
export interface Folders {
  /** The folders that the caller sees, as a tree with their organizations. */
  tree(caller: Caller): Promise<PreparedAnswer | LongAnswer>;
  create(caller: Caller, body: CreateFolder): Promise<number>;
  /** Changes a folder, or moves it with its content; throws `not_found` or `forbidden`. */
  update(caller: Caller, id: number, body: UpdateFolder): Promise<void>;
  /** Deletes a folder with its content; live sessions on its entries end. */
  remove(caller: Caller, id: number): Promise<void>;
}

/** Folders as callers see and change them. Each method throws `not_found` for a folder that the caller may not see. */
export function createFolders(dependencies: FolderDependencies): Folders {
  return {
    tree: (caller) => tree({ context: dependencies, longLists: dependencies.longLists, servers: false }, caller),
    create: (caller, body) => edit(dependencies, caller, (open) => create(open, body)),
    update: (caller, id, body) => edit(dependencies, caller, (open) => update(open, id, body)),
    remove: (caller, id) => edit(dependencies, caller, (open) => remove(open, id)),
  };
}

async function create(open: Edit, body: CreateFolder): Promise<number> {
  const { trx, rights, now } = open;
  const requested = { folderId: body.parentId, folderField: 'parentId', organizationId: body.organizationId } as const;
  const attempt = { rights, action: 'folder.create' } as const;
  const { owner, folderId } = await requireLocation(trx, attempt, { ...requested, current: undefined });
  await open.quotas.require(trx, 'folders', owner);
  const above = folderId === null ? [] : await lineage(trx, folderId);
  if (above.length >= maxDepth) throw invalid('parentId', say('folders_too_deep', { levels: maxDepth }));
  await checkDefault(open, owner, { identityId: body.defaultIdentityId, action: attempt.action });
  const id = await insertFolder(trx, {
    ...ownerColumns(owner),
    parent_id: folderId,
    name: body.name,
    position: body.position ?? (await nextPosition(trx, owner, folderId)),
    default_identity_id: body.defaultIdentityId ?? null,
    host_key_policy: body.hostKeyPolicy ?? null,
    ...(typeof body.hostKeyPolicy === 'string' && hostKeyChoice(open.caller, now)),
    created_at: now,
    updated_at: now,
  });
  const details = { fields: Object.keys(body) };
  await recordEdit(open, { action: 'folder.create', id, name: body.name, owner, details });
  return id;
}

/** A default identity must have the owner of the folder, and is set by a caller who manages it. */
async function checkDefault(
  open: Edit,
  owner: Owner,
  {
    identityId,
    action,
  }: { readonly identityId: number | null | undefined; readonly action: 'folder.create' | 'folder.update' },
): Promise<void> {
  if (identityId === undefined) return;
  if (identityId !== null) {
    const identityOwner = await findIdentityOwner(open.trx, identityId);
    if (identityOwner === undefined || !sees(open.rights, identityOwner))
      throw invalid(
        'defaultIdentityId',
        say('identity_not_usable'),
        identityOwner && foreignIdentity(identityId, identityOwner),
      );
    if (identityOwner.type !== owner.type || identityOwner.id !== owner.id)
      throw invalid('defaultIdentityId', say('not_of_folder_owner'));
  }
  if (!open.manages(owner))
    throw forbidden('default_identities_denied', {
      action,
      resource: owner.type,
      resourceId: owner.id,
      organizationId: owner.type === 'organization' ? owner.id : null,
    });
}

async function update(open: Edit, id: number, body: UpdateFolder): Promise<void> {
  const { trx, rights } = open;
  const attempt = { rights, action: 'folder.update' } as const;
  const folder = changeable(await findFolder(trx, id), attempt);
  const current = { owner: ownerOf(folder), folderId: folder.parent_id };
  const requested = { folderId: body.parentId, folderField: 'parentId', organizationId: body.organizationId } as const;
  const location = await requireLocation(trx, attempt, { ...requested, current });
  const moved = await moveFolder(open, folder, location);
  await checkDefault(open, location.owner, { identityId: body.defaultIdentityId, action: attempt.action });
  if (body.defaultIdentityId !== undefined) recheckLiveSessions(open, await entriesBelow(open, id));
  await updateFolder(trx, id, {
    ...(body.name === undefined ? {} : { name: body.name }),
    ...(body.position === undefined ? {} : { position: body.position }),
    ...(body.defaultIdentityId === undefined ? {} : { default_identity_id: body.defaultIdentityId }),
    ...(body.hostKeyPolicy !== undefined && policyColumns(open, folder, body.hostKeyPolicy)),
    updated_at: open.now,
  });
  await recordEdit(open, {
    action: 'folder.update',
    id,
    name: body.name ?? folder.name,
    owner: location.owner,
    from: current.owner,
    details: { fields: Object.keys(body), ...(moved.length > 0 && { entries: moved }) },
  });
}

function policyColumns({ caller, manages, now }: Edit, folder: FolderRow, policy: string | null) {
  const change = { before: folder.host_key_policy, policy, manages: manages(ownerOf(folder)), now };
  return hostKeyPolicyColumns(caller, change);
}

async function entriesBelow({ trx }: Edit, id: number): Promise<readonly number[]> {
  return entriesWithin(
    trx,
    (await subtree(trx, id)).map((below) => below.id),
  );
}

/** Resolves to the entries whose owner changed with it. */
async function moveFolder(open: Edit, folder: FolderRow, location: Location): Promise<readonly number[]> {
  const { trx, caller, rights, manages, now } = open;
  const { owner, folderId } = location;
  const from = ownerOf(folder);
  const changesOwner = from.type !== owner.type || from.id !== owner.id;
  if (!changesOwner && folderId === folder.parent_id) return [];
  const below = await subtree(trx, folder.id);
  checkParent(below, folderId === null ? [] : await lineage(trx, folderId));
  const folderIds = below.map(({ id }) => id);
  const entryIds = await entriesWithin(trx, folderIds);
  const position = await nextPosition(trx, owner, folderId);
  const inherits = folder.host_key_policy === null;
  await updateFolder(trx, folder.id, { parent_id: folderId, position, ...(inherits && hostKeyChoice(caller, now)) });
  const transfer = { trx, rights, manages, entryIds, owner };
  if (!changesOwner) {
    await clearInheritedConfirmation(transfer);
    recheckLiveSessions(open, entryIds);
    return [];
  }
  await open.quotas.require(trx, 'folders', owner, folderIds.length);
  await open.quotas.require(trx, 'entries', owner, entryIds.length);
  await setOwner(trx, folderIds, owner);
  await transferEntries(transfer);
  endLiveSessions(open, entryIds);
  return entryIds;
}

async function remove(open: Edit, id: number): Promise<void> {
  const { trx, rights } = open;
  const folder = changeable(await findFolder(trx, id), { rights, action: 'folder.delete' });
  const owner = ownerOf(folder);
  const folderIds = (await subtree(trx, id)).map((below) => below.id);
  const entryIds = await entriesWithin(trx, folderIds);
  await deleteFolder(trx, id);
  const details = { folders: folderIds.length - 1, entries: entryIds };
  await recordEdit(open, { action: 'folder.delete', id, name: folder.name, owner, details });
  endLiveSessions(open, entryIds);
}
