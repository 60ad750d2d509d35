import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { verifyChain } from '../../src/audit/chain.ts';
import { openSqlite } from '../../src/kernel/db/sqlite.ts';
import { allSealedRows } from '../../src/sealed-rows.ts';
import { openKek } from '../../src/vault/kek/open.ts';
import { createVault } from '../../src/vault/vault.ts';
import { verifySecrets } from '../../src/vault/verify.ts';
import { temporaryDirectory } from '../temporary-sqlite.ts';
import { openDatabaseFile, type DatabaseFile } from './database-file.ts';
import { administrator, administratorLogin, startProcess, type ServerProcess } from './server-process.ts';
import { callJson } from './wire.ts';
import { createRandom } from './random.ts';

const rounds = 20;
const clients = 8;
const longestRoundMs = 400;
const seed = Number(process.env['TEST_SEED'] ?? '20260101');

/** What a client was told of one identity. `undecided`: the server died before it answered. */
interface Known {
  readonly id: number;
  name: string;
  undecided: string | undefined;
  gone: 'no' | 'maybe' | 'yes';
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly expected?: readonly number[];
}

/** Writes at random until the server dies, and remembers what was acknowledged. */
class Client {
  readonly known: Known[] = [];
  acknowledged = 0;
  readonly #token: string;
  readonly #organization: number;
  readonly #random: ReturnType<typeof createRandom>;
  #names = 0;
  readonly #prefix: string;

  constructor(index: number, token: string, organization: number) {
    this.#token = token;
    this.#organization = organization;
    this.#random = createRandom(seed + index);
    this.#prefix = `client ${index}`;
  }

  async writeUntil(server: ServerProcess): Promise<void> {
    try {
      for (;;) await this.#write(server.url);
    } catch (error) {
      // Connections break when the process is killed; anything else is a fault.
      if (!(error instanceof Error && 'code' in error)) throw error;
    }
  }

  async #write(url: string): Promise<void> {
    const own = this.known.filter(({ gone }) => gone === 'no');
    const one = own[this.#random.below(own.length + 1)];
    if (one === undefined) return this.#create(url);
    switch (this.#random.below(4)) {
      case 0:
        return this.#remove(url, one);
      case 1:
        return this.#move(url, one);
      default:
        return this.#update(url, one);
    }
  }

  async #create(url: string): Promise<void> {
    const name = this.#nextName();
    const shared = this.#random.below(2) === 0 ? { organizationId: this.#organization } : {};
    const body = { name, type: 'password', username: 'nobody', password: `secret of ${name}`, ...shared };
    const answer = await this.#call(url, { method: 'PUT', path: '/api/identity', body });
    this.known.push({ id: Number(Reflect.get(answer, 'id')), name, undecided: undefined, gone: 'no' });
  }

  async #update(url: string, one: Known): Promise<void> {
    const name = this.#nextName();
    one.undecided = name;
    const body = { name, password: `secret of ${name}` };
    await this.#call(url, { method: 'PATCH', path: `/api/identity/${one.id}`, body });
    one.name = name;
    one.undecided = undefined;
  }

  async #remove(url: string, one: Known): Promise<void> {
    one.gone = 'maybe';
    await this.#call(url, { method: 'DELETE', path: `/api/identity/${one.id}` });
    one.gone = 'yes';
  }

  /** Only personal ones move; the others are refused, which is as good an answer. */
  async #move(url: string, one: Known): Promise<void> {
    const body = { organizationId: this.#organization };
    await this.#call(url, { method: 'POST', path: `/api/identity/${one.id}/move`, body, expected: [200, 403] });
  }

  async #call(url: string, { expected = [200], ...call }: Call): Promise<object> {
    const answer = await callJson(url, { token: this.#token, ...call });
    expect(expected, `${call.method} ${call.path} ${JSON.stringify(answer.body)}`).toContain(answer.status);
    this.acknowledged++;
    return answer.body as object;
  }

  #nextName(): string {
    return `${this.#prefix} name ${this.#names++}`;
  }
}

