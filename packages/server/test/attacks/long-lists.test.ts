import { treeSchema } from '@gatehouse/contract/entries';
import { listIdentities } from '@gatehouse/contract/identities';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryDirectory, type TemporaryDirectory } from '../temporary-sqlite.ts';
import { openDatabaseFile, type DatabaseFile } from './database-file.ts';
import { administrator, administratorLogin, startProcess, type ServerProcess } from './server-process.ts';
import { observed, watchVitalSigns } from './vital-signs.ts';
import { callJson, send } from './wire.ts';

const rows = 20_000;
const folders = 2_000;
const othersMs = 2_000;
/** Of processor time; all at once took longer on a machine of its own, in proportion to the rows. */
const maxTurnMs = 200;
const quotas = { IDENTITIES_PER_ACCOUNT: '1000000', IDENTITIES_PER_ORGANIZATION: '1000000' };
const at = "'2026-01-01T00:00:00.000Z'";
const numbers = (count: number) =>
  `with recursive n (i) as (select 1 union all select i + 1 from n where i < ${count})`;

let directory: TemporaryDirectory;
let server: ServerProcess;
let database: DatabaseFile;
let token: string;
let organizationId: number;

beforeAll(async () => {
  directory = temporaryDirectory();
  server = await startProcess(directory.path, { ...administrator, ...quotas, ...observed(directory.path) });
  const login = await callJson(server.url, { method: 'POST', path: '/api/auth/login', body: administratorLogin });
  token = String(Reflect.get(login.body as object, 'token'));
  database = openDatabaseFile(directory.path);
  const organization = await callJson(server.url, {
    method: 'PUT',
    path: '/api/organization',
    token,
    body: { name: 'Ops' },
  });
  organizationId = Number(Reflect.get(organization.body as object, 'id'));
  fill();
});

afterAll(async () => {
  database[Symbol.dispose]();
  await server[Symbol.asyncDispose]();
  directory[Symbol.dispose]();
});

/** Every second row is the account's own, the others are the organization's; every tenth server is at the top. */
function fill(): void {
  const owner = `iif(i % 2, (select id from accounts), null), iif(i % 2, null, ${organizationId})`;
  database.run(`begin;
    insert into identities (account_id, organization_id, name, type, username, created_at, updated_at)
      ${numbers(rows)} select ${owner}, 'identity ' || i, 'password', 'root', ${at}, ${at} from n;
    insert into folders (id, account_id, organization_id, parent_id, name, position, created_at, updated_at)
      ${numbers(folders)} select i, ${owner}, iif(i <= 100, null, i - 100), 'folder ' || i, (i * 7919) % 1009, ${at}, ${at} from n;
    insert into entries (account_id, organization_id, folder_id, name, type, protocol, host, port, config, position, created_at, updated_at)
      ${numbers(rows)} select ${owner}, iif(i % 10, nullif(2 * (i % 900) + i % 2, 0), null), 'Server ' || i || ' ü"', 'server', 'ssh',
        '192.0.2.1', 22, '{"protocol":"ssh","ip":"192.0.2.1","port":22}', (i * 7919) % 10007, ${at}, ${at} from n;
    insert into entry_identities (entry_id, identity_id, position) select id, (select min(id) from identities) + id % ${rows}, 0 from entries;
    commit`);
}

interface Read {
  readonly body: unknown;
  /** How long the slowest of the others' requests took. */
  readonly slowestMs: number;
  /** Of processor time, in one turn of the event loop. */
  readonly longestTurnMs: number;
}

/** Reads a list to its end while others ask for something again and again, and changes are made. */
async function read(path: string, change: () => Promise<void> = () => Promise.resolve()): Promise<Read> {
  // Loads and compiles what the first request of a kind needs.
  await ask();
  await change();
  const signs = await watchVitalSigns(server, directory.path);
  const state = { isOver: false, slowestMs: 0 };
  const list = callJson(server.url, { method: 'GET', path, token }).finally(() => (state.isOver = true));
  while (!state.isOver) {
    const startedMs = performance.now();
    await ask();
    state.slowestMs = Math.max(state.slowestMs, performance.now() - startedMs);
    await change();
  }
  const { status, body } = await list;
  expect(status).toBe(200);
  return { body, slowestMs: state.slowestMs, longestTurnMs: signs.longestTurnMs() };
}

