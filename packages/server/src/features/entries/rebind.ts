import type { Db, Trx } from '../../kernel/db/database.ts';
import { ownerOf, type Owner } from '../../kernel/owner.ts';
import { bindingOf, forKeysAlone, stands } from './binding.ts';
import { parseConfig } from './config.ts';
import { currentFingerprints } from './host-key-repository.ts';
import { bindLinks, linksOf, type Link } from './link-repository.ts';
import { candidatesThrough, findEntries, updateEntry, type EntryRow } from './repository.ts';

/** The bindings of these entries as they are now, by entry id. */
export async function currentBindings(db: Db, entries: readonly EntryRow[]): Promise<ReadonlyMap<number, string>> {
  if (entries.length === 0) return new Map();
  const parsed = entries.map((entry) => ({ entry, config: parseConfig(entry.config) }));
  const jumpIds = new Set(parsed.flatMap(({ config }) => config.jumpHosts));
  const jumps = new Map((await findEntries(db, [...jumpIds])).map((jump) => [jump.id, jump]));
  const pins = Map.groupBy(
    await currentFingerprints(
      db,
      entries.map(({ id }) => id),
    ),
    ({ entry_id }) => entry_id,
  );
  return new Map(
    parsed.map(({ entry, config }) => [
      entry.id,
      bindingOf({
        protocol: config.protocol,
        host: entry.host,
        port: entry.port,
        jumps: config.jumpHosts.map((id) => jumps.get(id) ?? null),
        hostKeys: (pins.get(entry.id) ?? []).map(({ fingerprint }) => fingerprint),
      }),
    ]),
  );
}

/** The binding of one entry as it is now. */
export async function currentBinding(db: Db, entry: EntryRow): Promise<string> {
  return (await currentBindings(db, [entry])).get(entry.id) ?? '';
}

/** The entry and those that are reached through it. */
export async function withDependents(db: Db, entry: EntryRow): Promise<EntryRow[]> {
  const candidates = await candidatesThrough(db, entry.id);
  const through = candidates.filter(({ config }) => parseConfig(config).jumpHosts.includes(entry.id));
  return [entry, ...through.filter(({ id }) => id !== entry.id)];
}

interface Rebinding {
  readonly trx: Trx;
  /** The entries whose binding `change` may change, as they are before it. */
  readonly entries: readonly EntryRow[];
  /** Whether the caller answers for where identities of this owner are sent. */
  readonly manages: (owner: Owner) => boolean;
  /** The change is the first host key of a place at which none was pinned. */
  readonly firstHostKey?: boolean;
}

/**
 * Makes a change to places and carries over the confirmations that the caller can answer for. What was suspended before stays suspended,
 * even if its manager makes the change: he may not know what else had been changed.
 */
export async function rebinding(
  { trx, entries, manages, firstHostKey = false }: Rebinding,
  change: () => Promise<void>,
): Promise<void> {
  const ids = entries.map(({ id }) => id);
  const before = await currentBindings(trx, entries);
  const links = Map.groupBy(await linksOf(trx, ids), ({ entryId }) => entryId);
  await change();
  const after = await currentBindings(trx, await findEntries(trx, ids));
  for (const entry of entries) {
    const old = before.get(entry.id);
    const current = after.get(entry.id);
    if (old === undefined || current === undefined || old === current) continue;
    const move = { trx, entry, old, current, manages, firstHostKey };
    await carryLinks(move, links.get(entry.id) ?? []);
    await carryInherited(move);
  }
}

interface Move {
  readonly trx: Trx;
  readonly entry: EntryRow;
  readonly old: string;
  readonly current: string;
  readonly manages: (owner: Owner) => boolean;
  readonly firstHostKey: boolean;
}

async function carryLinks(move: Move, links: readonly Link[]): Promise<void> {
  const carried = new Map<string, number[]>();
  for (const { binding, identity } of links) {
    if (!stands(binding, move.old, identity.type)) continue;
    const next = carry(move, binding, identity.owner);
    if (next !== undefined) carried.set(next, [...(carried.get(next) ?? []), identity.id]);
  }
  for (const [binding, identityIds] of carried) await bindLinks(move.trx, move.entry.id, identityIds, binding);
}

async function carryInherited(move: Move): Promise<void> {
  const next = carry(move, move.entry.confirmed_binding, ownerOf(move.entry));
  if (next !== undefined) await updateEntry(move.trx, move.entry.id, { confirmed_binding: next });
}

/** What a confirmation of the old place becomes; `undefined` where it stays behind and what rests on it is suspended. */
function carry(
  { old, current, manages, firstHostKey }: Move,
  confirmed: string | null,
  owner: Owner,
): string | undefined {
  const full = confirmed === old;
  if (!full && confirmed !== forKeysAlone(old)) return undefined;
  if (manages(owner)) return full ? current : forKeysAlone(current);
  return firstHostKey ? forKeysAlone(current) : undefined;
}
