import type { getHostKeys } from '@gatehouse/contract/entry-host-keys';
import { say } from '@gatehouse/contract/messages/message';
import type { HostKeyFacts } from '@gatehouse/contract/problem';
import type { z } from 'zod';
import { forbidden, invalid, notFound, refuse, type AppError } from '../../../kernel/app-error.ts';
import type { Caller } from '../../../kernel/caller.ts';
import type { Trx } from '../../../kernel/db/database.ts';
import { ownerOf } from '../../../kernel/owner.ts';
import { edit, recordEdit, endLiveSessions, recheckLiveSessions, type Edit, type EntryContext } from '../edit.ts';
import { chosenByManagers, policyOf } from './policy.ts';
import { deletePins, findHostKeys, findPins, isOfHost, isRevoked, type HostKeyRow } from './repository.ts';
import { identitiesOf, replacePins } from './replace-pins.ts';
import { knownHostsLine, parseKeyLines, type ParsedHostKey, type KeysOfHost } from './known-hosts.ts';
import { changeable, mayChange, refusalOf, visible } from '../policy.ts';
import { carriedByCaller, losesConfirmations, rebinding } from '../links/rebind.ts';
import { findEntry, type EntryRow } from '../entries/repository.ts';
import { resolveEntry } from '../entries/resolve.ts';

interface Machine {
  readonly host: string;
  readonly port: number;
}

export type HostKeyList = z.output<typeof getHostKeys.result>;

/** The keys pinned for the present host and port of an entry, and the effective policy. */
export async function listHostKeys(
  { database, rightsOf }: EntryContext,
  caller: Caller,
  entryId: number,
): Promise<HostKeyList> {
  const rights = await rightsOf(database.read, caller.accountId);
  const { host, port, config } = await resolveEntry({ db: database.read, caller, rights }, entryId);
  const rows = await findHostKeys(database.read, { entryId, host, port });
  return {
    host,
    port,
    policy: config.hostKeyPolicy,
    keys: rows.map((pin) => ({
      id: pin.id,
      ...factsOf(pin),
      authority: pin.role === 'authority',
      revoked: isRevoked(pin),
      source: pin.source,
      confirmedBy: pin.confirmed_by,
      firstSeenAt: pin.first_seen_at,
    })),
    knownHosts: rows.map((row) =>
      knownHostsLine({ host, port }, { role: row.role, publicKey: row.public_key, isRevoked: isRevoked(row) }),
    ),
  };
}

function factsOf({ algorithm, fingerprint, public_key }: HostKeyRow): HostKeyFacts {
  return { algorithm, fingerprint, publicKey: public_key };
}

/** The trusted keys of a machine: its own, or an authority that signs host keys. */
export interface TrustedKeys {
  readonly keys: HostKeyFacts[];
  readonly authorities: HostKeyFacts[];
  /** Never accepted, neither for themselves nor as authorities, whatever the policy. */
  readonly revoked: HostKeyFacts[];
}

/** What is pinned and what is revoked for a machine under an entry. */
export async function trustedKeys(
  { database }: EntryContext,
  machine: Machine & { readonly entryId: number },
): Promise<TrustedKeys> {
  const rows = await findHostKeys(database.read, machine);
  const pinned = (role: HostKeyRow['role']) => rows.filter((row) => !isRevoked(row) && row.role === role).map(factsOf);
  return { keys: pinned('host'), authorities: pinned('authority'), revoked: rows.filter(isRevoked).map(factsOf) };
}

/**
 * Pins these keys for the present host and port and forgets the others of the kind: keys of the machine take the place of its keys, authorities
 * that of its authorities. Keys of `@revoked` lines are never accepted from then on. Resolves to what the lines hold for this host and port.
 */
export function replaceHostKeys(context: EntryContext, caller: Caller, entryId: number, lines: readonly string[]) {
  return edit(context, caller, async (open): Promise<KeysOfHost> => {
    const entry = changeable(await findEntry(open.trx, entryId), { rights: open.rights, action: 'host-key.replace' });
    const given = parseKeyLines(lines, entry.host, entry.port);
    const { keys, revoked } = given;
    const refused = await findRevoked(open.trx, { ...addressOf(entry), entryId }, keys);
    if (refused !== undefined)
      throw invalid('keys', say('host_key_revoked_here', { fingerprint: refused.facts.fingerprint }));
    await replacePins(open, { entry, machine: entry, keys, forgets: replacedBy(keys), revoked });
    if (revoked.length > 0) endLiveSessions(open, [entryId]);
    return given;
  });
}

