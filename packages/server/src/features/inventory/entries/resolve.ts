import { maxJumpHosts } from '@gatehouse/contract/entry-config';
import { refuse } from '../../../kernel/app-error.ts';
import type { Caller } from '../../../kernel/caller.ts';
import { mayChangeIdentities } from '../../../kernel/host-key-choice.ts';
import type { Db } from '../../../kernel/db/database.ts';
import { ownerOf } from '../../../kernel/owner.ts';
import { sees, type Rights } from '../../../kernel/rights.ts';
import { isConfirmedFor } from '../../../access/binding.ts';
import { parseConfig } from './config.ts';
import { findPins } from '../host-keys/repository.ts';
import { inheritedIdentity, policyInForce, type InheritedDefaults } from './inheritance.ts';
import { findInheritedDefaults, findIdentities, linksOf } from '../links/repository.ts';
import { visible } from '../policy.ts';
import { currentBinding } from '../links/rebind.ts';
import { findEntry, type EntryRow } from './repository.ts';
import type { InheritedIdentity, ResolvedChain, ResolvedEntry } from '../../../access/resolved-entry.ts';
import type { EntryInForce } from './resolved-entry.ts';

interface Resolving {
  readonly db: Db;
  readonly caller: Caller;
  readonly rights: Rights;
}

/** The entry as the caller may use it now; throws `not_found` if they cannot see it. */
export async function resolveEntry({ db, caller, rights }: Resolving, entryId: number): Promise<EntryInForce> {
  const entry = visible(await findEntry(db, entryId), { rights, action: 'entry.use' });
  const owner = ownerOf(entry);
  const config = parseConfig(entry.config);
  const binding = await currentBinding(db, entry);
  const above = await findInheritedDefaults(db, owner, entry.folder_id);
  const links = await linksOf(db, [entry.id]);
  const hostKeyPolicy = policyInForce({ ...entry, policy: config.hostKeyPolicy }, above);
  return {
    id: entry.id,
    name: entry.name,
    owner,
    protocol: config.protocol,
    host: entry.host,
    port: entry.port,
    username: config.username,
    config: {
      jumpHosts: config.jumpHosts,
      hostKeyPolicy: hostKeyPolicy.policy,
      legacyAlgorithms: config.legacyAlgorithms,
      term: config.term,
      locale: config.locale,
      backspace: config.backspace,
      charset: config.charset,
    },
    links: links
      .filter(({ identity }) => sees(rights, identity.owner))
      .map((link) => ({
        identityId: link.identity.id,
        position: link.position,
        suspended: !isConfirmedFor(link.binding, binding, link.identity.type),
      })),
    inherited: await inherit(db, entry, binding, above),
    binding,
    hostKeyPolicy,
    automaticPin: await automaticPinOf(db, entry),
    rights,
    mayChangeIdentities: mayChangeIdentities(caller),
  };
}

async function automaticPinOf(db: Db, { id: entryId, host, port }: EntryRow): Promise<ResolvedEntry['automaticPin']> {
  const pins = (await findPins(db, { entryId, host, port })).filter(({ source }) => source === 'accept-new');
  if (pins.length === 0) return 'none';
  return pins.every(({ policy_confirmed }) => policy_confirmed === 1) ? 'confirmed' : 'unconfirmed';
}

async function inherit(
  db: Db,
  entry: EntryRow,
  binding: string,
  above: InheritedDefaults,
): Promise<InheritedIdentity | undefined> {
  const inherited = inheritedIdentity(above);
  if (inherited === undefined) return undefined;
  const [identity] = await findIdentities(db, [inherited.identityId]);
  if (identity === undefined) return undefined;
  return { ...inherited, suspended: !isConfirmedFor(entry.confirmed_binding, binding, identity.type) };
}

/**
 * The entry and its jump hosts, each with the rights of the caller. The entry's list is the complete route: jump hosts of a jump host are not
 * followed. Throws if a jump host was deleted, is not visible, or does not use SSH.
 */
export async function resolveRoute(resolving: Resolving, entryId: number): Promise<ResolvedChain> {
  const target = await resolveEntry(resolving, entryId);
  const { jumpHosts } = target.config;
  if (jumpHosts.length > maxJumpHosts || jumpHosts.includes(entryId) || new Set(jumpHosts).size < jumpHosts.length)
    throw refuse('jump_hosts_too_long', { server: target.name });
  const jumps: ResolvedEntry[] = [];
  for (const jumpId of jumpHosts) jumps.push(await resolveJump(resolving, target, jumpId));
  return { target, jumps };
}

async function resolveJump(resolving: Resolving, target: ResolvedEntry, jumpId: number): Promise<ResolvedEntry> {
  const jump = await findEntry(resolving.db, jumpId);
  if (jump === undefined || !sees(resolving.rights, ownerOf(jump)))
    throw refuse('jump_host_gone', { server: target.name });
  const resolved = await resolveEntry(resolving, jumpId);
  if (resolved.protocol !== 'ssh') throw refuse('jump_host_not_ssh', { server: resolved.name });
  return resolved;
}
