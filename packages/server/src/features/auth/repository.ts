import { notFound } from '../../kernel/app-error.ts';
import type { Caller, CallerCredential, CredentialType } from '../../kernel/caller.ts';
import type { Db, Trx } from '../../kernel/db/database.ts';
import { timestampOf } from './clock.ts';

/** The columns of an account that a sign-in needs. */
export interface SignInAccount {
  readonly id: number;
  readonly username: string;
  readonly password_hash: string;
  readonly disabled: number;
}

/** `usernameKey` is the username in lower case. Finds disabled accounts, too. */
export function findSignInAccount(db: Db, usernameKey: string): Promise<SignInAccount | undefined> {
  return db
    .selectFrom('accounts')
    .select(['id', 'username', 'password_hash', 'disabled'])
    .where('username_key', '=', usernameKey)
    .executeTakeFirst();
}

/** Disabled accounts are found, too. */
export function findSignInAccountById(db: Db, id: number): Promise<SignInAccount | undefined> {
  return db
    .selectFrom('accounts')
    .select(['id', 'username', 'password_hash', 'disabled'])
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Throws `not_found`. */
export async function getSignInAccount(db: Db, id: number): Promise<SignInAccount> {
  const account = await findSignInAccountById(db, id);
  if (account === undefined) throw notFound();
  return account;
}

/** The username of an account that exists. */
export async function findUsername(db: Db, id: number): Promise<string> {
  const { username } = await db
    .selectFrom('accounts')
    .select('username')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return username;
}

/** Whether the account is an administrator now. */
export async function isActiveAdmin(trx: Trx, id: number): Promise<boolean> {
  const row = await trx
    .selectFrom('accounts')
    .select('id')
    .where('id', '=', id)
    .where('is_admin', '=', 1)
    .where('disabled', '=', 0)
    .executeTakeFirst();
  return row !== undefined;
}

interface NewSignIn {
  readonly accountId: number;
  readonly tokenHash: Buffer;
  readonly ip: string;
  readonly userAgent: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** Resolves to the id of the sign-in. */
export async function insertSignIn(trx: Trx, session: NewSignIn): Promise<number> {
  const createdAt = timestampOf(session.createdAt);
  const { id } = await trx
    .insertInto('login_sessions')
    .values({
      account_id: session.accountId,
      token_hash: session.tokenHash,
      ip: session.ip,
      user_agent: session.userAgent,
      created_at: createdAt,
      last_activity_at: createdAt,
      expires_at: timestampOf(session.expiresAt),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** The sign-in of a token with its account, unless that is disabled. */
export function findSignIn(db: Db, tokenHash: Buffer) {
  return db
    .selectFrom('login_sessions as session')
    .innerJoin('accounts as account', 'account.id', 'session.account_id')
    .select([
      'session.id',
      'session.account_id',
      'session.created_at',
      'session.last_activity_at',
      'session.expires_at',
      'account.username',
      'account.is_admin',
    ])
    .where('session.token_hash', '=', tokenHash)
    .where('account.disabled', '=', 0)
    .executeTakeFirst();
}

/** The API key of that public part with its account, unless that is disabled. */
export function findApiKey(db: Db, keyId: string) {
  return db
    .selectFrom('api_keys as key')
    .innerJoin('accounts as account', 'account.id', 'key.account_id')
    .select([
      'key.id',
      'key.account_id',
      'key.secret_hash',
      'key.scopes',
      'key.expires_at',
      'account.username',
      'account.is_admin',
    ])
    .where('key.key_id', '=', keyId)
    .where('account.disabled', '=', 0)
    .executeTakeFirst();
}

/** An API key without an id. Only the hash of the token is stored. */
export interface NewApiKeyRow {
  readonly accountId: number;
  readonly keyId: string;
  readonly name: string;
  readonly secretHash: Buffer;
  readonly scopes: readonly string[];
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** Resolves to the id. */
export async function insertApiKey(trx: Trx, key: NewApiKeyRow): Promise<number> {
  const { id } = await trx
    .insertInto('api_keys')
    .values({
      account_id: key.accountId,
      key_id: key.keyId,
      name: key.name,
      secret_hash: key.secretHash,
      scopes: JSON.stringify(key.scopes),
      created_at: timestampOf(key.createdAt),
      expires_at: timestampOf(key.expiresAt),
      last_used_at: null,
      last_used_ip: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** The API keys of an account, newest first. */
export function listApiKeys(db: Db, accountId: number, limit: number) {
  return db
    .selectFrom('api_keys')
    .select(['id', 'name', 'key_id', 'scopes', 'created_at', 'expires_at', 'last_used_at', 'last_used_ip'])
    .where('account_id', '=', accountId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** Deletes an API key of an account; resolves to its name. */
export async function deleteApiKey(trx: Trx, accountId: number, id: number): Promise<string | undefined> {
  const row = await trx
    .deleteFrom('api_keys')
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .returning('name')
    .executeTakeFirst();
  return row?.name;
}

/** Deletes the API keys of an account; resolves to their ids. */
export async function deleteApiKeys(trx: Trx, accountId: number): Promise<number[]> {
  const rows = await trx.deleteFrom('api_keys').where('account_id', '=', accountId).returning('id').execute();
  return rows.map(({ id }) => id);
}

/** The table of each type of credential. */
const credentialTables = { session: 'login_sessions', 'api-key': 'api_keys' } as const satisfies Record<
  CredentialType,
  string
>;

/** Whether the credential exists, of any account: decides if a refusal is recorded. */
export async function exists(trx: Trx, { type, id }: CallerCredential): Promise<boolean> {
  return (
    (await trx.selectFrom(credentialTables[type]).select('id').where('id', '=', id).executeTakeFirst()) !== undefined
  );
}

/** Whether the caller's credential still exists and their account is enabled. */
export async function isSignedIn(db: Db, { via, accountId }: Caller): Promise<boolean> {
  const holder = db.selectFrom(credentialTables[via.type]).select('account_id').where('id', '=', via.id);
  const row = await db
    .selectFrom('accounts')
    .select('id')
    .where('id', '=', accountId)
    .where('id', 'in', holder)
    .where('disabled', '=', 0)
    .executeTakeFirst();
  return row !== undefined;
}

/** When a sign-in ends at the latest, and when it was last used; undefined for disabled accounts. */
export function findSignInTimes(db: Db, id: number) {
  return db
    .selectFrom('login_sessions as session')
    .innerJoin('accounts as account', 'account.id', 'session.account_id')
    .select(['session.expires_at', 'session.last_activity_at'])
    .where('session.id', '=', id)
    .where('account.disabled', '=', 0)
    .executeTakeFirst();
}

/** When an API key expires; undefined for disabled accounts. */
export function findApiKeyExpiry(db: Db, id: number) {
  return db
    .selectFrom('api_keys as key')
    .innerJoin('accounts as account', 'account.id', 'key.account_id')
    .select('key.expires_at')
    .where('key.id', '=', id)
    .where('account.disabled', '=', 0)
    .executeTakeFirst();
}

const maxSignInsListed = 1000;

/** The sign-ins of an account, newest first. */
export function listSignIns(db: Db, accountId: number) {
  return db
    .selectFrom('login_sessions')
    .select(['id', 'ip', 'user_agent', 'created_at', 'last_activity_at', 'expires_at'])
    .where('account_id', '=', accountId)
    .orderBy('id', 'desc')
    .limit(maxSignInsListed)
    .execute();
}

/** Deletes the sign-in of a token; resolves to its account. */
export function deleteSignInByToken(trx: Trx, tokenHash: Buffer) {
  return trx
    .deleteFrom('login_sessions')
    .where('token_hash', '=', tokenHash)
    .returning(['id', 'account_id'])
    .executeTakeFirst();
}

/** Deletes one sign-in of an account; resolves to whether it existed. */
export async function deleteSignIn(trx: Trx, accountId: number, id: number): Promise<boolean> {
  const deleted = await trx
    .deleteFrom('login_sessions')
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .returning('id')
    .executeTakeFirst();
  return deleted !== undefined;
}

/** Deletes the sign-ins of an account except `exceptId`; resolves to their ids. */
export async function deleteSignIns(trx: Trx, accountId: number, exceptId?: number): Promise<number[]> {
  let query = trx.deleteFrom('login_sessions').where('account_id', '=', accountId);
  if (exceptId !== undefined) query = query.where('id', '<>', exceptId);
  const rows = await query.returning('id').execute();
  return rows.map(({ id }) => id);
}

/** When a credential was last used, in milliseconds since 1970, and from which address. */
export interface Use {
  readonly at: number;
  readonly ip: string;
}

/** Moves the last use of a sign-in forward; never back, if another node has recorded a later one. */
export async function touchSignIn(trx: Trx, id: number, { at }: Use): Promise<void> {
  const timestamp = timestampOf(at);
  await trx
    .updateTable('login_sessions')
    .set({ last_activity_at: timestamp })
    .where('id', '=', id)
    .where('last_activity_at', '<', timestamp)
    .execute();
}

/** Moves the last use of an API key forward. */
export async function touchApiKey(trx: Trx, id: number, { at, ip }: Use): Promise<void> {
  const timestamp = timestampOf(at);
  await trx
    .updateTable('api_keys')
    .set({ last_used_at: timestamp, last_used_ip: ip })
    .where('id', '=', id)
    .where((where) => where.or([where('last_used_at', 'is', null), where('last_used_at', '<', timestamp)]))
    .execute();
}

interface Ages {
  readonly now: number;
  /** Sign-ins unused since then have ended. */
  readonly idleSince: number;
  /** Limits and devices unused since then are deleted. */
  readonly forgottenSince: number;
}

/** Deletes what has expired; resolves to the sign-ins among it. */
export async function deleteEnded(trx: Trx, { now, idleSince, forgottenSince }: Ages) {
  const sessions = await trx
    .deleteFrom('login_sessions')
    .where((where) =>
      where.or([where('expires_at', '<=', timestampOf(now)), where('last_activity_at', '<=', timestampOf(idleSince))]),
    )
    .returning(['id', 'account_id'])
    .execute();
  const forgotten = timestampOf(forgottenSince);
  await trx.deleteFrom('known_devices').where('last_seen_at', '<=', forgotten).execute();
  await trx.deleteFrom('login_limits').where('window_started_at', '<=', forgotten).execute();
  return sessions;
}
