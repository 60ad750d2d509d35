import { say } from '@gatehouse/contract/messages/message';
import { forbidden, invalid, type Refusal } from '../../kernel/app-error.ts';
import type { Trx } from '../../kernel/db/database.ts';
import { ownerOf, sameOwner, type Owner } from '../../kernel/owner.ts';
import { sees, type Rights } from '../../kernel/rights.ts';
import { mayChange, refusalOf, type ActionContext } from './policy.ts';
import { organizationExists } from '../organizations/public-repository.ts';
import { findFolder } from './entries/repository.ts';

/** The actions that put an entry or a folder into a location. */
type PutAction = 'entry.create' | 'entry.update' | 'folder.create' | 'folder.update';

/** The location of an entry or a folder: its owner and its folder. */
export interface Location {
  readonly owner: Owner;
  readonly folderId: number | null;
}

interface RequestedLocation {
  /** The requested folder; null is the top level. */
  readonly folderId: number | null | undefined;
  /** The name of the folder's field in the request. */
  readonly folderField: 'folderId' | 'parentId';
  readonly organizationId: number | null | undefined;
  /** The present location; undefined for a new thing. */
  readonly current: Location | undefined;
}

/**
 * The location that a request names. A folder determines the owner. Throws `invalid_request` for a folder that the caller cannot see, and `forbidden`
 * if they may not put anything there.
 */
export async function requireLocation(
  trx: Trx,
  context: ActionContext<PutAction>,
  requested: RequestedLocation,
): Promise<Location> {
  const location = await resolveLocation(trx, context, requested);
  const { owner } = location;
  if (mayChange(context.rights, owner, context.action)) return location;
  const refused: Refusal<PutAction> = {
    action: context.action,
    resource: 'organization',
    resourceId: owner.id,
    organizationId: owner.id,
    hidden: !sees(context.rights, owner),
  };
  throw forbidden('server_creation_denied', (await organizationExists(trx, owner.id)) ? refused : undefined);
}

async function resolveLocation(
  trx: Trx,
  context: ActionContext<PutAction>,
  requested: RequestedLocation,
): Promise<Location> {
  const { rights } = context;
  const { folderId, folderField, organizationId, current } = requested;
  if (typeof folderId === 'number') {
    const folder = await findFolder(trx, folderId);
    if (folder === undefined || !sees(rights, ownerOf(folder)))
      throw invalid(
        folderField,
        say('folder_not_visible'),
        folder && { ...refusalOf(folder, context), resource: 'folder' },
      );
    const owner = ownerOf(folder);
    if (typeof organizationId === 'number' && (owner.type !== 'organization' || owner.id !== organizationId))
      throw invalid('organizationId', say('folder_of_another_owner'));
    return { owner, folderId };
  }
  const owner = resolveOwner(rights, organizationId, current);
  const stays = folderId === undefined && current !== undefined && sameOwner(current.owner, owner);
  return { owner, folderId: stays ? current.folderId : null };
}

function resolveOwner(rights: Rights, organizationId: number | null | undefined, now: Location | undefined): Owner {
  if (typeof organizationId === 'number') return { type: 'organization', id: organizationId };
  if (organizationId === undefined && now !== undefined) return now.owner;
  return { type: 'account', id: rights.accountId };
}
