import type { IdentityType } from '@gatehouse/contract/credential-parts/part';
import type { SecretField } from '@gatehouse/contract/credential-parts/parts';
import type { ColumnType, Generated } from 'kysely';

/** Written once by the database, read as a number. */
type Id = Generated<number>;
/** 0 or 1, on both databases. */
type Flag = ColumnType<number, number | undefined>;
/** ISO 8601 UTC with milliseconds, so that text order is time order. */
type Timestamp = string;
/** Null unless an insert sets it. */
type Optional<T> = ColumnType<T | null, T | null | undefined>;
/** A JSON text; its reader parses it with a schema. */
type JsonText = string;

/** The tables, by name. Times are ISO 8601 in UTC, booleans 0 and 1, on both databases. */
export interface Schema {
  instance: { id: number; uuid: string; created_at: Timestamp };
  accounts: AccountTable;
  login_sessions: LoginSessionTable;
  api_keys: ApiKeyTable;
  login_limits: { subject: string; failures: number; window_started_at: Timestamp; blocked_until: Timestamp | null };
  known_devices: { account_id: number; device: string; last_seen_at: Timestamp };
  organizations: OrganizationTable;
  memberships: MembershipTable;
  owner_keys: OwnerKeyTable;
  kek_checks: { kek_id: string; key_check: Buffer; created_at: Timestamp };
  /** Sealed secrets of the server itself, such as signing keys, by name. */
  system_secrets: { name: string; version: number; frame: Buffer };
  identities: IdentityTable;
  identity_secrets: { identity_id: number; field: SecretField; version: number; frame: Buffer; set_at: string | null };
  generated_keys: GeneratedKeyTable;
  folders: FolderTable;
  entries: EntryTable;
  entry_identities: EntryIdentityTable;
  host_keys: HostKeyTable;
  nodes: { id: string; seen_at_ms: number };
  /** When each cluster job is due, and which node holds it until when. */
  job_leases: { name: string; node_id: string; held_until_ms: number; due_at_ms: number };
  sessions: SessionTable;
  /** The destination of each account's last login to an entry from a terminal. */
  last_logins: { account_id: number; entry_id: number; logged_in_at: Timestamp; destination: JsonText };
  idempotent_requests: IdempotentRequestTable;
  audit_log: AuditTable;
  /** The settings that administrators have set; the value is the text that environment or configuration file would contain. */
  settings: { name: string; value: string; changed_by: number | null; changed_at: Timestamp };
}

