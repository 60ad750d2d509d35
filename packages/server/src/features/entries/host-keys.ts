import type { getHostKeys } from '@gatehouse/contract/entry-host-keys';
import type { HostKeyFacts } from '@gatehouse/contract/problem';
import type { z } from 'zod';
import { AppError, forbidden, notFound } from '../../kernel/app-error.ts';
import type { Caller } from '../../kernel/caller.ts';
import { ownerOf } from '../../kernel/owner.ts';
import { may } from '../../kernel/rights.ts';
import { edit, recordDone, type Edit, type EntryContext } from './edit.ts';
import { deletePins, findPins, insertPin, type HostKeyRow } from './host-key-repository.ts';
import { knownHostsName, parseKeyLines, type GivenKey } from './known-hosts.ts';
import { changeable, refusalOf, visible } from './policy.ts';
import { rebinding } from './rebind.ts';
import { findEntry, type EntryRow } from './repository.ts';
import { resolveEntry } from './resolve.ts';

interface Machine {
  readonly host: string;
  readonly port: number;
}

export type HostKeyList = z.output<typeof getHostKeys.result>;

/** What is pinned for the present host and port of an entry, and the policy in force. */
export async function listHostKeys(
  { database, rightsOf }: EntryContext,
  caller: Caller,
  entryId: number,
): Promise<HostKeyList> {
  const rights = await rightsOf(database.read, caller.accountId);
  const { host, port, config } = await resolveEntry({ db: database.read, caller, rights }, entryId);
  const pins = await findPins(database.read, { entryId, host, port });
  return {
    host,
    port,
    policy: config.hostKeyPolicy,
    keys: pins.map((pin) => ({
      id: pin.id,
      ...factsOf(pin),
      source: pin.source,
      confirmedBy: pin.confirmed_by,
      firstSeenAt: pin.first_seen_at,
    })),
    knownHosts: pins.map(({ public_key }) => `${knownHostsName(host, port)} ${public_key}`),
  };
}

function factsOf({ algorithm, fingerprint, public_key }: HostKeyRow): HostKeyFacts {
  return { algorithm, fingerprint, publicKey: public_key };
}

/** The keys pinned for a machine under an entry. */
export async function pinnedKeys(
  { database }: EntryContext,
  machine: Machine & { readonly entryId: number },
): Promise<HostKeyFacts[]> {
  return (await findPins(database.read, machine)).map(factsOf);
}

/** Pins these keys and no others for the present host and port; resolves to what is pinned then. */
export function replaceHostKeys(context: EntryContext, caller: Caller, entryId: number, lines: readonly string[]) {
  return edit(context, caller, async (open) => {
    const entry = changeable(await findEntry(open.trx, entryId), { rights: open.rights, action: 'key.replace' });
    const keys = parseKeyLines(lines, entry.host, entry.port);
    await replacePins(open, entry, entry, keys);
    return keys.map(({ facts }) => facts);
  });
}

/** Forgets one key. */
export function removeHostKey(
  context: EntryContext,
  caller: Caller,
  { entryId, hostKeyId }: { readonly entryId: number; readonly hostKeyId: number },
): Promise<void> {
  return edit(context, caller, async (open) => {
    const { trx, rights, manages, touched } = open;
    const entry = changeable(await findEntry(trx, entryId), { rights, action: 'key.remove' });
    const pin = (await findPins(trx, { entryId, host: entry.host, port: entry.port })).find(
      ({ id }) => id === hostKeyId,
    );
    if (pin === undefined) throw notFound();
    await rebinding({ trx, entries: [entry], manages }, () => deletePins(trx, [pin.id]));
    const details = { host: pin.host, port: pin.port, removed: [pin.fingerprint] };
    await recordDone(open, { action: 'key.remove', id: entryId, name: entry.name, owner: ownerOf(entry), details });
    touched.push(ownerOf(entry));
  });
}

/** A host key that a login met. */
export interface MetKey extends Machine {
  readonly entryId: number;
  readonly facts: HostKeyFacts;
  /** `confirmed`: the person said yes; `accept-new`: the policy did. */
  readonly source: 'confirmed' | 'accept-new';
}

/**
 * Pins a key that a login met. The first one of a machine needs no more than seeing the entry; to replace one needs `resources.manage`
 * and a person. Throws `host_key_changed` where the policy alone would replace a key.
 */
export function pinKey(context: EntryContext, caller: Caller, met: MetKey): Promise<void> {
  return edit(context, caller, async (open) => {
    const { trx, rights } = open;
    const attempt = { rights, action: 'key.pin' } as const;
    const entry = visible(await findEntry(trx, met.entryId), attempt);
    const pins = await findPins(trx, met);
    if (pins.some(({ public_key }) => public_key === met.facts.publicKey)) return;
    if (pins.length > 0 && met.source === 'accept-new') throw keyChanged(entry, met, pins);
    if (pins.length > 0 && !may(rights, ownerOf(entry), 'resources.manage'))
      throw forbidden('You may not replace the host key of this server.', refusalOf(entry, attempt));
    await replacePins(open, entry, met, [met]);
  });
}

function keyChanged(entry: EntryRow, { host, port, facts }: MetKey, pins: readonly HostKeyRow[]): AppError {
  const hostKey = { entryId: entry.id, host, port, offered: facts, pinned: pins.map(factsOf) };
  return new AppError('host_key_changed', `The host key of “${entry.name}” is not the one that is pinned.`, {
    facts: { hostKey },
  });
}

interface NextKey {
  readonly facts: HostKeyFacts;
  readonly source: GivenKey['source'] | MetKey['source'];
}

async function replacePins(
  open: Edit,
  entry: EntryRow,
  { host, port }: Machine,
  keys: readonly NextKey[],
): Promise<void> {
  const { trx, caller, manages, touched } = open;
  const place = { entryId: entry.id, host, port };
  const pins = await findPins(trx, place);
  const wanted = new Set(keys.map(({ facts }) => facts.publicKey));
  const removed = pins.filter(({ public_key }) => !wanted.has(public_key));
  const added = keys.filter(({ facts }) => !pins.some(({ public_key }) => public_key === facts.publicKey));
  await rebinding({ trx, entries: [entry], manages, firstHostKey: pins.length === 0 }, async () => {
    await deletePins(
      trx,
      removed.map(({ id }) => id),
    );
    for (const { facts, source } of added)
      await insertPin(trx, {
        ...place,
        facts,
        source,
        confirmedBy: source === 'accept-new' ? null : caller.accountId,
      });
  });
  await recordDone(open, {
    action: pins.length === 0 ? 'key.pin' : 'key.replace',
    id: entry.id,
    name: entry.name,
    owner: ownerOf(entry),
    details: {
      host,
      port,
      pinned: keys.map(({ facts }) => facts.fingerprint),
      removed: removed.map(({ fingerprint }) => fingerprint),
      sources: [...new Set(added.map(({ source }) => source))],
    },
  });
  touched.push(ownerOf(entry));
}
