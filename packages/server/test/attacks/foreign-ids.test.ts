import type { Operation } from '@gatehouse/contract/operation';
import { operations } from '@gatehouse/contract/operations';
import { z } from 'zod';
import { expect, test } from 'vitest';
import { startTestGatehouse, type Method } from '../harness/gatehouse.ts';
import { openDatabaseFile } from './database-file.ts';
import { populate, type Kind, type Population } from './population.ts';
import { comparable, send } from './wire.ts';

const neverExisting = 987_654_321;

interface Attempt {
  readonly method: Method;
  readonly path: string;
  readonly body?: unknown;
}

interface Row {
  /** What the field names by its id. */
  readonly kind: Kind;
  /** A request of the stranger in which nothing is wrong but the id. */
  readonly attempt: (id: number, own: Population['own']) => Attempt;
  /** The audit entry of it. */
  readonly action: string;
  readonly resource: string;
}

const config = { ip: '127.0.0.1', port: 1 };
const name = 'one of mine';

function row(kind: Kind, action: string, resource: string, attempt: Row['attempt']): Row {
  return { kind, action, resource, attempt };
}

const put = (path: string, body: object): Attempt => ({ method: 'PUT', path, body });
const patch = (path: string, body: object): Attempt => ({ method: 'PATCH', path, body });
const post = (path: string, body: object): Attempt => ({ method: 'POST', path, body });
const entryPath = ({ entry }: Population['own']) => `/api/entry/${entry}`;
const folderPath = (own: Population['own']) => `/api/folder/${own.folder}`;

/** Every field of a body or a query that names something by its id. */
const rows: Readonly<Record<string, Row>> = {
  'connection.open entryId': row('entry', 'entry.use', 'entry', (entryId) => post('/api/connection', { entryId })),
  'connection.open identityId': row('identity', 'identity.use', 'identity', (identityId, { entry: entryId }) =>
    post('/api/connection', { entryId, identityId }),
  ),
  'connection.exec identityId': row('identity', 'identity.use', 'identity', (id, { entry }) =>
    post(`/api/connection/${entry}/exec?identityId=${id}`, { command: 'true' }),
  ),
  'connection.stream identityId': row('identity', 'identity.use', 'identity', (id, { entry }) =>
    post(`/api/connection/${entry}/exec/stream?identityId=${id}`, { command: 'true' }),
  ),
  'entry.create identities': row('identity', 'identity.use', 'identity', (id) =>
    put('/api/entry', { name, config, identities: [id] }),
  ),
  'entry.create config': row('entry', 'entry.use', 'entry', (id) =>
    put('/api/entry', { name, config: { ...config, jumpHosts: [id] } }),
  ),
  'entry.create folderId': row('folder', 'entry.create', 'folder', (folderId) =>
    put('/api/entry', { name, config, folderId }),
  ),
  'entry.create organizationId': row('organization', 'entry.create', 'organization', (organizationId) =>
    put('/api/entry', { name, config, organizationId }),
  ),
  'entry.update identities': row('identity', 'identity.use', 'identity', (id, own) =>
    patch(entryPath(own), { identities: [id] }),
  ),
  'entry.update config': row('entry', 'entry.use', 'entry', (id, own) =>
    patch(entryPath(own), { config: { ...config, jumpHosts: [id] } }),
  ),
  'entry.update folderId': row('folder', 'entry.update', 'folder', (folderId, own) =>
    patch(entryPath(own), { folderId }),
  ),
  'entry.update organizationId': row('organization', 'entry.update', 'organization', (organizationId, own) =>
    patch(entryPath(own), { organizationId }),
  ),
  'entry.reposition targetId': row('entry', 'entry.update', 'entry', (targetId, own) =>
    patch(`${entryPath(own)}/reposition`, { targetId }),
  ),
  'entry.reposition folderId': row('folder', 'entry.update', 'folder', (folderId, own) =>
    patch(`${entryPath(own)}/reposition`, { folderId }),
  ),
  'entry.reposition organizationId': row('organization', 'entry.update', 'organization', (organizationId, own) =>
    patch(`${entryPath(own)}/reposition`, { organizationId }),
  ),
  'entry.import-ssh-config folderId': row('folder', 'entry.create', 'folder', (folderId) =>
    post('/api/entry/import/ssh-config', { text: 'Host one\n', folderId }),
  ),
  'entry.import-ssh-config organizationId': row('organization', 'entry.create', 'organization', (organizationId) =>
    post('/api/entry/import/ssh-config', { text: 'Host one\n', organizationId }),
  ),
  'entry.import-ssh-config servers': row('identity', 'identity.use', 'identity', (id) =>
    post('/api/entry/import/ssh-config', { servers: [{ name, ip: '127.0.0.1', identities: [id] }] }),
  ),
  'folder.create parentId': row('folder', 'folder.create', 'folder', (parentId) =>
    put('/api/folder', { name, parentId }),
  ),
  'folder.create organizationId': row('organization', 'folder.create', 'organization', (organizationId) =>
    put('/api/folder', { name, organizationId }),
  ),
  'folder.create defaultIdentityId': row('identity', 'identity.use', 'identity', (defaultIdentityId) =>
    put('/api/folder', { name, defaultIdentityId }),
  ),
  'folder.update parentId': row('folder', 'folder.update', 'folder', (parentId, own) =>
    patch(folderPath(own), { parentId }),
  ),
  'folder.update organizationId': row('organization', 'folder.update', 'organization', (organizationId, own) =>
    patch(folderPath(own), { organizationId }),
  ),
  'folder.update defaultIdentityId': row('identity', 'identity.use', 'identity', (defaultIdentityId, own) =>
    patch(folderPath(own), { defaultIdentityId }),
  ),
  'identities.create organizationId': row('organization', 'identity.create', 'organization', (organizationId) =>
    put('/api/identity', { name, type: 'ssh', organizationId }),
  ),
  'identities.update organizationId': row('organization', 'identity.update', 'identity', (organizationId, own) =>
    patch(`/api/identity/${own.identity}`, { organizationId }),
  ),
  'identities.move organizationId': row('organization', 'identity.move', 'identity', (organizationId, own) =>
    post(`/api/identity/${own.identity}/move`, { organizationId }),
  ),
  'identities.test entryId': row('entry', 'entry.use', 'entry', (entryId, own) =>
    post(`/api/identity/${own.identity}/test`, { entryId }),
  ),
  'organization.update defaultIdentityId': row('identity', 'identity.use', 'identity', (defaultIdentityId, own) =>
    patch(`/api/organization/${own.organization}`, { defaultIdentityId }),
  ),
  'organization.handOver accountId': row('account', 'organization.owner_change', 'account', (accountId, own) =>
    patch(`/api/organization/${own.organization}/owner`, { accountId }),
  ),
};