function expectAcknowledged(database: DatabaseFile, { known }: Client): void {
  for (const one of known) {
    const [name] = database.column('select name from identities where id = ?', one.id);
    if (one.gone === 'yes') expect(name, `identity ${one.id} was deleted`).toBeUndefined();
    if (one.gone === 'no') expect([one.name, one.undecided], `identity ${one.id}`).toContain(name);
    // What was under way when the server died is decided now.
    if (one.gone === 'maybe') one.gone = name === undefined ? 'yes' : 'no';
    if (typeof name === 'string') one.name = name;
    one.undecided = undefined;
  }
}

/** Whole identities only, and exactly one entry of the audit log for each change of each. */
function expectWhole(database: DatabaseFile): void {
  expect(database.column('pragma integrity_check')).toEqual(['ok']);
  expect(database.column('pragma foreign_key_check')).toEqual([]);
  const halves = `select id from identities where id not in (select identity_id from identity_secrets)
    union all select identity_id from identity_secrets where identity_id not in (select id from identities)`;
  expect(database.column(halves), 'identities without secrets, or the reverse').toEqual([]);
  const entries = (action: string) =>
    `select count(*) from audit_log where resource_id = i.id and action in (${action}) and outcome = 'ok'`;
  const unrecorded = `select id from identities i
    where (${entries("'identity.create'")}) <> 1 or (${entries("'identity.update', 'identity.move'")}) <> version - 1
      or (${entries("'identity.delete'")}) <> 0`;
  expect(database.column(unrecorded), 'identities whose history is not in the log').toEqual([]);
  const vanished = `select resource_id from audit_log created where action = 'identity.create'
    and resource_id not in (select id from identities)
    and (select count(*) from audit_log where action = 'identity.delete' and resource_id = created.resource_id) <> 1`;
  expect(database.column(vanished), 'identities in the log alone').toEqual([]);
  const last = "select coalesce(max(seq), 0) from sqlite_sequence where name = 'identities'";
  const lastRecorded = "select coalesce(max(resource_id), 0) from audit_log where action = 'identity.create'";
  expect(database.column(last), 'the last id that was given out').toEqual(database.column(lastRecorded));
}

async function signIn(server: ServerProcess): Promise<{ token: string; organization: number }> {
  const login = await callJson(server.url, { method: 'POST', path: '/api/auth/login', body: administratorLogin });
  const { token } = login.body as { token: string };
  const made = await callJson(server.url, {
    method: 'PUT',
    path: '/api/organization',
    token,
    body: { name: 'an organization' },
  });
  return { token, organization: (made.body as { id: number }).id };
}

test('killed at any moment, it loses nothing that it acknowledged and keeps nothing by halves', async () => {
  using directory = temporaryDirectory();
  await using started = new AsyncDisposableStack();
  const random = createRandom(seed);
  const starts: number[] = [];
  const start = async () => {
    const server = started.use(await startProcess(directory.path, administrator));
    starts.push(Math.round(server.startMs));
    return server;
  };
  let server = await start();
  const { token, organization } = await signIn(server);
  const all = Array.from({ length: clients }, (_, index) => new Client(index, token, organization));
  for (let round = 0; round < rounds; round++) {
    const writing = Promise.all(all.map((client) => client.writeUntil(server)));
    await delay(random.below(longestRoundMs));
    await server.kill();
    await writing;
    server = await start();
    using database = openDatabaseFile(directory.path);
    for (const client of all) expectAcknowledged(database, client);
    expectWhole(database);
  }
  expect(await server.stop()).toBe(0);
  const acknowledged = all.reduce((sum, client) => sum + client.acknowledged, 0);
  expect(acknowledged).toBeGreaterThan(rounds);
  process.stdout.write(`${acknowledged} acknowledged writes, seed ${seed}; starts took ${starts.join(', ')} ms\n`);

  await using database = openSqlite(directory.path);
  expect(await verifyChain(database.read)).toMatchObject({ ok: true });
  const path = join(directory.path, 'master.key');
  const vault = await createVault({
    db: database,
    kek: await openKek({ kind: 'file', path, mayCreate: false }, { dataExists: true }),
  });
  const verification = { db: database.read, open: vault.open.bind(vault), sealedRows: allSealedRows };
  expect((await verifySecrets(verification)).problems).toEqual([]);
}, 900_000);
