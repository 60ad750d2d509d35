import type { getHostKeys } from '@gatehouse/contract/entry-host-keys';
import type { HostKeyFacts } from '@gatehouse/contract/problem';
import type { z } from 'zod';
import { forbidden, notFound, refuse, type AppError } from '../../../kernel/app-error.ts';
import type { Caller } from '../../../kernel/caller.ts';
import { ownerOf, sameOwner, type Owner } from '../../../kernel/owner.ts';
import { edit, recordDone, unconfirm, type Edit, type EntryContext } from '../edit.ts';
import { carriedByPolicy, chosenByManagers, policyOf } from './policy.ts';
import { countPins, deletePins, findPins, insertPin, type HostKeyRow } from './repository.ts';
import type { PolicyInForce } from '../entries/resolved-entry.ts';
import { requireQuota } from '../../../kernel/db/quotas.ts';
import { knownHostsLine, parseKeyLines, type GivenKey } from './known-hosts.ts';
import { changeable, mayChange, refusalOf, visible } from '../policy.ts';
import {
  answeredBy,
  losesConfirmations,
  rebinding,
  type Carried,
  type Carrying,
  type Rebound,
} from '../links/rebind.ts';
import { findEntry, type EntryRow } from '../entries/repository.ts';
import { resolveEntry } from '../entries/resolve.ts';

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
      authority: pin.role === 'authority',
      source: pin.source,
      confirmedBy: pin.confirmed_by,
      firstSeenAt: pin.first_seen_at,
    })),
    knownHosts: pins.map(({ role, public_key }) => knownHostsLine(host, port, { role, publicKey: public_key })),
  };
}

function factsOf({ algorithm, fingerprint, public_key }: HostKeyRow): HostKeyFacts {
  return { algorithm, fingerprint, publicKey: public_key };
}

/** What proves a machine to be the right one: one of its keys, or the signature of an authority on another. */
export interface TrustedKeys {
  readonly keys: HostKeyFacts[];
  readonly authorities: HostKeyFacts[];
}

/** What is pinned for a machine under an entry. */
export async function trustedKeys(
  { database }: EntryContext,
  machine: Machine & { readonly entryId: number },
): Promise<TrustedKeys> {
  const pins = await findPins(database.read, machine);
  const having = (role: HostKeyRow['role']) => pins.filter((pin) => pin.role === role).map(factsOf);
  return { keys: having('host'), authorities: having('authority') };
}

/**
 * Pins these keys for the present host and port and forgets the others of the kind: keys of the machine take the place of its keys, authorities
 * that of its authorities. Resolves to what was given.
 */
