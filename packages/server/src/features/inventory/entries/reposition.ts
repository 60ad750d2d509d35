import type { RepositionEntry } from '@gatehouse/contract/entries';
import { say } from '@gatehouse/contract/messages/message';
import { invalid } from '../../../kernel/app-error.ts';
import type { Caller } from '../../../kernel/caller.ts';
import type { Trx } from '../../../kernel/db/database.ts';
import { ownerOf, sameOwner } from '../../../kernel/owner.ts';
import { sees } from '../../../kernel/rights.ts';
import { findDestination, type Destination } from '../destination.ts';
import { edit, recordDone, type EntryContext } from '../edit.ts';
import { changeable, refusalOf, type Attempt } from '../policy.ts';
import { entriesIn, findEntry, nextPosition, positionStep, spreadPositions, updateEntry } from './repository.ts';
import { moveEntry } from './write.ts';

const maxPosition = 2 ** 31 - 1;

/** Puts an entry into a folder, beside another entry or last. */
export function reposition(context: EntryContext, caller: Caller, id: number, body: RepositionEntry): Promise<void> {
  return edit(context, caller, async (open) => {
    const { trx, rights } = open;
    const attempt = { rights, action: 'entry.update' } as const;
    const entry = changeable(await findEntry(trx, id), attempt);
    const targetId = body.targetId ?? undefined;
    const target = targetId === undefined ? undefined : await findTarget(trx, attempt, targetId);
    const named = body.folderId !== undefined || body.organizationId !== undefined;
    const { folderId, organizationId } = body;
    const now = { owner: ownerOf(entry), folderId: entry.folder_id };
    const wish = named
      ? { folderId, organizationId, now }
      : { folderId: undefined, organizationId: undefined, now: target ?? now };
    const destination = await findDestination(trx, attempt, { ...wish, folderField: 'folderId' });
    if (
      target !== undefined &&
      !(sameOwner(target.owner, destination.owner) && target.folderId === destination.folderId)
    )
      throw invalid('targetId', say('not_in_that_folder'));
    await moveEntry(open, entry, destination);
    const beside = targetId === undefined ? undefined : { targetId, placement: body.placement ?? 'after' };
    await updateEntry(trx, id, { position: await positionFor(trx, { id, destination, beside }) });
    const { owner } = destination;
    await recordDone(open, {
      action: 'entry.update',
      id,
      name: entry.name,
      owner,
      from: now.owner,
      details: { fields: Object.keys(body) },
    });
  });
}

async function findTarget(trx: Trx, attempt: Attempt, targetId: number): Promise<Destination> {
  const target = await findEntry(trx, targetId);
  if (target === undefined || !sees(attempt.rights, ownerOf(target)))
    throw invalid('targetId', say('entry_not_visible'), target && refusalOf(target, attempt));
  return { owner: ownerOf(target), folderId: target.folder_id };
}

interface Spot {
  readonly id: number;
  readonly destination: Destination;
  readonly beside: { readonly targetId: number; readonly placement: 'before' | 'after' } | undefined;
}

/** A free position at the spot; spreads the neighbours first where there is none. */
async function positionFor(trx: Trx, spot: Spot): Promise<number> {
  const free = await freePosition(trx, spot);
  if (free !== undefined) return free;
  await spreadPositions(trx, spot.destination);
  return (await freePosition(trx, spot)) ?? nextPosition(trx, spot.destination);
}

async function freePosition(trx: Trx, { id, destination, beside }: Spot): Promise<number | undefined> {
  const others = (await entriesIn(trx, destination)).filter((other) => other.id !== id);
  const at = others.findIndex((other) => other.id === beside?.targetId);
  const index = at === -1 ? others.length : at + (beside?.placement === 'before' ? 0 : 1);
  const low = others[index - 1]?.position ?? 0;
  const high = others[index]?.position ?? Math.min(low + 2 * positionStep, maxPosition);
  const middle = Math.floor((low + high) / 2);
  return middle > low && middle < high ? middle : undefined;
}
