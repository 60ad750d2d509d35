import { say } from '@gatehouse/contract/messages/message';
import { invalid } from '../../../kernel/app-error.ts';
import type { Db } from '../../../kernel/db/database.ts';
import { ownerOf } from '../../../kernel/owner.ts';
import { sees, type Rights } from '../../../kernel/rights.ts';
import { parseConfig } from './config.ts';
import { refusalOf } from '../policy.ts';
import { findEntries } from './repository.ts';

const field = 'config.jumpHosts';
/** More entries than any reasonable route contains, so that a check cannot read the whole table. */
const maxVisited = 1_000;

interface JumpHostCheck {
  readonly rights: Rights;
  /** Undefined for a new entry. */
  readonly entryId: number | undefined;
  readonly jumpHosts: readonly number[];
  /** The present jump hosts of the entry; they may stay although this caller does not see them. */
  readonly kept: readonly number[];
}

/** Throws `invalid_request` unless each jump host is an SSH entry that the caller can see and no route leads back to the entry. */
export async function checkJumpHosts(db: Db, { rights, entryId, jumpHosts, kept }: JumpHostCheck): Promise<void> {
  const jumps = new Map((await findEntries(db, jumpHosts)).map((jump) => [jump.id, jump]));
  for (const id of jumpHosts) {
    if (id === entryId) throw invalid(field, say('own_jump_host'));
    if (kept.includes(id)) continue;
    const jump = jumps.get(id);
    if (jump === undefined || !sees(rights, ownerOf(jump)))
      throw invalid(
        field,
        say('entry_id_not_visible', { id }),
        jump && refusalOf(jump, { rights, action: 'entry.use' }),
      );
    if (jump.protocol !== 'ssh') throw invalid(field, say('entry_id_not_ssh', { id }));
  }
  if (entryId !== undefined) await refuseCycle(db, entryId, jumpHosts);
}

/** A route does not follow the jump hosts of its jump hosts, but two entries that need each other are certainly a mistake. */
async function refuseCycle(db: Db, entryId: number, jumpHosts: readonly number[]): Promise<void> {
  const visited = new Set(jumpHosts);
  let level = [...jumpHosts];
  while (level.length > 0) {
    const next = (await findEntries(db, level)).flatMap(({ config }) => parseConfig(config).jumpHosts);
    if (next.includes(entryId)) throw invalid(field, say('jump_hosts_circular'));
    level = [...new Set(next)].filter((id) => !visited.has(id));
    for (const id of level) visited.add(id);
    if (visited.size > maxVisited) throw invalid(field, say('jump_hosts_too_many_others'));
  }
}
