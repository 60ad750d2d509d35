import type { HostKeyFacts } from '@gatehouse/contract/problem';
import type { Selectable } from 'kysely';
import type { Db, Trx } from '../../../kernel/db/database.ts';
import type { Schema } from '../../../kernel/db/schema.ts';
import { inChunks } from '../../../kernel/slices.ts';

/** A pinned host key, or a trusted host certificate authority. */
export type HostKeyRow = Selectable<Schema['host_keys']>;

/** The keys of an entry that are pinned for one host and port. */
interface Pins {
  readonly entryId: number;
  readonly host: string;
  readonly port: number;
}

/** The pins of one address of an entry; a jump host has its own address. */
export async function findPins(db: Db, address: Pins): Promise<HostKeyRow[]> {
  return (await findHostKeys(db, address)).filter((row) => !isRevoked(row));
}

/** What is pinned and what is revoked for one address of an entry, oldest first. */
export function findHostKeys(db: Db, { entryId, host, port }: Pins): Promise<HostKeyRow[]> {
  return db
    .selectFrom('host_keys')
    .selectAll()
    .where('entry_id', '=', entryId)
    .where('host', '=', host)
    .where('port', '=', port)
    .orderBy('id')
    .execute();
}

/** Whether it is a mark that the key is never accepted, and not a pin. */
export function isRevoked({ revoked }: HostKeyRow): boolean {
  return revoked === 1;
}

/** Whether it is a key of the host itself, and not of an authority. */
export function isOfHost({ role }: HostKeyRow): boolean {
  return role === 'host';
}

/** How many keys are pinned or revoked under an entry, for all hosts and ports that it had. */
export async function countPins(db: Db, entryId: number): Promise<number> {
  const { count } = await db
    .selectFrom('host_keys')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('entry_id', '=', entryId)
    .executeTakeFirstOrThrow();
  return count;
}

/** The fingerprints pinned for the present host and port of each entry. */
export async function currentFingerprints(db: Db, entryIds: readonly number[]) {
  const found: { entry_id: number; fingerprint: string }[] = [];
  for (const some of inChunks(entryIds)) {
    const rows = await db
      .selectFrom('host_keys')
      .innerJoin('entries', (join) =>
        join
          .onRef('entries.id', '=', 'host_keys.entry_id')
          .onRef('entries.host', '=', 'host_keys.host')
          .onRef('entries.port', '=', 'host_keys.port'),
      )
      .select(['host_keys.entry_id', 'host_keys.fingerprint'])
      .where('host_keys.entry_id', 'in', some)
      .where('host_keys.revoked', '=', 0)
      .execute();
    for (const row of rows) found.push(row);
  }
  return found;
}

interface NewPin extends Pins {
  readonly facts: HostKeyFacts;
  readonly role: HostKeyRow['role'];
  readonly source: HostKeyRow['source'];
  readonly confirmedBy: number | null;
  /** Whether `accept-new` pinned it with the consent of those who manage the identities of the entry's owner. */
  readonly isPolicyConfirmed: boolean;
  /** Marks the key as revoked instead of pinning it. */
  readonly isRevoked?: boolean;
  readonly seenAt: string;
}

/** Pins a key that is not pinned for the address. */
export async function insertPin(trx: Trx, pin: NewPin): Promise<void> {
  await trx
    .insertInto('host_keys')
    .values({
      entry_id: pin.entryId,
      host: pin.host,
      port: pin.port,
      algorithm: pin.facts.algorithm,
      public_key: pin.facts.publicKey,
      fingerprint: pin.facts.fingerprint,
      role: pin.role,
      source: pin.source,
      confirmed_by: pin.confirmedBy,
      policy_confirmed: pin.isPolicyConfirmed ? 1 : 0,
      revoked: pin.isRevoked === true ? 1 : 0,
      first_seen_at: pin.seenAt,
    })
    .execute();
}

/** Unknown ids are ignored. */
export async function deletePins(trx: Trx, ids: readonly number[]): Promise<void> {
  if (ids.length > 0) await trx.deleteFrom('host_keys').where('id', 'in', ids).execute();
}

/** Copies what is pinned and revoked for one entry to another. */
export async function copyPins(trx: Trx, fromEntryId: number, toEntryId: number): Promise<void> {
  const key = ['host', 'port', 'algorithm', 'public_key', 'fingerprint', 'role', 'revoked'] as const;
  const columns = [...key, 'source', 'confirmed_by', 'policy_confirmed'] as const;
  await trx
    .insertInto('host_keys')
    .columns(['entry_id', ...columns, 'first_seen_at'])
    .expression((eb) =>
      eb
        .selectFrom('host_keys')
        .select((select) => [select.val(toEntryId).as('entry_id'), ...columns, 'first_seen_at'])
        .where('entry_id', '=', fromEntryId)
        .orderBy('id'),
    )
    .execute();
}
