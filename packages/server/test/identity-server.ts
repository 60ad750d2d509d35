import type { FastifyInstance } from 'fastify';
import { actorOf } from '../src/audit/actor.ts';
import { record } from '../src/audit/record.ts';
import { addIdentityRoutes } from '../src/features/identities/routes.ts';
import { createIdentities, type Identities, type LoginReport } from '../src/features/identities/service.ts';
import { rightsOf } from '../src/features/organizations/rights.ts';
import { AppError } from '../src/kernel/app-error.ts';
import type { Caller } from '../src/kernel/caller.ts';
import type { Database } from '../src/kernel/db/database.ts';
import { createEvents, type Event, type Events } from '../src/kernel/events.ts';
import { addAuthentication } from '../src/kernel/http/authenticate.ts';
import { createHttpServer } from '../src/kernel/http/server.ts';
import { createLogger } from '../src/kernel/logger.ts';
import { localKek } from '../src/vault/kek/local.ts';
import { generatePrivateKey } from '../src/vault/keys/generate.ts';
import { inspectPrivateKey } from '../src/vault/keys/inspect.ts';
import { openSigningKey } from '../src/vault/keys/open.ts';
import { createVault, type Vault } from '../src/vault/vault.ts';
import { addAccount } from './accounts.ts';

/** What the server answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly body: never;
}

type Method = 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';

/** Somebody who calls the API over HTTP. */
export interface Person {
  readonly caller: Caller;
  call(method: Method, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

/** The identities' part of the API on a database of its own, with a vault and the organizations' rights. */
export interface IdentityServer {
  readonly app: FastifyInstance;
  readonly vault: Vault;
  readonly events: Events;
  /** What has been told since the start. */
  readonly told: readonly Event[];
  readonly identities: Identities;
  person(username: string): Promise<Person>;
}

/** Serves the identities on a migrated database; `testLogin` stands for the far end of a login. */
export async function identityServer(
  database: Database,
  testLogin: () => Promise<LoginReport> = () => Promise.resolve({ ok: true, message: 'It works.', steps: [] }),
): Promise<IdentityServer> {
  const events = createEvents();
  const told: Event[] = [];
  events.subscribe((event) => told.push(event));
  const vault = await createVault({ db: database, kek: localKek(Buffer.alloc(32, 7)) });
  const keys = { inspect: inspectPrivateKey, open: openSigningKey, generate: generatePrivateKey };
  const identities = createIdentities({ database, vault, keys, rightsOf, events, testLogin });
  const callers = new Map<string, Caller>();
  const app = await createHttpServer({
    logger: createLogger('silent'),
    trustProxy: [],
    recordRefusal: async (caller, _client, refusal) => {
      if (caller === undefined) return;
      await database.transaction((trx) =>
        record(trx, {
          resourceName: null,
          ...refusal,
          actor: actorOf(caller),
          outcome: 'denied',
          details: {},
        }),
      );
    },
  });
  addAuthentication(app, (token) => {
    const caller = callers.get(token);
    if (caller === undefined) throw new AppError('unauthenticated', 'Sign in.');
    return Promise.resolve(caller);
  });
  addIdentityRoutes(app, identities);
  return {
    app,
    vault,
    events,
    told,
    identities,
    async person(username) {
      const caller = await addAccount(database, username);
      callers.set(username, caller);
      return { caller, call: (method, path, body, headers) => call(app, username, { method, path, body, headers }) };
    },
  };
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
  const json = answer.payload === '' ? undefined : (JSON.parse(answer.payload) as never);
  return { status: answer.statusCode, headers: answer.headers, text: answer.payload, body: json as never };
}