interface AccountTable {
  id: Id;
  username: string;
  /** The username in lower case: unique without regard to case. */
  username_key: string;
  first_name: string;
  last_name: string;
  /** PHC string. */
  password_hash: string;
  is_admin: Flag;
  disabled: Flag;
  preferences: ColumnType<JsonText, JsonText | undefined>;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface LoginSessionTable {
  id: Id;
  account_id: number;
  /** SHA-256 of the token. */
  token_hash: Buffer;
  ip: string;
  user_agent: string;
  created_at: Timestamp;
  last_activity_at: Timestamp;
  /** The latest end, used or not. */
  expires_at: Timestamp;
}

interface ApiKeyTable {
  id: Id;
  account_id: number;
  /** The public part of the key, which identifies it. */
  key_id: string;
  name: string;
  /** SHA-256 of the secret part. */
  secret_hash: Buffer;
  scopes: JsonText;
  created_at: Timestamp;
  expires_at: Timestamp;
  last_used_at: Timestamp | null;
  /** The address of the last use. */
  last_used_ip: string | null;
}

/** The account that chose the host-key policy of a row, removed it, or moved the row to where it inherits one. */
interface HostKeyChoiceColumns {
  host_key_policy_by: Optional<number>;
  /** Null: never chosen, or chosen before this was recorded. */
  host_key_policy_at: Optional<Timestamp>;
  /** 1: chosen with a credential that may not change identities. */
  host_key_policy_limited: Flag;
}

interface OrganizationTable extends HostKeyChoiceColumns {
  id: Id;
  name: string;
  description: string | null;
  default_identity_id: number | null;
  host_key_policy: string | null;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface MembershipTable {
  organization_id: number;
  account_id: number;
  role: 'owner' | 'member';
  status: 'pending' | 'active';
  /** Overrides by permission id: `allow` or `deny`. */
  permissions: ColumnType<JsonText, JsonText | undefined>;
  invited_by: number | null;
  invited_at: Timestamp;
  joined_at: Timestamp | null;
}

interface OwnerKeyTable {
  id: Id;
  /** 16 random bytes, the keyId of every frame sealed under this key. */
  key_id: Buffer;
  owner_type: 'account' | 'organization' | 'system';
  owner_id: number;
  kek_id: string;
  wrapped: Buffer;
  key_check: Buffer;
  created_at: Timestamp;
}

interface IdentityTable {
  id: Id;
  account_id: number | null;
  organization_id: number | null;
  name: string;
  type: IdentityType;
  username: string | null;
  /** Incremented by every change; the entity tag. */
  version: ColumnType<number, number | undefined>;
  key_facts: JsonText | null;
  created_at: Timestamp;
  updated_at: Timestamp;
  last_used_at: Timestamp | null;
}

interface GeneratedKeyTable {
  handle_hash: Buffer;
  account_id: number;
  frame: Buffer;
  passphrase_frame: Buffer | null;
  expires_at: Timestamp;
}

interface FolderTable extends HostKeyChoiceColumns {
  id: Id;
  account_id: number | null;
  organization_id: number | null;
  parent_id: number | null;
  name: string;
  position: ColumnType<number, number | undefined>;
  default_identity_id: number | null;
  host_key_policy: string | null;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface EntryTable extends HostKeyChoiceColumns {
  id: Id;
  /** Increases with each change. */
  version: Generated<number>;
  account_id: number | null;
  organization_id: number | null;
  folder_id: number | null;
  name: string;
  type: 'server';
  icon: string | null;
  renderer: string | null;
  protocol: string;
  host: string;
  port: number;
  config: JsonText;
  position: ColumnType<number, number | undefined>;
  /** The binding that a manager of the owner's identities last confirmed; required by inherited identities. */
  confirmed_binding: string | null;
  /** The stamp of the host-key policy at that time. */
  confirmed_policy: Optional<string>;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface EntryIdentityTable {
  entry_id: number;
  identity_id: number;
  position: number;
  /** Host, port, route, username and pinned keys that the link was confirmed for; null: it was never confirmed. */
  binding: string | null;
  /** The stamp of the host-key policy at that time. */
  confirmed_policy: Optional<string>;
  last_used_at: Timestamp | null;
  last_outcome: string | null;
}

interface HostKeyTable {
  id: Id;
  entry_id: number;
  host: string;
  port: number;
  algorithm: string;
  /** `algorithm base64`, as in known_hosts. */
  public_key: string;
  fingerprint: string;
  source: 'confirmed' | 'accept-new' | 'imported';
  confirmed_by: number | null;
  first_seen_at: Timestamp;
  /** `authority`: signs the keys of hosts; it is no host key itself. */
  role: Generated<'host' | 'authority'>;
  /** 1: pinned by `accept-new` that a manager of the identities of the entry's owner chose or confirmed. */
  policy_confirmed: Flag;
  /** 1: never accepted for this host, whatever the policy. Such a key is not pinned. */
  revoked: Flag;
}

interface SessionTable {
  id: Id;
  account_id: number;
  organization_id: number | null;
  entry_id: number | null;
  entry_name: string;
  identity_id: number | null;
  type: string;
  status: 'connecting' | 'open' | 'ended' | 'failed';
  reason: string | null;
  steps: ColumnType<JsonText, JsonText | undefined>;
  exit_code: number | null;
  exit_signal: string | null;
  started_at: Timestamp;
  ended_at: Timestamp | null;
  /** The node that runs it; null for sessions from before there were nodes. */
  node_id: string | null;
}

interface IdempotentRequestTable {
  account_id: number;
  /** Keyed hash of the Idempotency-Key. */
  key_mac: Buffer;
  /** Keyed hash of the request. */
  request_mac: Buffer;
  state: 'begun' | 'done';
  /** Null until the request is done, and if the answer must not be stored. */
  answer: JsonText | null;
  expires_at: Timestamp;
}

interface AuditTable {
  seq: number;
  timestamp: Timestamp;
  account_id: number | null;
  actor: string;
  via: string;
  ip_address: string | null;
  user_agent: string | null;
  organization_id: number | null;
  action: string;
  resource: string;
  resource_id: number | null;
  resource_name: string | null;
  outcome: string;
  /** Canonical JSON. */
  details: string;
  prev_hash: Buffer;
  hash: Buffer;
}
