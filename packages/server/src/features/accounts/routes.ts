import { changeName, getMe, register, searchAccounts, updatePreferences } from '@gatehouse/contract/accounts';
import { getVersion, isFirstRun } from '@gatehouse/contract/site';
import { createUser, deleteUser, listUsers, updateUser } from '@gatehouse/contract/users';
import { acknowledge } from '@gatehouse/contract/messages/answer-fields';
import type { FastifyInstance } from 'fastify';
import { serve, serveOpen } from '../../kernel/http/serve.ts';
import { Secret } from '../../vault/secret.ts';
import type { Accounts } from './service.ts';

/** Version and first run; both without sign-in. */
export function addInstallationRoutes(app: FastifyInstance, { registration }: Accounts, version: string): void {
  serveOpen(app, isFirstRun, () => registration.isFirstRun());
  serveOpen(app, getVersion, () => Promise.resolve({ version }));
}

/** Routes for an account's own data. */
export function addAccountRoutes(app: FastifyInstance, { registration, profile }: Accounts): void {
  serveOpen(app, register, async ({ client, body }) => {
    using password = Secret.fromText(body.password);
    await registration.register({ ...body, password, client });
    return acknowledge('account_registered');
  });
  serve(app, getMe, ({ caller }) => profile.me(caller));
  serve(app, searchAccounts, ({ caller, query }) => profile.search(caller, query.search));
  serve(app, changeName, async ({ caller, body }) => {
    await profile.changeName(caller, body);
    return acknowledge('name_changed');
  });
  serve(app, updatePreferences, async ({ caller, body }) => {
    const preferences = await profile.updatePreferences(caller, body);
    return { ...acknowledge('preferences_saved'), preferences };
  });
}

/** Routes for the administration of accounts. */
export function addUserRoutes(app: FastifyInstance, { users }: Accounts): void {
  serve(app, listUsers, ({ caller, query }) => users.list(caller, query));
  serve(app, createUser, async ({ caller, body }) => {
    using password = Secret.fromText(body.password);
    const id = await users.create(caller, { ...body, password });
    return { id, ...acknowledge('account_created') };
  });
  serve(app, deleteUser, async ({ caller, params }) => {
    await users.delete(caller, params.id);
    return acknowledge('account_deleted');
  });
  serve(app, updateUser, async ({ caller, params, body }) => {
    await users.update(caller, params.id, body);
    return acknowledge('account_updated');
  });
}
