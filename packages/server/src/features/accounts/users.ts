import { resourceOf } from '@gatehouse/contract/audit-actions';
import type { AuditRecord } from '../../audit/record.ts';
import type { CallerUnitOfWork, Change } from '../../change/change.ts';
import { notFound, refuse } from '../../kernel/app-error.ts';
import { requireAdmin, type Caller } from '../../kernel/caller.ts';
import type { Database, Trx } from '../../kernel/db/database.ts';
import type { Settings } from '../../kernel/settings/settings.ts';
import type { PasswordHasher } from '../../vault/passwords/hasher.ts';
import type { Vault } from '../../vault/vault.ts';
import type { Auth } from '../auth/service.ts';
import { addAccount, checkPassword, type NewPerson } from './new-account.ts';
import {
  deleteAccount,
  findAccount,
  findOwnedOrganization,
  hasOtherAdmin,
  listAccounts,
  updateAccount,
  type Account,
} from './repository.ts';

const defaultPage = 50;

interface Dependencies {
  readonly database: Database;
  readonly change: Change;
  readonly auth: Pick<Auth, 'endSignIns' | 'forget'>;
  readonly vault: Pick<Vault, 'shredOwner'>;
  readonly hasher: PasswordHasher;
  readonly settings: Settings;
}

interface Flags {
  readonly disabled?: boolean | undefined;
  readonly isAdmin?: boolean | undefined;
}

interface Page {
  readonly search?: string | undefined;
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
}

/** Administration of accounts. All methods throw `forbidden` unless the caller is an administrator. */
export function createUsers({ database, change, auth, vault, hasher, settings }: Dependencies) {
  return {
    async list(caller: Caller, { search = '', limit = defaultPage, offset = 0 }: Page) {
      requireAdmin(caller);
      const { users, total } = await listAccounts(database.read, { search, limit, offset });
      return { users: users.map(present), total };
    },

    /** Creates an account for another person. Throws `invalid_request` for a weak password, `conflict` if the username is taken. */
    async create(caller: Caller, person: NewPerson): Promise<number> {
      requireAdmin(caller);
      checkPassword(person, settings.get('PASSWORD_MIN_LENGTH'));
      const passwordHash = await hasher.run((passwords) => passwords.hash(person.password));
      return change(caller, async (unit) => {
        await requireAdminNow(unit.trx, caller);
        return addAccount(unit, { person, passwordHash, isAdmin: false });
      });
    },

    /** Deletes an account with everything that it owns, and shreds its key. Throws `not_found`, `conflict`. */
    async delete(caller: Caller, id: number): Promise<void> {
      requireAdmin(caller);
      await change(caller, async (unit) => {
        const { trx } = unit;
        const account = await getManaged(trx, caller, id);
        if (account.is_admin === 1) await keepOneAdmin(trx, id);
        const organization = await findOwnedOrganization(trx, id);
        if (organization !== undefined) throw refuse('account_owns_organization', { organization });
        await vault.shredOwner(trx, { type: 'account', id });
        const contents = await deleteAccount(trx, id);
        await unit.record(accountRecord(account, { action: 'account.delete', details: contents }));
        emitRevoked(unit, id);
      });
    },

    /** Throws `not_found`; `conflict` if no administrator would remain. */
    async update(caller: Caller, id: number, { disabled, isAdmin }: Flags): Promise<void> {
      requireAdmin(caller);
      if (isAdmin !== undefined && caller.via.type === 'api-key') throw refuse('api_key_changes_no_administrator');
      await change(caller, async (unit) => {
        const { trx, now } = unit;
        const account = await getManaged(trx, caller, id);
        if (account.is_admin === 1 && (disabled === true || isAdmin === false)) await keepOneAdmin(trx, id);
        if (disabled === true) await auth.endSignIns(trx, id);
        await updateAccount(trx, id, {
          ...(disabled === undefined ? {} : { disabled: Number(disabled) }),
          ...(isAdmin === undefined ? {} : { is_admin: Number(isAdmin) }),
          updated_at: now,
        });
        await unit.record(accountRecord(account, { action: 'account.update', details: { disabled, isAdmin } }));
        if (disabled === true) emitRevoked(unit, id);
      });
      auth.forget(id);
    },
  };
}

function emitRevoked({ emit }: CallerUnitOfWork, accountId: number): void {
  emit({ type: 'revoked', what: { kind: 'account', accountId } });
}

/** Two administrators may remove each other's rights at the same time. */
async function requireAdminNow(trx: Trx, caller: Caller): Promise<void> {
  const self = await findAccount(trx, caller.accountId);
  requireAdmin({ ...caller, isAdmin: self?.is_admin === 1 && self.disabled === 0 });
}

async function getManaged(trx: Trx, caller: Caller, id: number): Promise<Account> {
  await requireAdminNow(trx, caller);
  const account = await findAccount(trx, id);
  if (account === undefined) throw notFound();
  return account;
}

async function keepOneAdmin(trx: Trx, id: number): Promise<void> {
  if (await hasOtherAdmin(trx, id)) return;
  throw refuse('last_administrator');
}

function present(account: Account) {
  return {
    id: account.id,
    username: account.username,
    firstName: account.first_name,
    lastName: account.last_name,
    isAdmin: account.is_admin === 1,
    disabled: account.disabled === 1,
    totpEnabled: false,
    createdAt: account.created_at,
  };
}

function accountRecord<A extends 'account.delete' | 'account.update'>(
  account: Account,
  { action, details }: Pick<AuditRecord<A, 'ok'>, 'action' | 'details'>,
): AuditRecord<A, 'ok'> {
  return {
    action,
    resource: resourceOf(action),
    resourceId: account.id,
    resourceName: account.username,
    organizationId: null,
    outcome: 'ok',
    details,
  };
}
