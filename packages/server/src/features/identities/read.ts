import type { Identity, IdentityUsage, ListIdentitiesQuery } from '@gatehouse/contract/identities';
import { say } from '@gatehouse/contract/messages/message';
import { invalid, notFound } from '../../kernel/app-error.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { LongAnswer } from '../../kernel/http/long-answer.ts';
import type { PreparedAnswer } from '../../kernel/http/prepared-answer.ts';
import type { Rights } from '../../kernel/rights.ts';
import { sliceSize, type OneByOne } from '../../kernel/slices.ts';
import type { IdentityDependencies } from './dependencies.ts';
import type { ListCache, ListPage } from './list-cache.ts';
import { makeLongList, shortAnswer } from './list-answers.ts';
import { listUsable, listUsage, type ListFilter, type Position } from './list-repository.ts';
import { requireVisible, type Intent } from './policy.ts';
import { findIdentity } from './repository.ts';

const maxUsageEntries = 1_000;

interface ListDependencies extends IdentityDependencies {
  readonly longLists: OneByOne;
}

/** The caller's list or a page of it. `cache` is undefined if other processes may write. */
export async function list(
  dependencies: ListDependencies,
  cache: ListCache | undefined,
  caller: Caller,
  query: ListIdentitiesQuery,
): Promise<ListPage> {
  const make = async () => {
    const rights = await dependencies.rightsOf(dependencies.database.read, caller.accountId);
    const page = await listPage(dependencies, rights, query);
    return { page, organizations: new Set(rights.organizations.keys()) };
  };
  // Searches are rarely repeated.
  if (cache === undefined || query.search !== undefined) return (await make()).page;
  return cache.get(caller.accountId, textOf(query), make);
}

/** The same text for the same query; empty for the complete list. */
function textOf({ type, organizationId, limit, cursor }: ListIdentitiesQuery): string {
  const asked = [type, organizationId, limit, cursor];
  return asked.every((value) => value === undefined) ? '' : JSON.stringify(asked);
}

async function listPage(
  dependencies: ListDependencies,
  rights: Rights,
  { search, type, organizationId, limit, cursor }: ListIdentitiesQuery,
): Promise<ListPage> {
  const after = cursor === undefined ? undefined : decodeCursor(cursor);
  const filter: ListFilter = { search, type, owner: organizationId, after };
  if (limit === undefined) return { answer: await makeList(dependencies, rights, filter), next: undefined };
  // One more than requested shows whether there is a next page.
  const found = await listUsable(dependencies.database.read, rights, { ...filter, limit: limit + 1 });
  if (found.length <= limit) return { answer: shortAnswer(found), next: undefined };
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return { answer: shortAnswer(page), next: last && encodeCursor(last) };
}

/** Everything that matches the filter; in slices if it is long. */
async function makeList(
  { database, longLists, rightsOf }: ListDependencies,
  rights: Rights,
  filter: ListFilter,
): Promise<PreparedAnswer | LongAnswer> {
  const first = await listUsable(database.read, rights, { ...filter, limit: sliceSize + 1 });
  if (first.length <= sliceSize) return shortAnswer(first);
  const { accountId } = rights;
  const rightsNow = () => rightsOf(database.read, accountId);
  return longLists(accountId, () => makeLongList(database.read, { accountId, rightsNow }, filter));
}

function encodeCursor({ id, organizationId }: Identity): string {
  return `${organizationId === null ? 'p' : 's'}${id}`;
}

function decodeCursor(cursor: string): Position {
  const match = /^([ps])([1-9]\d{0,14})$/.exec(cursor);
  if (match === null) throw invalid('cursor', say('cursor_unknown'));
  return { shared: match[1] === 's', id: Number(match[2]) };
}

/** The identity as the list shows it, with its version. Throws `not_found`. */
export async function getIdentity(
  dependencies: IdentityDependencies,
  caller: Caller,
  id: number,
): Promise<{ identity: Identity; version: number }> {
  const db = dependencies.database.read;
  const rights = await dependencies.rightsOf(db, caller.accountId);
  const { version } = requireVisible(await findIdentity(db, id), rights, 'read');
  const [identity] = await listUsable(db, rights, { ids: [id] });
  if (identity === undefined) throw notFound();
  return { identity, version };
}

/** Throws `not_found` unless the caller sees the identity. */
export async function requireSeen(
  { database, rightsOf }: Pick<IdentityDependencies, 'database' | 'rightsOf'>,
  caller: Caller,
  id: number,
  intent: Intent,
) {
  const rights = await rightsOf(database.read, caller.accountId);
  return requireVisible(await findIdentity(database.read, id), rights, intent);
}

/** The entries that refer to the identity and that the caller sees. Throws `not_found`. */
export async function usage(dependencies: IdentityDependencies, caller: Caller, id: number): Promise<IdentityUsage> {
  const { identity } = await getIdentity(dependencies, caller, id);
  const rows = await listUsage(dependencies.database.read, caller.accountId, id, maxUsageEntries);
  const entries = rows.map(({ organization_id, last_used_at, last_outcome, ...entry }) => ({
    ...entry,
    organizationId: organization_id,
    lastUsedAt: last_used_at,
    lastOutcome: last_outcome,
  }));
  return { lastUsedAt: identity.lastUsedAt, total: identity.usedBy, entries };
}
