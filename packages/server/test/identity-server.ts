import { codedFields } from '@gatehouse/contract/messages/answer-fields';
import { say } from '@gatehouse/contract/messages/message';
import type { generateKey } from '@gatehouse/contract/generated-keys';
import type { Identity, IdentityUsage, Warning } from '@gatehouse/contract/identities';
import type { Problem } from '@gatehouse/contract/problem';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { refusalRecord } from '../src/audit/refusal.ts';
import type { Change } from '../src/change/change.ts';
import { addIdentityRoutes } from '../src/features/identities/routes.ts';
import type { Part } from '../src/features/identities/parts/part.ts';
import { parts as credentialParts } from '../src/features/identities/parts/parts.ts';
import { createIdentities, type Identities, type LoginReport } from '../src/features/identities/service.ts';
import { rightsOf } from '../src/features/organizations/rights-repository.ts';
import { createOrganizations, type Organizations } from '../src/features/organizations/service.ts';
import { refuse } from '../src/kernel/app-error.ts';
import type { Caller } from '../src/kernel/caller.ts';
import type { Database } from '../src/kernel/db/database.ts';
import { createEvents, type Event, type Events } from '../src/kernel/events.ts';
import { createOwnedQuotas } from '../src/kernel/db/quotas.ts';
import { createSettings } from '../src/kernel/settings/settings.ts';
import { addAuthentication } from '../src/kernel/http/authenticate.ts';
import { createHttpServer } from '../src/kernel/http/server.ts';
import { createSessionCookie } from '../src/kernel/http/session-cookie.ts';
import { ownerColumns, type Owner } from '../src/kernel/owner.ts';
import { createLogger } from '../src/kernel/logger.ts';
import { localKek } from '../src/vault/kek/local.ts';
import { generatePrivateKey } from '../src/vault/keys/generate.ts';
import { inspectPrivateKey } from '../src/vault/keys/inspect.ts';
import { openSigningKey } from '../src/vault/keys/open.ts';
import { createVault, type Vault } from '../src/vault/vault.ts';
import { addAccount } from './accounts.ts';
import { changeOn } from './change-on.ts';

/** Every member that an answer of these routes can have; a test fails where the one that it looks at is missing. */
export type AnswerBody = Identity &
  IdentityUsage &
  Pick<Problem, 'code' | 'error' | 'message' | 'details'> &
  z.output<typeof generateKey.result> & { readonly warnings?: readonly Warning[]; readonly identity: Identity };

/** What the server answered; `body` is the parsed JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: AnswerBody;
}

type Method = 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';

/** A person who calls the API over HTTP. */
export interface Person {
  readonly caller: Caller;
  call(method: Method, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

/** The identities' part of the API on a database of its own, with a vault and the organizations' rights. */
export interface IdentityServer {
  readonly app: FastifyInstance;
  readonly vault: Vault;
  readonly events: Events;
  readonly change: Change;
  /** What has been told since the start. */
  readonly told: readonly Event[];
  readonly identities: Identities;
  readonly organizations: Organizations;
  /** An organization of the first person that the others have joined. */
  organization(owner: Person, ...members: readonly Person[]): Promise<number>;
  /** An entry that refers to identities in this order. */
  entry(owner: Owner, ...identityIds: readonly number[]): Promise<number>;
  person(username: string): Promise<Person>;
}

/** Serves the identities on a migrated database; `testLogin` stands for the remote end of a login. */
export async function identityServer(
  database: Database,
  testLogin: () => Promise<LoginReport> = () =>
    Promise.resolve({ ok: true, ...codedFields('message', say('login_works', { method: 'password' })), steps: [] }),
  parts: readonly Part[] = credentialParts,
): Promise<IdentityServer> {
  const events = createEvents();
  const told: Event[] = [];
  events.subscribe((event) => told.push(event));
  const change = changeOn(database, events);
  const vault = await createVault({ db: database, kek: localKek(Buffer.alloc(32, 7)) });
  const keys = { inspect: inspectPrivateKey, open: openSigningKey, generate: generatePrivateKey };
  const settings = createSettings();
  const identities = createIdentities({
    database,
    vault,
    keys,
    parts,
    rightsOf,
    settings,
    quotas: createOwnedQuotas(database, settings),
    events,
    change,
    now: () => new Date(),
    testLogin,
  });
  const shredOwner: Vault['shredOwner'] = (trx, owner) => vault.shredOwner(trx, owner);
  const organizations = createOrganizations({ settings, database, change, shredOwner });
  const callers = new Map<string, Caller>();
  const app = await createHttpServer({
    logger: createLogger('silent'),
    trustProxy: [],
    recordRefusal: async (caller, _client, refusal) => {
      if (caller === undefined) return;
      await change(caller, ({ record }) => record(refusalRecord(refusal)));
    },
  });
  addAuthentication(app, {
    authenticate: (token) => {
      const caller = callers.get(token);
      if (caller === undefined) throw refuse('sign_in_ended');
      return Promise.resolve(caller);
    },
    cookie: createSessionCookie({ publicUrl: undefined, absoluteMs: () => 3_600_000 }),
    publicUrl: undefined,
  });
  addIdentityRoutes(app, identities);
  return {
    app,
    vault,
    events,
    change,
    told,
    identities,
    organizations,
    async organization(owner, ...members) {
      const { id } = await organizations.create(owner.caller, { name: 'Ops', description: '' });
      for (const { caller } of members) {
        await organizations.invite(owner.caller, id, caller.username);
        await organizations.respond(caller, id, true);
      }
      return id;
    },
    entry: (owner, ...identityIds) => addEntry(database, owner, identityIds),
    async person(username) {
      const caller = await addAccount(database, username);
      callers.set(username, caller);
      return { caller, call: (method, path, body, headers) => call(app, username, { method, path, body, headers }) };
    },
  };
}

function addEntry(database: Database, owner: Owner, identityIds: readonly number[]): Promise<number> {
  const now = new Date().toISOString();
  return database.transaction(async (trx) => {
    const { id } = await trx
      .insertInto('entries')
      .values({
        ...ownerColumns(owner),
        folder_id: null,
        name: 'web',
        type: 'server',
        icon: null,
        renderer: null,
        protocol: 'ssh',
        host: '192.0.2.10',
        port: 22,
        config: '{}',
        confirmed_binding: null,
        created_at: now,
        updated_at: now,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    for (const [position, identity_id] of identityIds.entries())
      await trx
        .insertInto('entry_identities')
        .values({ entry_id: id, identity_id, position, binding: null, last_used_at: null, last_outcome: null })
        .execute();
    return id;
  });
}

interface Call {
  readonly method: Method;
  readonly path: string;
  readonly body: unknown;
  readonly headers: Record<string, string> | undefined;
}

async function call(app: FastifyInstance, token: string, { method, path, body, headers = {} }: Call): Promise<Answer> {
  const answer = await app.inject({
    method,
    url: path,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const json = (answer.payload === '' ? {} : JSON.parse(answer.payload)) as AnswerBody;
  return { status: answer.statusCode, headers: answer.headers, body: json };
}
