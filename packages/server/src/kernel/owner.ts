/** The owner of a stored thing: an account or an organization. */
export interface Owner {
  readonly type: 'account' | 'organization';
  readonly id: number;
}

interface OwnedRow {
  readonly account_id: number | null;
  readonly organization_id: number | null;
}

/** The owner of a row; the schema ensures that there is exactly one. */
export function ownerOf(row: OwnedRow): Owner {
  if (row.organization_id !== null) return { type: 'organization', id: row.organization_id };
  if (row.account_id !== null) return { type: 'account', id: row.account_id };
  throw new Error('a row without an owner');
}

/** The two owner columns of a row. */
export function ownerColumns(owner: Owner): OwnedRow {
  return {
    account_id: owner.type === 'account' ? owner.id : null,
    organization_id: owner.type === 'organization' ? owner.id : null,
  };
}

/** Caches a result for each owner. */
export function onceForEachOwner<T>(make: (owner: Owner) => T): (owner: Owner) => T {
  const known = { account: new Map<number, T>(), organization: new Map<number, T>() };
  return (owner) => {
    const made = known[owner.type].get(owner.id) ?? make(owner);
    known[owner.type].set(owner.id, made);
    return made;
  };
}

/** Whether two owners are the same. */
export function sameOwner(one: Owner, other: Owner): boolean {
  return one.type === other.type && one.id === other.id;
}
