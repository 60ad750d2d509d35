import { sql } from 'kysely';
import type { Db, Trx } from '../../../kernel/db/database.ts';
import type { IdentityType } from '@gatehouse/contract/credential-parts/part';
import { ownerOf, type Owner } from '../../../kernel/owner.ts';
import { sees, type Rights } from '../../../kernel/rights.ts';
import { inChunks } from '../../../kernel/slices.ts';
import type { InheritedDefaults } from '../entries/inheritance.ts';
import type { IdentityFacts } from '../../../access/decide-identity.ts';

/** A link with what decides whether it can be used. */
export interface Link {
  readonly entryId: number;
  readonly position: number;
  readonly binding: string | null;
  /** The stamp of the host-key policy when the link was confirmed. */
  readonly confirmedPolicy: string | null;
  readonly identity: IdentityFacts;
}

/** What a manager confirms an identity for. */
export interface Confirmed {
  readonly binding: string;
  readonly policyStamp: string;
}

/** The facts of those identities that exist. */
export async function findIdentities(db: Db, ids: readonly number[]): Promise<IdentityFacts[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('identities')
    .select(['id', 'type', 'account_id', 'organization_id'])
    .where('id', 'in', ids)
    .execute();
  return rows.map((row) => ({ id: row.id, type: row.type, owner: ownerOf(row) }));
}

/** All links of these entries, in order, regardless of who can use them. */
export async function linksOf(db: Db, entryIds: readonly number[]): Promise<Link[]> {
  const links: Link[] = [];
  for (const some of inChunks(entryIds)) {
    const rows = await joinedLinks(db).where('link.entry_id', 'in', some).execute();
    // One by one: a spread of as many arguments as some entries have links together would overflow the stack.
    for (const row of rows) links.push(toLink(row));
  }
  return links;
}

function joinedLinks(db: Db) {
  return db
    .selectFrom('entry_identities as link')
    .innerJoin('identities as identity', 'identity.id', 'link.identity_id')
    .select([
      'link.entry_id',
      'link.identity_id',
      'link.position',
      'link.binding',
      'link.confirmed_policy',
      'identity.type',
      'identity.account_id',
      'identity.organization_id',
    ])
    .orderBy('link.entry_id')
    .orderBy('link.position')
    .orderBy('link.identity_id');
}

interface LinkRow {
  readonly entry_id: number;
  readonly identity_id: number;
  readonly position: number;
  readonly binding: string | null;
  readonly confirmed_policy: string | null;
  readonly type: IdentityType;
  readonly account_id: number | null;
  readonly organization_id: number | null;
}

function toLink(row: LinkRow): Link {
  return {
    entryId: row.entry_id,
    position: row.position,
    binding: row.binding,
    confirmedPolicy: row.confirmed_policy,
    identity: { id: row.identity_id, type: row.type, owner: ownerOf(row) },
  };
}

/** The ids of the identities that the account can use, in order, for each entry that it sees. */
export async function usableIdentities(db: Db, rights: Rights, entryIds: readonly number[] | 'all') {
  const links = entryIds === 'all' ? await visibleLinks(db, rights) : await linksOf(db, entryIds);
  const byEntry = new Map<number, number[]>();
  for (const { entryId, identity } of links) {
    if (!sees(rights, identity.owner)) continue;
    const ids = byEntry.get(entryId);
    if (ids === undefined) byEntry.set(entryId, [identity.id]);
    else ids.push(identity.id);
  }
  return byEntry;
}

async function visibleLinks(db: Db, rights: Rights): Promise<Link[]> {
  const organizationIds = [...rights.organizations.keys()];
  const rows = await joinedLinks(db)
    .innerJoin('entries as entry', 'entry.id', 'link.entry_id')
    .where((eb) =>
      eb.or([
        eb('entry.account_id', '=', rights.accountId),
        ...(organizationIds.length === 0 ? [] : [eb('entry.organization_id', 'in', organizationIds)]),
      ]),
    )
    .execute();
  return rows.map(toLink);
}

interface NewLink extends Pick<Link, 'entryId' | 'position' | 'binding' | 'confirmedPolicy'> {
  readonly identityId: number;
}

