import { startGatehouse, type Gatehouse } from '../../src/compose/gatehouse.ts';
import { readConfig } from '../../src/config.ts';
import type { Engine } from '../../src/kernel/db/engine.ts';
import type { NodeTimes } from '../../src/kernel/db/nodes.ts';
import type { JobTimes } from '../../src/kernel/jobs/jobs.ts';
import { createLogger } from '../../src/kernel/logger.ts';
import { createPasswordHasher, type PasswordHasher } from '../../src/vault/passwords/hasher.ts';
import { createMigratedDatabase } from '../databases/postgres.ts';
import { requireCodedSentences } from './coded-sentences.ts';
import { requireDeclaredHeaders } from './declared-headers.ts';
import { copyMigratedSqlite, temporaryDirectory } from '../temporary-sqlite.ts';

/** Both databases run the same tests. */
export const engines: readonly Engine[] = ['sqlite', 'postgres'];

export const password = 'correct horse battery staple';

/** An answer as a client sees it; `body` is the parsed JSON, or the text where it is none. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  /** The member of the body at a path such as `0.id` or `key.status`; `undefined` where there is none. */
  at(path: string): unknown;
}

export interface CallOptions {
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Method = 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';

/** A signed-in person. */
export interface Person {
  readonly id: number;
  readonly username: string;
  readonly token: string;
  call(method: Method, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
}

/** A whole server of its own, over HTTP. */
export interface TestGatehouse extends AsyncDisposable {
  readonly url: string;
  readonly dataDir: string;
  readonly setup: Gatehouse['setup'];
  /** Of PostgreSQL, where that is the engine. */
  readonly databaseUrl: string | undefined;
  /** Everything that was logged, at level trace. */
  readonly log: () => string;
  call(method: Method, path: string, options?: CallOptions): Promise<Answer>;
  /** Registers the first account, an administrator. */
  administrator(): Promise<Person>;
  /** An account that the administrator made. */
  person(username: string): Promise<Person>;
  signIn(username: string, secret?: string): Promise<Person>;
  /** Stops the server and starts it on the same data; `meanwhile` runs when nothing holds them. */
  restart(meanwhile?: () => void | Promise<void>): Promise<void>;
}

export interface TestOptions {
  readonly engine?: Engine;
  /** Environment variables beside those that the harness sets. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly now?: () => Date;
  /** Where what a password costs is the matter; hashes are as cheap as they come without it. */
  readonly hasher?: PasswordHasher;
  /** Where the built web app lies, if the one of the checkout is not meant. */
  readonly webAppDirectory?: string;
  readonly nodeTimes?: NodeTimes;
  readonly jobTimes?: Partial<JobTimes>;
}

/** Starts a server on an empty database and a free port of loopback; account passwords are hashed cheaply. */
export async function startTestGatehouse({
  engine = 'sqlite',
  environment = {},
  now,
  hasher = createPasswordHasher({ memoryKiB: 8, passes: 1 }),
  webAppDirectory,
  nodeTimes,
  jobTimes,
}: TestOptions = {}): Promise<TestGatehouse> {
  const directory = temporaryDirectory();
  const database = engine === 'postgres' ? await createMigratedDatabase() : undefined;
  if (database === undefined && environment['DATABASE_URL'] === undefined) copyMigratedSqlite(directory.path);
  const lines: string[] = [];
  const logger = createLogger('trace', { write: (line) => void lines.push(line) });
  const start = () =>
    startGatehouse(
      readConfig({
        PORT: '0',
        DATA_DIR: directory.path,
        ...(database === undefined ? {} : { DATABASE_URL: database.url }),
        ...environment,
      }),
      {
        logger,
        hasher,
        ...(now === undefined ? {} : { now }),
        ...(webAppDirectory === undefined ? {} : { webAppDirectory }),
        ...(nodeTimes === undefined ? {} : { nodeTimes }),
        ...(jobTimes === undefined ? {} : { jobTimes }),
      },
    );
  let running = await start();
  let administrator: Person | undefined;

  async function call(method: Method, path: string, { token, body, headers = {} }: CallOptions = {}): Promise<Answer> {
    const answer = await fetch(running.url + path, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true;
    const content: unknown = isJson ? JSON.parse(text) : text;
    requireCodedSentences(content);
    requireDeclaredHeaders(method, path, answer);
    return { status: answer.status, headers: answer.headers, body: content, at: (at) => memberAt(content, at) };
  }

  async function signIn(username: string, secret = password): Promise<Person> {
    const login = await call('POST', '/api/auth/login', { body: { username, password: secret } });
    const token = String(login.at('token'));
    const me = await call('GET', '/api/account/me', { token });
    return {
      id: Number(me.at('id')),
      username,
      token,
      call: (method, path, content, headers) =>
        call(method, path, { token, body: content, ...(headers === undefined ? {} : { headers }) }),
    };
  }

  async function requireAdministrator(): Promise<Person> {
    if (administrator !== undefined) return administrator;
    await call('POST', '/api/account/register', {
      body: { username: 'admin', password, firstName: 'Ada', lastName: 'Admin', setupToken: running.setup.token },
    });
    administrator = await signIn('admin');
    return administrator;
  }

  return {
    get url() {
      return running.url;
    },
    get setup() {
      return running.setup;
    },
    dataDir: directory.path,
    databaseUrl: database?.url,
    log: () => lines.join(''),
    call,
    signIn,
    administrator: requireAdministrator,
    async person(username) {
      const admin = await requireAdministrator();
      await admin.call('PUT', '/api/users', { username, password, firstName: username, lastName: 'Example' });
      return signIn(username);
    },
    async restart(meanwhile) {
      await running.close();
      await meanwhile?.();
      running = await start();
    },
    async [Symbol.asyncDispose]() {
      await running.close();
      await database?.drop();
      directory[Symbol.dispose]();
    },
  };
}

function memberAt(value: unknown, path: string): unknown {
  let current = value;
  for (const name of path.split('.'))
    current = typeof current === 'object' && current !== null ? Reflect.get(current, name) : undefined;
  return current;
}
