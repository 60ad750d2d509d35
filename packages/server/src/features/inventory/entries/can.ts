import type { EntryCan, FolderCan } from '@gatehouse/contract/entries';
import { allowedUses, mayConfirm } from '../../../access/uses.ts';
import { onceForEachOwner, ownerOf, type Owner } from '../../../kernel/owner.ts';
import type { Rights } from '../../../kernel/rights.ts';
import { mayChange, type ChangeAction } from '../policy.ts';

/** The changes behind each field of an entry's `can`; all of them must be allowed. */
const entryChanges = {
  update: ['entry.update'],
  move: ['entry.update'],
  delete: ['entry.delete'],
  duplicate: ['entry.create'],
  manageHostKeys: ['host-key.replace', 'host-key.remove'],
} as const satisfies Record<Exclude<keyof EntryCan, 'use'>, readonly ChangeAction[]>;

/** What the caller may do with the entries and folders of each owner, by the same rules as the changes themselves. */
export interface Can {
  entry(row: Owned): EntryCan;
  folder(row: Owned): FolderCan;
  organization(id: number): { add: boolean };
}

type Owned = Parameters<typeof ownerOf>[0];

/** Decided once for each owner: a list has thousands of entries of a few owners. */
export function canWith(rights: Rights): Can {
  const entry = onceForEachOwner((owner): EntryCan => {
    const allows = (name: keyof typeof entryChanges) =>
      entryChanges[name].every((action) => mayChange(rights, owner, action));
    return {
      use: allowedUses(rights, owner),
      update: allows('update'),
      move: allows('move'),
      delete: allows('delete'),
      duplicate: allows('duplicate'),
      manageHostKeys: allows('manageHostKeys'),
    };
  });
  const mayAdd = (owner: Owner) =>
    mayChange(rights, owner, 'entry.create') && mayChange(rights, owner, 'folder.create');
  const folder = onceForEachOwner((owner): FolderCan => ({
    add: mayAdd(owner),
    update: mayChange(rights, owner, 'folder.update'),
    delete: mayChange(rights, owner, 'folder.delete'),
    setDefaultIdentity: mayChange(rights, owner, 'folder.update') && mayConfirm(rights, owner),
  }));
  return {
    entry: (row) => entry(ownerOf(row)),
    folder: (row) => folder(ownerOf(row)),
    organization: (id) => ({ add: mayAdd({ type: 'organization', id }) }),
  };
}
