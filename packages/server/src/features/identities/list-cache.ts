import type { Event, EventStream } from '../../kernel/events.ts';
import { LongAnswer } from '../../kernel/http/long-answer.ts';
import type { PreparedAnswer } from '../../kernel/http/prepared-answer.ts';
import type { Owner } from '../../kernel/owner.ts';

/** The most bytes of all cached lists. */
const maxCachedBytes = 32 * 1024 * 1024;
/** The most cached pages and filtered lists of one account. */
const maxListsOfAccount = 128;

/** A serialized list or page, and the cursor of the next page. */
export interface ListPage {
  /** Long answers are not cached, so that one account cannot displace the lists of all others. */
  readonly answer: PreparedAnswer | LongAnswer;
  readonly next: string | undefined;
}

interface BuiltList {
  readonly page: ListPage;
  /** The organizations whose identities and entries the list contains. */
  readonly organizations: ReadonlySet<number>;
}

/** A new list with the organizations that it contains. */
export type MakeList = () => Promise<BuiltList>;

interface CachedPage extends ListPage {
  readonly answer: PreparedAnswer;
}

interface CachedLists {
  organizations: ReadonlySet<number>;
  /** By query, least recently used first. */
  readonly pages: Map<string, CachedPage>;
}

/**
 * Caches serialized lists until a write changes them. Exact: events come after the commit and before the write is acknowledged, and a list that was
 * begun before an event is not cached, so a read sees every write that was acknowledged before it began. Only for a database without other writing
 * processes.
 */
export interface ListCache {
  /** The account's list for `query`; two different texts are two lists. */
  get(accountId: number, query: string, make: MakeList): Promise<ListPage>;
}

/** Caches lists in this process; events invalidate them. */
export function createListCache(events: EventStream): ListCache {
  // Least recently used first.
  const accounts = new Map<number, CachedLists>();
  let bytes = 0;
  let changes = 0;

  const forgetPage = (pages: Map<string, CachedPage>, query: string) => {
    bytes -= pages.get(query)?.answer.size ?? 0;
    pages.delete(query);
  };
  const forget = (accountId: number) => {
    for (const { answer } of accounts.get(accountId)?.pages.values() ?? []) bytes -= answer.size;
    accounts.delete(accountId);
  };
  const keep = (accountId: number, query: string, { page: { answer, next }, organizations }: BuiltList) => {
    const { pages } = accounts.get(accountId) ?? { pages: new Map<string, CachedPage>() };
    forgetPage(pages, query);
    if (answer instanceof LongAnswer) return;
    pages.set(query, { answer, next });
    bytes += answer.size;
    const [oldestQuery = query] = pages.keys();
    if (pages.size > maxListsOfAccount) forgetPage(pages, oldestQuery);
    // A membership change drops all lists, so that cached ones always have the present organizations.
    toEnd(accounts, accountId, { organizations, pages });
    for (const oldest of accounts.keys()) {
      if (bytes <= maxCachedBytes) break;
      forget(oldest);
    }
  };

  events.subscribe((event) => {
    const touched = affectedBy(event);
    if (touched === undefined) return;
    changes++;
    for (const [accountId, { organizations }] of accounts)
      if (touched.accounts.has(accountId) || touched.organizations.some((id) => organizations.has(id)))
        forget(accountId);
  });

  return {
    async get(accountId, query, make) {
      const lists = accounts.get(accountId);
      const kept = lists?.pages.get(query);
      if (lists !== undefined && kept !== undefined) {
        toEnd(accounts, accountId, lists);
        toEnd(lists.pages, query, kept);
        return kept;
      }
      const begun = changes;
      const made = await make();
      if (begun === changes) keep(accountId, query, made);
      return made.page;
    },
  };
}

function toEnd<K, V>(map: Map<K, V>, key: K, value: V): void {
  map.delete(key);
  map.set(key, value);
}

interface Affected {
  readonly accounts: ReadonlySet<number>;
  readonly organizations: readonly number[];
}

/** The owners whose lists an event changes; undefined if it changes none. */
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
    case 'confirmations':
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

/** A membership that ended removes identities from the list, and changed permissions change its `can`. */
function revokedFrom(what: Extract<Event, { type: 'revoked' }>['what']): Affected | undefined {
  switch (what.kind) {
    case 'account':
    case 'membership':
    case 'permissions':
      return { accounts: new Set([what.accountId]), organizations: [] };
    case 'organization':
      return { accounts: new Set(), organizations: [what.organizationId] };
    case 'login-session':
    case 'api-key':
    case 'identity':
    case 'entry':
      return undefined;
  }
}