/** Beside the first ids of paths, which `uniform-not-found` looks at: members of one’s own organization. */
const laterIds: Readonly<Record<string, Row>> = {
  'organization.removeMember': row('account', 'organization.member_remove', 'account', (id, own) => ({
    method: 'DELETE',
    path: `/api/organization/${own.organization}/members/${id}`,
  })),
  'organization.permissions': row('account', 'organization.permissions_read', 'account', (id, own) => ({
    method: 'GET',
    path: `/api/organization/${own.organization}/members/${id}/permissions`,
  })),
  'organization.setPermissions': row('account', 'organization.permissions_change', 'account', (id, own) =>
    put(`/api/organization/${own.organization}/members/${id}/permissions`, { permissions: {} }),
  ),
};

/** They choose what of a list is shown: it is empty, or not found, whatever is named. */
const filters = [
  'identities.list organizationId',
  'audit.list organizationId',
  'audit.export organizationId',
  'connection.list organizationId',
];

function namingFields({ id, query, body }: Operation): string[] {
  return [query, body].flatMap((part) => {
    let schema: unknown = part;
    while (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) schema = schema.unwrap();
    const fields = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
    return fields
      .filter((field) => /Ids?$|^identities$|^servers$|^config$/.test(field))
      .map((field) => `${id} ${field}`);
  });
}

test('every field that names something by its id has a row here', () => {
  expect(new Set(operations.flatMap(namingFields))).toEqual(new Set([...Object.keys(rows), ...filters]));
});

test('to name what one cannot see is recorded, and answered like what does not exist', async () => {
  await using gatehouse = await startTestGatehouse();
  const { stranger, foreign, own } = await populate(gatehouse);
  using database = openDatabaseFile(gatehouse.dataDir);
  const denied = (): unknown[] =>
    database
      .column(
        `select json_array(action, resource, details) from audit_log
         where outcome = 'denied' and account_id = ? order by seq`,
        stranger.id,
      )
      .map((text) => JSON.parse(String(text)) as unknown);
  const ask = async (attempt: Attempt, id: number): Promise<string> => {
    const { method, path, body } = attempt;
    const authorization = `Bearer ${stranger.token}`;
    const sent = body === undefined ? {} : { 'content-type': 'application/json' };
    const text = body === undefined ? undefined : JSON.stringify(body);
    const answer = await send(gatehouse.url, { method, path, headers: { authorization, ...sent }, body: text });
    expect([400, 403, 404], `${method} ${path} ${answer.text}`).toContain(answer.status);
    // Some name the id that was sent, so its length is in the length of the answer.
    return comparable(answer)
      .replaceAll(`${id} is not`, 'ID is not')
      .replaceAll(`"id":${id}}`, '"id":ID}')
      .replace(/content-length: \d+/i, '');
  };

  for (const [field, { kind, attempt, action, resource }] of Object.entries({ ...rows, ...laterIds })) {
    const before = denied().length;
    const absent = await ask(attempt(neverExisting, own), neverExisting);
    expect.soft(denied().length, `${field}: what does not exist`).toBe(before);
    for (const id of foreign[kind].existing) {
      const count = denied().length;
      expect.soft(await ask(attempt(id, own), id), field).toBe(absent);
      const added = denied().slice(count);
      expect.soft(added, field).toEqual([[action, resource, '{"hidden":true}']]);
    }
  }
});
