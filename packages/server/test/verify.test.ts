import { appendFileSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { signNote } from '../src/audit/note.ts';
import type { Engine } from '../src/kernel/db/engine.ts';
import { createSigner, generateSigningKey } from '../src/vault/signer.ts';
import { openDatabaseFile } from './attacks/database-file.ts';
import { runCommand } from './command.ts';
import { createTestDatabase, type TestDatabase } from './databases/postgres.ts';
import { engines, startTestGatehouse, type Person, type TestGatehouse } from './harness/gatehouse.ts';
import { addIdentity } from './sessions/servers.ts';

const [oldSecret, newSecret] = ['old-canary-c1d2e3f4', 'new-canary-a9b8c7d6'];
const verifyTimeoutMs = 60_000;

let database: TestDatabase | undefined;
let environment: Record<string, string>;
let gatehouse: TestGatehouse;
let admin: Person;

async function start(engine: Engine): Promise<void> {
  database = engine === 'postgres' ? await createTestDatabase() : undefined;
  environment = database === undefined ? {} : { DATABASE_URL: database.url };
  gatehouse = await startTestGatehouse({ environment });
  admin = await gatehouse.administrator();
}

afterEach(async () => {
  await gatehouse[Symbol.asyncDispose]();
  await database?.drop();
});

/** Runs statements as an attacker who writes to the database: beside the server, and without its triggers. */
async function tamper(...statements: readonly string[]): Promise<void> {
  if (database === undefined) {
    using file = openDatabaseFile(gatehouse.dataDir);
    for (const verb of ['update', 'delete']) file.run(`drop trigger if exists audit_log_no_${verb}`);
    for (const statement of statements) file.run(statement);
    return;
  }
  const client = new pg.Client({ connectionString: database.url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query('alter table audit_log disable trigger all');
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

const verify = () => admin.call('POST', '/api/service/verify');
const checkpointFile = () => join(gatehouse.dataDir, 'audit-checkpoints.log');
const command = (...args: string[]) => runCommand(['verify', ...args], { DATA_DIR: gatehouse.dataDir, ...environment });

/** Stores a password, then another, and puts the first back: it is valid, and the audit log is whole. */
async function putOldSecretBack(): Promise<number> {
  const id = await addIdentity(admin, { type: 'password', username: 'root', password: oldSecret });
  await tamper('create table kept as select * from identity_secrets');
  await admin.call('PATCH', `/api/identity/${id}`, { password: newSecret });
  await tamper(
    'update identity_secrets set version = (select version from kept), frame = (select frame from kept)',
    'drop table kept',
  );
  return id;
}

const older = (id: number) => ({ rows: 'identity', rowId: String(id), field: 'password', fault: 'older' });

describe.each(engines)('verifying the data on %s', (engine) => {
  beforeEach(() => start(engine));

  test('finds everything in order, by the command and for an administrator', { timeout: verifyTimeoutMs }, async () => {
    await addIdentity(admin, { type: 'password', username: 'root', password: newSecret });
    await gatehouse.restart();
    const report = { result: 'ok', secrets: { problems: [], problemCount: 0 }, audit: { ok: true } };
    expect(await verify()).toMatchObject({ status: 200, body: report });
    const log = await admin.call('GET', '/api/audit/logs?action=settings.verify');
    expect(log.body).toMatchObject({ logs: [{ actor: 'admin', outcome: 'ok', details: { result: 'ok' } }] });

    const total = (await admin.call('GET', '/api/audit/logs?limit=1')).at('total');
    const { code, stdout } = await command();
    expect(stdout).toContain('No problem was found.');
    expect(code).toBe(0);
    expect((await admin.call('GET', '/api/audit/logs?limit=1')).at('total')).toBe(total);
  });

  test('names an older secret that was put back', { timeout: verifyTimeoutMs }, async () => {
    const id = await putOldSecretBack();
    const answer = await verify();
    expect(answer.body).toMatchObject({
      result: 'problems',
      secrets: { problems: [older(id)], problemCount: 1 },
      audit: { firstBad: null },
    });
    const { code, stdout, stderr } = await command('--json');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ result: 'problems', secrets: { problems: [older(id)] } });
    expect(stdout + JSON.stringify(answer.body) + gatehouse.log()).not.toMatch(/canary/);

    await gatehouse.restart();
    expect(gatehouse.log()).toContain('a stored secret is not what was written last');
  });

  test('says that there was nothing to compare the log with', { timeout: verifyTimeoutMs }, async () => {
    const none = { comparison: 'none', compared: 0 };
    const chain = { ok: false, firstBad: null, checkpoints: none };
    expect(await admin.call('GET', '/api/audit/verify')).toMatchObject({ body: chain });
    expect(await verify()).toMatchObject({ body: { result: 'incomplete', audit: chain } });
    const { code, stdout } = await command();
    expect(stdout).toContain('none to compare with');
    expect(code).toBe(2);

    await gatehouse.restart(() => {
      rmSync(checkpointFile());
    });
    expect(gatehouse.log()).toContain('there is no checkpoint to compare the database with');
    const log = await admin.call('GET', '/api/audit/logs?action=audit.no_checkpoints');
    expect(log.body).toMatchObject({ logs: [{ actor: 'system', resource: 'audit' }] });
    await gatehouse.restart();
    expect(await verify()).toMatchObject({ body: { result: 'ok' } });
  });

  test('tells forged checkpoints from missing ones', { timeout: verifyTimeoutMs }, async () => {
    await gatehouse.restart();
    const [origin = ''] = readFileSync(checkpointFile(), 'utf8').split('\n', 1);
    const forged = signNote(origin, createSigner(generateSigningKey()), { size: 1, hash: Buffer.alloc(32) });
    appendFileSync(checkpointFile(), `${forged}\n`);
    const chain = { ok: false, firstBad: null, checkpoints: { comparison: 'forged', forged: 1 } };
    expect(await admin.call('GET', '/api/audit/verify')).toMatchObject({ body: chain });
    expect(await verify()).toMatchObject({ body: { result: 'problems' } });
    await gatehouse.restart();
    expect(gatehouse.log()).toContain('holds notes that this installation did not sign');
    writeFileSync(checkpointFile(), `${forged}\n`);
    expect(await verify()).toMatchObject({ body: { audit: { checkpoints: { comparison: 'forged', compared: 0 } } } });
  });

  test('stops the start on data that is older than the newest checkpoint', { timeout: verifyTimeoutMs }, async () => {
    await addIdentity(admin, { type: 'password', username: 'root', password: newSecret });
    await gatehouse.restart();
    const head = Number((await admin.call('GET', '/api/audit/logs?limit=1')).at('logs.0.seq'));
    await tamper(`delete from audit_log where seq = ${head}`);
    const refused = async () => {
      const error: unknown = await gatehouse.restart().then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (!(error instanceof Error)) throw new Error('the server started');
      return error.message;
    };
    // The running server closes first, and so writes a checkpoint of what it serves: that is in order.
    writeFileSync(join(gatehouse.dataDir, 'kept.log'), readFileSync(checkpointFile()));
    const sentence = await refused();
    expect(sentence).toContain(`has a checkpoint of ${head} audit entries, and the database ends at entry ${head - 1}`);
    const code = /ACCEPT_RESTORED_DATA=(\w+)/.exec(sentence)?.[1] ?? '';
    environment['ACCEPT_RESTORED_DATA'] = '0123456789ab';
    expect(await refused()).toContain(code);
    environment['ACCEPT_RESTORED_DATA'] = code;
    await gatehouse.restart();
    const log = await admin.call('GET', '/api/audit/logs?action=audit.restore');
    expect(log.body).toMatchObject({
      logs: [{ actor: 'system', details: { givenUp: { entries: head }, head: { entries: head - 1 } } }],
    });
    expect(readdirSync(gatehouse.dataDir)).toContain(`audit-checkpoints-given-up-${code}.log`);

    // The setting is still there, and accepts nothing else.
    await gatehouse.restart();
    expect(await verify()).toMatchObject({ body: { audit: { ok: true } } });
    const next = Number((await admin.call('GET', '/api/audit/logs?limit=1')).at('logs.0.seq'));
    await gatehouse.restart();
    await tamper(`delete from audit_log where seq >= ${next}`);
    expect(await refused()).not.toContain(code);
  });

  test('is for administrators who are signed in', async () => {
    const user = await gatehouse.person('olga');
    expect((await user.call('POST', '/api/service/verify')).status).toBe(403);
    expect((await gatehouse.call('POST', '/api/service/verify', { token: 'f'.repeat(96) })).status).toBe(401);
    const answers = await Promise.all([verify(), verify(), verify()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  });
});

describe('the command verify', () => {
  beforeEach(() => start('sqlite'));

  test('changes nothing, with and without a running server', { timeout: verifyTimeoutMs }, async () => {
    await addIdentity(admin, { type: 'password', username: 'root', password: newSecret });
    expect((await command()).code).toBe(2);
    await gatehouse.restart(() => undefined);
    const before: Record<string, string> = {};
    const contents = () => {
      using file = openDatabaseFile(gatehouse.dataDir);
      return file.contents();
    };
    Object.assign(before, contents());
    expect((await command()).code).toBe(0);
    expect(contents()).toEqual(before);

    const copy = join(gatehouse.dataDir, 'copy');
    const kept = ['gatehouse.db', 'master.key', 'audit-checkpoints.log'];
    await gatehouse.restart(() => {
      rmSync(copy, { recursive: true, force: true });
      copyInto(copy, kept);
    });
    const bytes = () => kept.map((name) => readFileSync(join(copy, name)).toString('base64'));
    const stored = bytes();
    expect((await runCommand(['verify'], { DATA_DIR: copy })).code).toBe(0);
    expect(bytes()).toEqual(stored);

    function copyInto(directory: string, names: readonly string[]): void {
      mkdirSync(directory, { mode: 0o700 });
      for (const name of names) copyFileSync(join(gatehouse.dataDir, name), join(directory, name));
    }
  });

  test.each([
    { args: [], settings: { DATA_DIR: '/nonexistent' }, code: 2, sentence: 'There is no database' },
    { args: [], settings: { PORT: 'x' }, code: 78, sentence: 'PORT must be' },
    { args: ['--fix'], settings: {}, code: 64, sentence: 'Unknown argument --fix' },
  ])('says what stops it: $sentence', async ({ args, settings, code, sentence }) => {
    const result = await runCommand(['verify', ...args], { DATA_DIR: gatehouse.dataDir, ...settings });
    expect(result).toMatchObject({ code, stdout: '' });
    expect(result.stderr).toContain(sentence);
  });

  test('refuses a wrong key without a report', async () => {
    const key = 'ab'.repeat(32);
    const { code, stderr } = await runCommand(['verify'], { DATA_DIR: gatehouse.dataDir, ENCRYPTION_KEY: key });
    expect(code).toBe(2);
    expect(stderr).toContain('This is not the master key of this data');
    expect(stderr).not.toContain(key);
  });
});
