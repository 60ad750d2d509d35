import { treeSchema, type Tree } from '@gatehouse/contract/entries';
import type { EntryConfig } from '@gatehouse/contract/entry-config';
import { entryConfigSchema } from '@gatehouse/contract/entry-config';
import type { HostKeyFacts } from '@gatehouse/contract/problem';
import type { Scope } from '@gatehouse/contract/scopes';
import { createAccess, type Access } from '../src/access/authorize-use.ts';
import { createInventory, type Entries, type Folders } from '../src/features/inventory/service.ts';
import { requireSeen } from '../src/features/identities/read.ts';
import { visible } from '../src/features/identities/use.ts';
import { rightsOf } from '../src/features/organizations/rights-repository.ts';
import type { Caller } from '../src/kernel/caller.ts';
import type { Database } from '../src/kernel/db/database.ts';
import type { IdentityType } from '@gatehouse/contract/credential-parts/part';
import { createEvents, type Event } from '../src/kernel/events.ts';
import { LongAnswer } from '../src/kernel/http/long-answer.ts';
import type { PreparedAnswer } from '../src/kernel/http/prepared-answer.ts';
import { createOwnedQuotas } from '../src/kernel/db/quotas.ts';
import { createSettings } from '../src/kernel/settings/settings.ts';
import { ownerColumns, type Owner } from '../src/kernel/owner.ts';
import { addAccount } from './accounts.ts';
import { changeOn } from './change-on.ts';

const at = '2026-01-01T00:00:00.000Z';

/** People, organizations and identities as rows, and the services of entries and folders on top of them. */
export interface EntryWorld {
  readonly db: Database;
  readonly entries: Entries;
  readonly folders: Folders;
  readonly access: Access;
  /** The sign-ins that have ended, by id. */
  readonly signedOut: Set<number>;
  /** A tree that is not long. */
  tree(caller: Caller): Promise<Tree>;
  /** The same of the folders alone. */
  folderTree(caller: Caller): Promise<Tree>;
  /** What was told since the last look. */
  takeEvents(): Event[];
  person(username: string): Promise<Caller>;
  organization(name: string, members: readonly Member[]): Promise<number>;
  identity(owner: Owner, type?: IdentityType): Promise<number>;
  /** Actions and outcomes of the audit log, the oldest first. */
  audit(): Promise<{ action: string; details: unknown; organizationId: number | null }[]>;
}

interface Member {
  readonly who: Caller;
  readonly role?: 'owner' | 'member';
  readonly status?: 'active' | 'pending';
  readonly denied?: readonly string[];
}

export function entryWorld(db: Database): EntryWorld {
  const events = createEvents();
  const seen: Event[] = [];
  events.subscribe((event) => seen.push(event));
  const scanHostKeys = () => Promise.resolve<HostKeyFacts[]>([]);
  const settings = createSettings();
  const quotas = createOwnedQuotas(db, settings);
  const change = changeOn(db, events);
  const { entries, folders } = createInventory({ database: db, change, rightsOf, settings, quotas, scanHostKeys });
  const signedOut = new Set<number>();
  return {
    db,
    entries,
    folders,
    access: accessOn(db, entries, signedOut),
    signedOut,
    tree: async (caller) => short(await entries.tree(caller)),
    folderTree: async (caller) => short(await folders.tree(caller)),
    takeEvents: () => seen.splice(0),
    person: (username) => addAccount(db, username),
    organization: (name, members) => addOrganization(db, name, members),
    identity: (owner, type = 'password') => addIdentity(db, owner, type),
    audit: async () => {
      const rows = await db.read.selectFrom('audit_log').selectAll().orderBy('seq').execute();
      return rows.map((row) => ({
        action: row.action,
        details: JSON.parse(row.details) as unknown,
        organizationId: row.organization_id,
      }));
    },
  };
}

function accessOn(database: Database, entries: Entries, signedOut: ReadonlySet<number>): Access {
  return createAccess({
    database,
    isSignedIn: ({ via }) => Promise.resolve(!signedOut.has(via.id)),
    entries,
    identities: {
      visible,
      async requireUsable(caller, id) {
        await requireSeen({ database, rightsOf }, caller, id, 'use');
      },
    },
  });
}

function short(tree: PreparedAnswer | LongAnswer): Tree {
  if (tree instanceof LongAnswer) throw new Error('The tree is long.');
  return treeSchema.parse(JSON.parse(tree.body.toString()));
}

export function account(caller: Caller): Owner {
  return { type: 'account', id: caller.accountId };
}

export function organization(id: number): Owner {
  return { type: 'organization', id };
}

export function asApiKey(caller: Caller, scopes: readonly Scope[]): Caller {
  return { ...caller, via: { ...caller.via, type: 'api-key' }, scopes };
}

/** A config as the contract parses it. */
export function config(ip: string, more: Record<string, unknown> = {}): EntryConfig {
  return entryConfigSchema.parse({ ip, ...more });
}

function addOrganization(db: Database, name: string, members: readonly Member[]): Promise<number> {
  return db.transaction(async (trx) => {
    const values = { name, description: null, default_identity_id: null, created_at: at, updated_at: at };
    const { id } = await trx.insertInto('organizations').values(values).returning('id').executeTakeFirstOrThrow();
    for (const { who, role = 'member', status = 'active', denied = [] } of members)
      await trx
        .insertInto('memberships')
        .values({
          organization_id: id,
          account_id: who.accountId,
          role,
          status,
          permissions: JSON.stringify(Object.fromEntries(denied.map((permission) => [permission, 'deny']))),
          invited_at: at,
          joined_at: at,
        })
        .execute();
    return id;
  });
}

async function addIdentity(db: Database, owner: Owner, type: IdentityType): Promise<number> {
  const { id } = await db.transaction((trx) =>
    trx
      .insertInto('identities')
      .values({
        ...ownerColumns(owner),
        name: 'an identity',
        type,
        username: 'root',
        key_facts: null,
        created_at: at,
        updated_at: at,
        last_used_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  return id;
}