/** Links an identity to an entry, at a free position. */
export async function insertLink(
  trx: Trx,
  { entryId, identityId, position, binding, confirmedPolicy }: NewLink,
): Promise<void> {
  await trx
    .insertInto('entry_identities')
    .values({
      entry_id: entryId,
      identity_id: identityId,
      position,
      binding,
      confirmed_policy: confirmedPolicy,
      last_used_at: null,
      last_outcome: null,
    })
    .execute();
}

/** Changes the position of a link among the identities of its entry. */
export async function moveLink(trx: Trx, entryId: number, identityId: number, position: number): Promise<void> {
  await trx
    .updateTable('entry_identities')
    .set({ position })
    .where('entry_id', '=', entryId)
    .where('identity_id', '=', identityId)
    .execute();
}

/** Replaces the binding of links and keeps the rest of their confirmation. */
export async function bindLinks(
  trx: Trx,
  entryId: number,
  identityIds: readonly number[],
  binding: string,
): Promise<void> {
  if (identityIds.length === 0) return;
  await trx
    .updateTable('entry_identities')
    .set({ binding })
    .where('entry_id', '=', entryId)
    .where('identity_id', 'in', identityIds)
    .execute();
}

/** Stores what a link was confirmed for. */
export async function confirmLink(
  trx: Trx,
  { entryId, identityId }: { readonly entryId: number; readonly identityId: number },
  { binding, policyStamp }: Confirmed,
): Promise<void> {
  await trx
    .updateTable('entry_identities')
    .set({ binding, confirmed_policy: policyStamp })
    .where('entry_id', '=', entryId)
    .where('identity_id', '=', identityId)
    .execute();
}

/** Unlinks identities from an entry. Unlinked ones are ignored. */
export async function deleteLinks(trx: Trx, entryId: number, identityIds: readonly number[]): Promise<void> {
  if (identityIds.length === 0) return;
  await trx
    .deleteFrom('entry_identities')
    .where('entry_id', '=', entryId)
    .where('identity_id', 'in', identityIds)
    .execute();
}

const choiceColumns = ['host_key_policy_by', 'host_key_policy_at', 'host_key_policy_limited'] as const;

/** What an entry of this owner inherits from its folders and its organization. */
export async function findInheritedDefaults(db: Db, owner: Owner, folderId: number | null): Promise<InheritedDefaults> {
  const folders = folderId === null ? [] : await ancestorFolders(db, folderId);
  if (owner.type === 'account') return { folders, organization: undefined };
  const organization = await db
    .selectFrom('organizations')
    .leftJoin('identities', (join) =>
      join
        .onRef('identities.id', '=', 'organizations.default_identity_id')
        .onRef('identities.organization_id', '=', 'organizations.id'),
    )
    .select(['organizations.id', 'organizations.host_key_policy', 'identities.id as default_identity_id'])
    .select(choiceColumns)
    .where('organizations.id', '=', owner.id)
    .executeTakeFirst();
  return { folders, organization };
}

function ancestorFolders(db: Db, folderId: number) {
  return db
    .withRecursive('above', (qc) =>
      qc
        .selectFrom('folders')
        .select(['folders.id', 'folders.parent_id', sql<number>`0`.as('distance')])
        .where('folders.id', '=', folderId)
        .unionAll(
          qc
            .selectFrom('folders')
            .innerJoin('above', 'above.parent_id', 'folders.id')
            .select(['folders.id', 'folders.parent_id', sql<number>`above.distance + 1`.as('distance')]),
        ),
    )
    .selectFrom('above')
    .innerJoin('folders', 'folders.id', 'above.id')
    .leftJoin('identities', (join) =>
      join
        .onRef('identities.id', '=', 'folders.default_identity_id')
        .on((eb) =>
          eb.or([
            eb('identities.account_id', '=', eb.ref('folders.account_id')),
            eb('identities.organization_id', '=', eb.ref('folders.organization_id')),
          ]),
        ),
    )
    .select(['folders.id', 'folders.host_key_policy', 'identities.id as default_identity_id'])
    .select(choiceColumns)
    .orderBy('above.distance')
    .execute();
}

/** The active members of an organization. */
export async function activeMembers(db: Db, organizationId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('memberships')
    .select('account_id')
    .where('organization_id', '=', organizationId)
    .where('status', '=', 'active')
    .execute();
  return rows.map(({ account_id }) => account_id);
}
