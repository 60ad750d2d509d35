import type { RepositionEntry } from '@gatehouse/contract/entries';
import { say } from '@gatehouse/contract/messages/message';
import { invalid } from '../../../kernel/app-error.ts';
import type { Caller } from '../../../kernel/caller.ts';
import type { Trx } from '../../../kernel/db/database.ts';
import { requireMatch } from '../../../kernel/http/entity-tag.ts';
import { ownerOf, sameOwner } from '../../../kernel/owner.ts';
import { sees } from '../../../kernel/rights.ts';
import { requireLocation, type Location } from '../location.ts';
import { edit, recordEdit, type EntryContext } from '../edit.ts';
import { changeable, refusalOf, type ActionContext } from '../policy.ts';
import {
  entriesIn,
  findEntry,
  nextPosition,
  positionStep,
  spreadPositions,
  updateEntry,
  versionOf,
} from './repository.ts';
import { moveEntry, type Versioned } from './write.ts';

const maxPosition = 2 ** 31 - 1;

/** Moves an entry into a folder, next to another entry or to the end; resolves to its new version. */
export function reposition(
  context: EntryContext,
  caller: Caller,
  { id, ifMatch }: Versioned,
  body: RepositionEntry,
): Promise<number> {
  return edit(context, caller, async (open) => {
    const { trx, rights } = open;
    const attempt = { rights, action: 'entry.update' } as const;
    const entry = changeable(await findEntry(trx, id), attempt);
    requireMatch(ifMatch, entry.version, 'server_changed');
    const targetId = body.targetId ?? undefined;
    const target = targetId === undefined ? undefined : await findTarget(trx, attempt, targetId);
    const named = body.folderId !== undefined || body.organizationId !== undefined;
    const { folderId, organizationId } = body;
    const current = { owner: ownerOf(entry), folderId: entry.folder_id };
    const requested = named
      ? { folderId, organizationId, current }
      : { folderId: undefined, organizationId: undefined, current: target ?? current };
    const location = await requireLocation(trx, attempt, { ...requested, folderField: 'folderId' });
    if (target !== undefined && !(sameOwner(target.owner, location.owner) && target.folderId === location.folderId))
      throw invalid('targetId', say('not_in_that_folder'));
    await moveEntry(open, entry, location);
    const beside = targetId === undefined ? undefined : { targetId, placement: body.placement ?? 'after' };
    await updateEntry(trx, id, { position: await positionFor(trx, { id, location, beside }) });
    const { owner } = location;
    await recordEdit(open, {
      action: 'entry.update',
      id,
      name: entry.name,
      owner,
      from: current.owner,
      details: { fields: Object.keys(body) },
    });
    return versionOf(trx, id);
  });
}

async function findTarget(trx: Trx, attempt: ActionContext, targetId: number): Promise<Location> {
  const target = await findEntry(trx, targetId);
  if (target === undefined || !sees(attempt.rights, ownerOf(target)))
    throw invalid('targetId', say('entry_not_visible'), target && refusalOf(target, attempt));
  return { owner: ownerOf(target), folderId: target.folder_id };
}

interface TargetPosition {
  readonly id: number;
  readonly location: Location;
  readonly beside: { readonly targetId: number; readonly placement: 'before' | 'after' } | undefined;
}

/** A free position at the target; redistributes the neighbours if there is none. */
async function positionFor(trx: Trx, spot: TargetPosition): Promise<number> {
  const free = await freePosition(trx, spot);
  if (free !== undefined) return free;
  await spreadPositions(trx, spot.location);
  return (await freePosition(trx, spot)) ?? nextPosition(trx, spot.location);
}

async function freePosition(trx: Trx, { id, location, beside }: TargetPosition): Promise<number | undefined> {
  const others = (await entriesIn(trx, location)).filter((other) => other.id !== id);
  const at = others.findIndex((other) => other.id === beside?.targetId);
  const index = at === -1 ? others.length : at + (beside?.placement === 'before' ? 0 : 1);
  const low = others[index - 1]?.position ?? 0;
  const high = others[index]?.position ?? Math.min(low + 2 * positionStep, maxPosition);
  const middle = Math.floor((low + high) / 2);
  return middle > low && middle < high ? middle : undefined;
}