export function replaceHostKeys(context: EntryContext, caller: Caller, entryId: number, lines: readonly string[]) {
  return edit(context, caller, async (open) => {
    const entry = changeable(await findEntry(open.trx, entryId), { rights: open.rights, action: 'host-key.replace' });
    const keys = parseKeyLines(lines, entry.host, entry.port);
    await replacePins(open, { entry, machine: entry, keys, forgets: replacedBy(keys) });
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
    const { trx, rights, manages } = open;
    const entry = changeable(await findEntry(trx, entryId), { rights, action: 'host-key.remove' });
    const pin = (await findPins(trx, { entryId, host: entry.host, port: entry.port })).find(
      ({ id }) => id === hostKeyId,
    );
    if (pin === undefined) throw notFound();
    const rebound = await rebinding({ trx, entries: [entry], carrying: answeredBy(manages) }, () =>
      deletePins(trx, [pin.id]),
    );
    if (losesConfirmations(rebound)) unconfirm(open, [entryId]);
    const details = { host: pin.host, port: pin.port, removed: [pin.fingerprint], ...identitiesOf(entry, rebound) };
    await recordDone(open, {
      action: 'host-key.remove',
      id: entryId,
      name: entry.name,
      owner: ownerOf(entry),
      details,
    });
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
    const attempt = { rights, action: 'host-key.pin' } as const;
    const entry = visible(await findEntry(trx, met.entryId), attempt);
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

/** Throws `host_key_unknown` where the policy is another by now. */
async function automatic({ rightsOf }: EntryContext, { trx }: Edit, entry: EntryRow, met: MetKey) {
  const policy = await policyOf(trx, entry);
  if (policy.policy !== 'accept-new') throw keyUnknown(entry, met);
  return { policy, isChosenByManagers: await chosenByManagers(trx, rightsOf, policy) };
}

function keyUnknown({ id: entryId, name }: EntryRow, { host, port, facts }: MetKey): AppError {
  const hostKey = { entryId, host, port, offered: facts, pinned: [] };
  return refuse('pinned_key_unknown', { name }, { facts: { hostKey } });
}

function keyChanged(entry: EntryRow, { host, port, facts }: MetKey, pins: readonly HostKeyRow[]): AppError {
  const hostKey = { entryId: entry.id, host, port, offered: facts, pinned: pins.map(factsOf) };
  return refuse(
    'pinned_key_changed',
    { name: entry.name },
    {
      facts: { hostKey },
    },
  );
}

function replacedBy(keys: readonly Pick<GivenKey, 'role'>[]): (pin: HostKeyRow) => boolean {
  return (pin) => keys.some(({ role }) => role === pin.role);
}

function isOfHost({ role }: HostKeyRow): boolean {
  return role === 'host';
}

interface Replacement {
  readonly entry: EntryRow;
  readonly machine: Machine;
  readonly keys: readonly {
    readonly facts: HostKeyFacts;
    readonly role: GivenKey['role'];
    readonly source: GivenKey['source'] | MetKey['source'];
  }[];
  /** Which of the others go. */
  readonly forgets: (pin: HostKeyRow) => boolean;
  /** Set where the policy pins, and not the caller. */
  readonly policy?: PolicyInForce;
  readonly isChosenByManagers?: (owner: Owner) => boolean;
}

async function replacePins(open: Edit, replacement: Replacement): Promise<void> {
  const { entry, machine, keys, forgets } = replacement;
  const { host, port } = machine;
  const { trx, settings } = open;
  const pins = await findPins(trx, { entryId: entry.id, host, port });
  const isKept = (pin: HostKeyRow) =>
    keys.some(({ facts, role }) => facts.publicKey === pin.public_key && role === pin.role);
  const removed = pins.filter((pin) => forgets(pin) && !isKept(pin));
  const added = keys.filter(
    ({ facts, role }) => !pins.some((pin) => pin.public_key === facts.publicKey && pin.role === role),
  );
  const existing = await countPins(trx, entry.id);
  if (added.length > 0) requireQuota(settings, 'HOST_KEYS_PER_SERVER', existing - removed.length + added.length);
  const carrying = carryingOf(open, replacement, pins);
  const rebound = await rebinding({ trx, entries: [entry], carrying }, async () => {
    await deletePins(
      trx,
      removed.map(({ id }) => id),
    );
    await insertPins(open, replacement, { added, isPolicyConfirmed: carrying(ownerOf(entry), null) === 'all' });
  });
  if (losesConfirmations(rebound)) unconfirm(open, [entry.id]);
  await recordDone(open, {
    action: pins.length === 0 ? 'host-key.pin' : 'host-key.replace',
    id: entry.id,
    name: entry.name,
    owner: ownerOf(entry),
    details: {
      host,
      port,
      pinned: keys.map(({ facts }) => facts.fingerprint),
      authorities: keys.filter(({ role }) => role === 'authority').map(({ facts }) => facts.fingerprint),
      removed: removed.map(({ fingerprint }) => fingerprint),
      sources: [...new Set(added.map(({ source }) => source))],
      ...(replacement.policy && {
        policyChosenBy: replacement.policy.choices.map((choice) => choice.host_key_policy_by),
      }),
      ...identitiesOf(entry, rebound),
    },
  });
}

function carryingOf(
  { manages }: Edit,
  { policy, isChosenByManagers }: Replacement,
  pins: readonly HostKeyRow[],
): Carrying {
  if (policy === undefined || isChosenByManagers === undefined)
    return answeredBy(manages, { firstHostKey: pins.length === 0 });
  return carriedByPolicy({ policy, isChosenByManagers, hadKey: pins.some(isOfHost), hadPin: pins.length > 0 });
}

interface Added {
  readonly added: Replacement['keys'];
  readonly isPolicyConfirmed: boolean;
}

async function insertPins(
  { trx, caller, now }: Edit,
  { entry, machine: { host, port } }: Replacement,
  { added, isPolicyConfirmed }: Added,
): Promise<void> {
  for (const { facts, role, source } of added) {
    const isAutomatic = source === 'accept-new';
    await insertPin(trx, {
      entryId: entry.id,
      host,
      port,
      facts,
      role,
      source,
      confirmedBy: isAutomatic ? null : caller.accountId,
      isPolicyConfirmed: isAutomatic && isPolicyConfirmed,
      seenAt: now,
    });
  }
}

/** What became of the confirmations of the owner's identities; of those of others, the owner's audit log tells nothing. */
function identitiesOf(entry: EntryRow, rebound: readonly Rebound[]) {
  const own = rebound.filter(({ identityId, owner }) => identityId !== null && sameOwner(owner, ownerOf(entry)));
  const those = (carried: Carried) =>
    own.filter((one) => one.carried === carried).flatMap(({ identityId }) => identityId ?? []);
  const lists = { confirmed: those('all'), keysOnly: those('keys'), suspended: those('nothing') };
  return Object.fromEntries(Object.entries(lists).filter(([, ids]) => ids.length > 0));
}