async function ask(): Promise<void> {
  expect(await send(server.url, { method: 'GET', path: '/healthz' })).toMatchObject({ status: 200 });
}

function expectOthersServed({ slowestMs, longestTurnMs }: Read): void {
  expect(slowestMs).toBeLessThan(othersMs);
  expect(longestTurnMs).toBeLessThan(maxTurnMs);
}

test('a list of many identities is whole and in order, also while some are moved', async () => {
  const created = await callJson(server.url, {
    method: 'PUT',
    path: '/api/identity',
    token,
    body: { name: 'the latest', type: 'password', username: 'root', password: 'secret 1' },
  });
  const mine = database.column(
    'select id from identities where account_id is not null order by id desc limit 10 offset 1',
  );
  const isMine = new Set(database.column('select id from identities where account_id is not null'));
  const list = await read('/api/identity/list', async () => {
    const next = mine.pop();
    if (next === undefined) return;
    const path = `/api/identity/${Number(next)}/move`;
    const moved = await callJson(server.url, { method: 'POST', path, token, body: { organizationId } });
    expect(moved.status).toBe(200);
  });

  expectOthersServed(list);
  const found = listIdentities.result.parse(list.body);
  expect(found).toEqual(list.body);
  expect(found.map(({ id }) => id).sort((a, b) => a - b)).toEqual(
    database.column('select id from identities order by id'),
  );
  expect(found.some(({ id }) => id === Reflect.get(created.body as object, 'id'))).toBe(true);
  const rank = ({ id, organizationId: shared }: (typeof found)[number]) => (shared === null ? id : rows * 10 + id);
  expect(found.map(rank)).toEqual(found.map(rank).sort((a, b) => a - b));
  expect(found.filter(({ organizationId: shared }) => shared === null).every(({ id }) => isMine.has(id))).toBe(true);
});

test.for(['/api/identity/list?type=password', '/api/identity/list?search=identity'])('so is %s', async (path) => {
  const list = await read(path);

  expectOthersServed(list);
  expect(listIdentities.result.parse(list.body).length).toBeGreaterThanOrEqual(rows);
});

test.for([
  ['/api/entry/list', rows],
  ['/api/folder/list', 0],
] as const)('the tree %s is whole and in order', async ([path, servers]) => {
  const list = await read(path);

  expectOthersServed(list);
  const tree = treeSchema.parse(list.body);
  expect(tree).toEqual(list.body);
  const counts = { folder: 0, server: 0, organization: 0 };
  walk(tree, (nodes, parent) => {
    for (const { type } of nodes) counts[type]++;
    expect(nodes).toEqual(nodes.toSorted(byPlace));
    for (const node of nodes) expect(parentOf(node)).toBe(parent);
  });
  expect(counts).toEqual({ folder: folders, server: servers, organization: 1 });
});

type Nodes = ReturnType<typeof treeSchema.parse>;
const kinds = ['folder', 'server', 'organization'];

function walk(nodes: Nodes, look: (nodes: Nodes, parent: unknown) => void, parent: unknown = null): void {
  look(nodes, parent);
  for (const node of nodes) if ('entries' in node) walk(node.entries, look, node.id);
}

function parentOf(node: Nodes[number]): unknown {
  if (node.type === 'organization') return null;
  const folder = node.type === 'folder' ? node.parentId : node.folderId;
  return folder ?? (node.organizationId === null ? null : `org-${node.organizationId}`);
}

function byPlace(one: Nodes[number], other: Nodes[number]): number {
  if (one.type === 'organization' || other.type === 'organization' || one.type !== other.type)
    return kinds.indexOf(one.type) - kinds.indexOf(other.type);
  return one.position - other.position || one.id - other.id;
}
