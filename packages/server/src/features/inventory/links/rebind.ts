import type { Db, Trx } from '../../../kernel/db/database.ts';
import { ownerOf, type Owner } from '../../../kernel/owner.ts';
import { bindingOf, confirmedForKeysOnly, isConfirmedFor } from '../../../access/binding.ts';
import { parseConfig } from '../entries/config.ts';
import { currentFingerprints } from '../host-keys/repository.ts';
import { bindLinks, linksOf, type Link } from './repository.ts';
import { candidatesThrough, findEntries, updateEntry, type EntryRow } from '../entries/repository.ts';

/** The present bindings of these entries, by entry id. */
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
        username: config.username,
        legacyAlgorithms: config.legacyAlgorithms,
      }),
    ]),
  );
}

/** The present binding of one entry. */
export async function currentBinding(db: Db, entry: EntryRow): Promise<string> {
  return (await currentBindings(db, [entry])).get(entry.id) ?? '';
}

/** The entry and those that are reached through it. */
export async function withDependents(db: Db, entry: EntryRow): Promise<EntryRow[]> {
  const candidates = await candidatesThrough(db, entry.id);
  const through = candidates.filter(({ config }) => parseConfig(config).jumpHosts.includes(entry.id));
  return [entry, ...through.filter(({ id }) => id !== entry.id)];
}

/** How much of a confirmation of the old destination applies to the new one; `keys`: as long as the identity has no password. */
export type Carried = 'all' | 'keys' | 'nothing';

/** What a change means for a confirmation by managers of an owner's identities, given under the host-key policy with this stamp. */
export type Carrying = (owner: Owner, confirmedPolicy: string | null) => Carried;

interface Rebinding {
  readonly trx: Trx;
  /** The entries whose binding `change` may change, in their previous state. */
  readonly entries: readonly EntryRow[];
  readonly carrying: Carrying;
}

/** What happened to the confirmation of an identity for an entry. */
export interface Rebound {
  readonly entryId: number;
  /** Null for the default identity that the entry inherits. */
  readonly identityId: number | null;
  readonly owner: Owner;
  readonly carried: Carried;
}

/** Whether a confirmation was lost or reduced. */
export function losesConfirmations(rebound: readonly Rebound[]): boolean {
  return rebound.some(({ carried }) => carried !== 'all');
}

/** The caller confirms the identities that they manage; the first host key of a destination confirms the use of keys, for any caller. */
export function carriedByCaller(
  manages: (owner: Owner) => boolean,
  { firstHostKey = false }: { readonly firstHostKey?: boolean } = {},
): Carrying {
  return (owner) => (manages(owner) ? 'all' : firstHostKey ? 'keys' : 'nothing');
}

/**
 * Runs a change of destinations and carries over the confirmations that still apply; resolves to what happened to them. A suspended link stays
 * suspended, even if its manager makes the change: they may not know what else was changed.
 */
export async function rebinding(
  { trx, entries, carrying }: Rebinding,
  change: () => Promise<void>,
): Promise<readonly Rebound[]> {
  const ids = entries.map(({ id }) => id);
  const before = await currentBindings(trx, entries);
  const links = Map.groupBy(await linksOf(trx, ids), ({ entryId }) => entryId);
  await change();
  const after = await currentBindings(trx, await findEntries(trx, ids));
  const rebound: Rebound[] = [];
  for (const entry of entries) {
    const old = before.get(entry.id);
    const current = after.get(entry.id);
    if (old === undefined || current === undefined || old === current) continue;
    const move = { trx, entry, old, current, carrying };
    rebound.push(...(await carryLinks(move, links.get(entry.id) ?? [])), ...(await carryInherited(move)));
  }
  return rebound;
}

interface Move {
  readonly trx: Trx;
  readonly entry: EntryRow;
  readonly old: string;
  readonly current: string;
  readonly carrying: Carrying;
}

async function carryLinks(move: Move, links: readonly Link[]): Promise<readonly Rebound[]> {
  const confirmed = links.filter(({ binding, identity }) => isConfirmedFor(binding, move.old, identity.type));
  const rebound = confirmed.map(({ binding, confirmedPolicy, identity: { id, owner } }) => ({
    entryId: move.entry.id,
    identityId: id,
    owner,
    carried: carriedOf(move, binding, move.carrying(owner, confirmedPolicy)),
  }));
  for (const [carried, some] of Map.groupBy(rebound, ({ carried }) => carried)) {
    const ids = some.map(({ identityId }) => identityId);
    if (carried !== 'nothing') await bindLinks(move.trx, move.entry.id, ids, nextOf(move, carried));
  }
  return rebound;
}

async function carryInherited(move: Move): Promise<readonly Rebound[]> {
  const { entry, old, trx, carrying } = move;
  const confirmed = entry.confirmed_binding;
  if (confirmed !== old && confirmed !== confirmedForKeysOnly(old)) return [];
  const owner = ownerOf(entry);
  const carried = carriedOf(move, confirmed, carrying(owner, entry.confirmed_policy));
  if (carried !== 'nothing') await updateEntry(trx, entry.id, { confirmed_binding: nextOf(move, carried) });
  return [{ entryId: entry.id, identityId: null, owner, carried }];
}

/** A confirmation for keys only is never extended. */
function carriedOf({ old }: Move, confirmed: string | null, carried: Carried): Carried {
  return carried === 'all' && confirmed !== old ? 'keys' : carried;
}

function nextOf({ current }: Move, carried: 'all' | 'keys'): string {
  return carried === 'all' ? current : confirmedForKeysOnly(current);
}
