import type { Event, Events } from '../../kernel/events.ts';
import { LongAnswer } from '../../kernel/http/long-answer.ts';
import type { PreparedAnswer } from '../../kernel/http/serve.ts';
import type { Owner } from '../../kernel/owner.ts';

/** What all kept lists may take together, in bytes. */
const maxCachedBytes = 32 * 1024 * 1024;

interface Made {
  /** A long answer is not kept, so that one account cannot push out the lists of all others. */
  readonly answer: PreparedAnswer | LongAnswer;
  /** The organizations whose identities and entries the list was made from. */
  readonly organizations: ReadonlySet<number>;
}

/** A list as it was made, with the organizations that it was made from. */
export type MakeList = () => Promise<Made>;

interface Kept extends Made {
  readonly answer: PreparedAnswer;
}

/**
 * Keeps each account's list as the bytes that are sent, until a write changes it. Exact: events come after the commit and before the write is
 * acknowledged, and a list that was begun before an event is not kept, so a write that was acknowledged before a read began is in that
 * read. Only for a database that no other process writes to.
 */
export interface ListCache {
  get(accountId: number, make: MakeList): Promise<PreparedAnswer | LongAnswer>;
}

export function createListCache(events: Events): ListCache {
  // In the order of their last use, oldest first.
  const lists = new Map<number, Kept>();
  let bytes = 0;
  let changes = 0;

  const forget = (accountId: number) => {
    bytes -= lists.get(accountId)?.answer.size ?? 0;
    lists.delete(accountId);
  };
  const keep = (accountId: number, { answer, organizations }: Made) => {
    forget(accountId);
    if (answer instanceof LongAnswer) return;
    lists.set(accountId, { answer, organizations });
    bytes += answer.size;
    for (const oldest of lists.keys()) {
      if (bytes <= maxCachedBytes) break;
      forget(oldest);
    }
  };

  events.subscribe((event) => {
    const touched = affectedBy(event);
    if (touched === undefined) return;
    changes++;
    for (const [accountId, { organizations }] of lists)
      if (touched.accounts.has(accountId) || touched.organizations.some((id) => organizations.has(id)))
        forget(accountId);
  });

  return {
    async get(accountId, make) {
      const kept = lists.get(accountId);
      if (kept !== undefined) {
        lists.delete(accountId);
        lists.set(accountId, kept);
        return kept.answer;
      }
      const begun = changes;
      const list = await make();
      if (begun === changes) keep(accountId, list);
      return list.answer;
    },
  };
}

interface Affected {
  readonly accounts: ReadonlySet<number>;
  readonly organizations: readonly number[];
}

/** Whose lists an event changes; undefined where it changes none. */
function affectedBy(event: Event): Affected | undefined {
  switch (event.type) {
    case 'identities':
    case 'entries':
      return affected(event.owners);
    case 'organizations':
      return { accounts: new Set(event.accountIds), organizations: [] };
    case 'revoked':
      return revokedFrom(event.what);
    case 'connections':
    case 'session-ended':
    case 'settings':
      return undefined;
    case 'missed':
      throw new Error('the lists of a database with several nodes are not kept');
  }
}

function affected(owners: readonly Owner[]): Affected {
  const ids = (type: Owner['type']) => owners.filter((owner) => owner.type === type).map(({ id }) => id);
  return { accounts: new Set(ids('account')), organizations: ids('organization') };
}

/** A membership that ended ends what the list showed by it, whoever else tells of it. */
function revokedFrom(what: Extract<Event, { type: 'revoked' }>['what']): Affected | undefined {
  switch (what.kind) {
    case 'account':
    case 'membership':
      return { accounts: new Set([what.accountId]), organizations: [] };
    case 'organization':
      return { accounts: new Set(), organizations: [what.organizationId] };
    case 'login-session':
    case 'api-key':
    case 'permissions':
    case 'identity':
    case 'entry':
      return undefined;
  }
}
