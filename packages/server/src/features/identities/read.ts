import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import {
  listIdentities,
  type Identity,
  type IdentityUsage,
  type ListIdentitiesQuery,
} from '@gatehouse/contract/identities';
import { invalid, notFound } from '../../kernel/app-error.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Db } from '../../kernel/db/database.ts';
import { PreparedAnswer } from '../../kernel/http/serve.ts';
import type { IdentityDependencies } from './dependencies.ts';
import type { ListCache } from './list-cache.ts';
import { listUsable, listUsage, type ListFilter, type Position } from './list-repository.ts';
import { requireVisible, type Intent } from './policy.ts';
import { findIdentity } from './repository.ts';

const maxUsageEntries = 1_000;
/** How many identities are read and serialized before others have their turn: a few milliseconds. */
const sliceSize = 500;

/** A page as it is sent, and where the next one begins. */
export interface ListPage {
  readonly answer: PreparedAnswer;
  readonly next: string | undefined;
}

/** The caller's list or a page of it. `cache` is undefined where other processes may write. */
export async function list(
  dependencies: IdentityDependencies,
  cache: ListCache | undefined,
  caller: Caller,
  query: ListIdentitiesQuery,
): Promise<ListPage> {
  const whole = Object.values(query).every((value) => value === undefined);
  if (!whole) return listPage(dependencies, caller, query);
  const make = () => wholeList(dependencies.database.read, caller.accountId);
  if (cache === undefined) return { answer: await make(), next: undefined };
  const answer = await cache.get(caller.accountId, async () => {
    const { organizations } = await dependencies.rightsOf(dependencies.database.read, caller.accountId);
    return { answer: await make(), organizations: new Set(organizations.keys()) };
  });
  return { answer, next: undefined };
}

async function listPage(
  { database }: IdentityDependencies,
  caller: Caller,
  { search, type, organizationId, limit, cursor }: ListIdentitiesQuery,
): Promise<ListPage> {
  const filter: ListFilter = {
    search,
    type,
    owner: organizationId,
    after: cursor === undefined ? undefined : decodeCursor(cursor),
    // One more than asked for shows whether there is a next page.
    limit: limit === undefined ? undefined : limit + 1,
  };
  const found = await listUsable(database.read, caller.accountId, filter);
  if (limit === undefined || found.length <= limit) return { answer: toAnswer(found), next: undefined };
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return { answer: toAnswer(page), next: last && encodeCursor(last) };
}

/**
 * The whole list, read and serialized in slices, so that others are served in between: a hundred thousand at once would hold everybody up for
 * more than a second. What becomes shared meanwhile moves to a later slice, and is told of once.
 */
async function wholeList(db: Db, accountId: number): Promise<PreparedAnswer> {
  const slices: Buffer[] = [];
  const seen = new Set<number>();
  let after: Position | undefined;
  for (;;) {
    const found = await listUsable(db, accountId, { after, limit: sliceSize });
    const fresh = found.filter(({ id }) => !seen.has(id));
    for (const { id } of fresh) seen.add(id);
    if (fresh.length > 0) slices.push(Buffer.from(`${slices.length > 0 ? ',' : '['}${serialize(fresh).slice(1, -1)}`));
    const last = found.at(-1);
    if (found.length < sliceSize || last === undefined) break;
    after = { shared: last.organizationId !== null, id: last.id };
    await setImmediate();
  }
  return prepare(Buffer.concat([...slices, Buffer.from(slices.length > 0 ? ']' : '[]')]));
}

function toAnswer(identities: Identity[]): PreparedAnswer {
  return prepare(Buffer.from(serialize(identities)));
}

function serialize(identities: Identity[]): string {
  return JSON.stringify(listIdentities.result.parse(identities));
}

function prepare(bytes: Buffer): PreparedAnswer {
  return new PreparedAnswer(bytes, `"${createHash('sha256').update(bytes).digest('base64url')}"`);
}

function encodeCursor({ id, organizationId }: Identity): string {
  return `${organizationId === null ? 'p' : 's'}${id}`;
}

function decodeCursor(cursor: string): Position {
  const match = /^([ps])([1-9]\d{0,14})$/.exec(cursor);
  if (match === null) throw invalid('cursor', 'is not a cursor of this list');
  return { shared: match[1] === 's', id: Number(match[2]) };
}

/** The identity as the list shows it, with its version. Throws `not_found`. */
export async function getIdentity(
  dependencies: IdentityDependencies,
  caller: Caller,
  id: number,
): Promise<{ identity: Identity; version: number }> {
  const { version } = await requireSeen(dependencies, caller, id, 'read');
  const [identity] = await listUsable(dependencies.database.read, caller.accountId, { id });
  if (identity === undefined) throw notFound();
  return { identity, version };
}

/** Throws `not_found` unless the caller sees the identity. */
export async function requireSeen(
  { database, rightsOf }: IdentityDependencies,
  caller: Caller,
  id: number,
  intent: Intent,
) {
  const rights = await rightsOf(database.read, caller.accountId);
  return requireVisible(await findIdentity(database.read, id), rights, intent);
}

/** Which entries refer to the identity, as far as the caller sees them. Throws `not_found`. */
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