/** Removes one key. */
export function removeHostKey(
  context: EntryContext,
  caller: Caller,
  { entryId, hostKeyId }: { readonly entryId: number; readonly hostKeyId: number },
): Promise<void> {
  return edit(context, caller, async (open) => {
    const { trx, rights, manages } = open;
    const entry = changeable(await findEntry(trx, entryId), { rights, action: 'host-key.remove' });
    const rows = await findHostKeys(trx, { entryId, host: entry.host, port: entry.port });
    const pin = rows.find(({ id }) => id === hostKeyId);
    if (pin === undefined) throw notFound();
    const rebound = await rebinding({ trx, entries: [entry], carrying: carriedByCaller(manages) }, () =>
      deletePins(trx, [pin.id]),
    );
    if (losesConfirmations(rebound)) recheckLiveSessions(open, [entryId]);
    const details = { host: pin.host, port: pin.port, removed: [pin.fingerprint], ...identitiesOf(entry, rebound) };
    await recordEdit(open, {
      action: 'host-key.remove',
      id: entryId,
      name: entry.name,
      owner: ownerOf(entry),
      details,
    });
  });
}

/** A host key that a server presented. */
export interface ObservedHostKey extends Machine {
  readonly entryId: number;
  readonly facts: HostKeyFacts;
  /** `confirmed`: the person said yes; `accept-new`: the policy did. */
  readonly source: 'confirmed' | 'accept-new';
}

/**
 * Pins a presented key. The first one of a machine requires only that the caller sees the entry; replacing one requires `resources.manage` and a
 * person. Throws `host_key_changed` if the policy alone would replace a key.
 */
export function pinKey(context: EntryContext, caller: Caller, met: ObservedHostKey): Promise<void> {
  return edit(context, caller, async (open) => {
    const { trx, rights } = open;
    const attempt = { rights, action: 'host-key.pin' } as const;
    const entry = visible(await findEntry(trx, met.entryId), attempt);
    if ((await findRevoked(trx, met, [met])) !== undefined) throw refuse('host_key_revoked', revocationOf(met));
    const pins = (await findPins(trx, met)).filter(isOfHost);
    if (pins.some(({ public_key }) => public_key === met.facts.publicKey)) return;
    if (pins.length > 0 && met.source === 'accept-new') throw keyChanged(entry, met, pins);
    if (pins.length > 0 && !mayChange(rights, ownerOf(entry), 'host-key.replace'))
      throw forbidden('host_key_replacement_denied', refusalOf(entry, attempt));
    await replacePins(open, {
      entry,
      machine: met,
      keys: [{ ...met, role: 'host' }],
      forgets: isOfHost,
      ...(met.source === 'accept-new' && (await automatic(context, open, entry, met))),
    });
  });
}

/** Throws `host_key_unknown` if the policy has changed. */
async function automatic({ rightsOf }: EntryContext, { trx }: Edit, entry: EntryRow, met: ObservedHostKey) {
  const policy = await policyOf(trx, entry);
  if (policy.policy !== 'accept-new') throw keyUnknown(entry, met);
  return { policy, isChosenByManagers: await chosenByManagers(trx, rightsOf, policy) };
}

function keyUnknown({ id: entryId, name }: EntryRow, { host, port, facts }: ObservedHostKey): AppError {
  const hostKey = { entryId, host, port, offered: facts, pinned: [] };
  return refuse('pinned_key_unknown', { name }, { facts: { hostKey } });
}

function keyChanged(entry: EntryRow, { host, port, facts }: ObservedHostKey, pins: readonly HostKeyRow[]): AppError {
  const hostKey = { entryId: entry.id, host, port, offered: facts, pinned: pins.map(factsOf) };
  return refuse(
    'pinned_key_changed',
    { name: entry.name },
    {
      facts: { hostKey },
    },
  );
}

function replacedBy(keys: readonly Pick<ParsedHostKey, 'role'>[]): (pin: HostKeyRow) => boolean {
  return (pin) => keys.some(({ role }) => role === pin.role);
}

/** The first of the keys that is revoked there: it is pinned only after its revocation was removed. */
async function findRevoked<K extends Pick<ParsedHostKey, 'facts'>>(
  trx: Trx,
  machine: Machine & { readonly entryId: number },
  keys: readonly K[],
): Promise<K | undefined> {
  const revoked = (await findHostKeys(trx, machine)).filter(isRevoked);
  return keys.find(({ facts }) => revoked.some(({ public_key }) => public_key === facts.publicKey));
}

function revocationOf({ host, port, facts: { algorithm, fingerprint } }: ObservedHostKey) {
  return { host, port, algorithm, fingerprint };
}

function addressOf({ host, port }: Machine): Machine {
  return { host, port };
}
