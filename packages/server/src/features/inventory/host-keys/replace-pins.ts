import type { HostKeyFacts } from '@gatehouse/contract/problem';
import { requireQuota } from '../../../kernel/db/quotas.ts';
import { ownerOf, sameOwner, type Owner } from '../../../kernel/owner.ts';
import { recordEdit, recheckLiveSessions, type Edit } from '../edit.ts';
import type { EntryRow } from '../entries/repository.ts';
import type { PolicyInForce } from '../entries/resolved-entry.ts';
import {
  carriedByCaller,
  losesConfirmations,
  rebinding,
  type Carried,
  type Carrying,
  type Rebound,
} from '../links/rebind.ts';
import type { ParsedHostKey } from './known-hosts.ts';
import { carriedByPolicy } from './policy.ts';
import { countPins, deletePins, findHostKeys, insertPin, isOfHost, isRevoked, type HostKeyRow } from './repository.ts';

/** What takes the place of what is pinned for one host and port of an entry. */
export interface Replacement {
  readonly entry: EntryRow;
  readonly machine: { readonly host: string; readonly port: number };
  readonly keys: readonly {
    readonly facts: HostKeyFacts;
    readonly role: ParsedHostKey['role'];
    readonly source: ParsedHostKey['source'] | 'accept-new';
  }[];
  /** Which of the others go. */
  readonly forgets: (pin: HostKeyRow) => boolean;
  /** Keys that are no longer accepted; those among them that are pinned go. */
  readonly revoked?: readonly HostKeyFacts[];
  /** Set where the policy pins, and not the caller. */
  readonly policy?: PolicyInForce;
  readonly isChosenByManagers?: (owner: Owner) => boolean;
}

/** Pins keys and marks others as revoked, in place of what `forgets` names, with what that means for the entry's identities. */
export async function replacePins(open: Edit, replacement: Replacement): Promise<void> {
  const { entry, machine, keys, forgets, revoked = [] } = replacement;
  const { host, port } = machine;
  const { trx, settings } = open;
  const known = await findHostKeys(trx, { entryId: entry.id, host, port });
  const pins = known.filter((row) => !isRevoked(row));
  const isNowRevoked = (pin: HostKeyRow) => revoked.some(({ publicKey }) => publicKey === pin.public_key);
  const isKept = (pin: HostKeyRow) =>
    keys.some(({ facts, role }) => facts.publicKey === pin.public_key && role === pin.role);
  const removed = pins.filter((pin) => isNowRevoked(pin) || (forgets(pin) && !isKept(pin)));
  const added = keys.filter(
    ({ facts, role }) => !pins.some((pin) => pin.public_key === facts.publicKey && pin.role === role),
  );
  const newlyRevoked = revoked.filter(
    ({ publicKey }) => !known.some((row) => isRevoked(row) && row.public_key === publicKey),
  );
  const more = added.length + newlyRevoked.length;
  const existing = await countPins(trx, entry.id);
  if (more > 0) requireQuota(settings, 'HOST_KEYS_PER_SERVER', existing - removed.length + more);
  const carrying = carryingOf(open, replacement, pins);
  const rebound = await rebinding({ trx, entries: [entry], carrying }, async () => {
    await deletePins(
      trx,
      removed.map(({ id }) => id),
    );
    await insertPins(open, replacement, { added, isPolicyConfirmed: carrying(ownerOf(entry), null) === 'all' });
    await insertRevoked(open, replacement, newlyRevoked);
  });
  if (losesConfirmations(rebound)) recheckLiveSessions(open, [entry.id]);
  await recordEdit(open, {
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
      ...(newlyRevoked.length > 0 && { revoked: newlyRevoked.map(({ fingerprint }) => fingerprint) }),
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
    return carriedByCaller(manages, { firstHostKey: pins.length === 0 });
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

async function insertRevoked(
  { trx, caller, now }: Edit,
  { entry, machine: { host, port } }: Replacement,
  revoked: readonly HostKeyFacts[],
): Promise<void> {
  for (const facts of revoked) {
    await insertPin(trx, {
      entryId: entry.id,
      host,
      port,
      facts,
      role: 'host',
      source: 'imported',
      confirmedBy: caller.accountId,
      isPolicyConfirmed: false,
      isRevoked: true,
      seenAt: now,
    });
  }
}

/** What became of the confirmations of the owner's identities; of those of others, the owner's audit log tells nothing. */
export function identitiesOf(entry: EntryRow, rebound: readonly Rebound[]) {
  const own = rebound.filter(({ identityId, owner }) => identityId !== null && sameOwner(owner, ownerOf(entry)));
  const those = (carried: Carried) =>
    own.filter((one) => one.carried === carried).flatMap(({ identityId }) => identityId ?? []);
  const lists = { confirmed: those('all'), keysOnly: those('keys'), suspended: those('nothing') };
  return Object.fromEntries(Object.entries(lists).filter(([, ids]) => ids.length > 0));
}
