import {
  confirmLink,
  createEntry,
  deleteEntry,
  duplicateEntry,
  getEntry,
  listEntries,
  listRecentEntries,
  repositionEntry,
  updateEntry,
} from '@gatehouse/contract/entries';
import { importSshConfig } from '@gatehouse/contract/ssh-config-import';
import { deleteHostKey, getHostKeys, putHostKeys, scanHostKeys } from '@gatehouse/contract/entry-host-keys';
import type { FastifyInstance } from 'fastify';
import { entityTag, ifMatchOf } from '../../../kernel/http/entity-tag.ts';
import { serve } from '../../../kernel/http/serve.ts';
import type { Entries } from './service.ts';

/** Entries, their links and host keys, the tree, and the import. */
export function addEntryRoutes(app: FastifyInstance, entries: Entries): void {
  serve(app, listEntries, ({ caller, query }) =>
    query.flat === 'true' ? entries.page(caller, query) : entries.tree(caller),
  );
  serve(app, listRecentEntries, ({ caller, query }) => entries.recent(caller, query.limit));
  serve(app, getEntry, async ({ caller, params, setHeader }) => {
    const { version, ...entry } = await entries.get(caller, params.entryId);
    setHeader('etag', entityTag(version));
    return entry;
  });
  serve(app, createEntry, async ({ caller, body }) => {
    const id = await entries.create(caller, body);
    return { id, message: 'The server was added.' };
  });
  serve(app, updateEntry, async ({ caller, params, body, headers, setHeader }) => {
    const ifMatch = ifMatchOf(headers['if-match']);
    setHeader('etag', entityTag(await entries.update(caller, params.entryId, body, ifMatch)));
    return { message: 'The server was changed.' };
  });
  serve(app, deleteEntry, async ({ caller, params, headers }) => {
    await entries.remove(caller, params.entryId, ifMatchOf(headers['if-match']));
    return { message: 'The server was removed.' };
  });
  serve(app, duplicateEntry, async ({ caller, params }) => {
    const id = await entries.duplicate(caller, params.entryId);
    return { id, message: 'The server was copied.' };
  });
  serve(app, repositionEntry, async ({ caller, params, body, headers, setHeader }) => {
    const ifMatch = ifMatchOf(headers['if-match']);
    setHeader('etag', entityTag(await entries.reposition(caller, params.entryId, body, ifMatch)));
    return { message: 'The server was moved.' };
  });
  serve(app, confirmLink, async ({ caller, params, body }) => {
    await entries.confirm(caller, { ...params, binding: body?.binding });
    return { message: 'The identity may be used with this server as it is now.' };
  });
  serve(app, importSshConfig, ({ caller, body }) => entries.importSshConfig(caller, body));
  addHostKeyRoutes(app, entries);
}

function addHostKeyRoutes(app: FastifyInstance, entries: Entries): void {
  serve(app, getHostKeys, ({ caller, params }) => entries.listHostKeys(caller, params.entryId));
  serve(app, putHostKeys, async ({ caller, params, body }) => {
    const { keys, revoked, skipped } = await entries.replaceHostKeys(caller, params.entryId, body.keys);
    return {
      keys: keys.map(({ facts }) => facts),
      revoked: [...revoked],
      skipped,
      message: keys.length > 0 ? 'These host keys are pinned now.' : 'These host keys are revoked now.',
    };
  });
  serve(app, deleteHostKey, async ({ caller, params }) => {
    await entries.removeHostKey(caller, params.entryId, params.hostKeyId);
    return { message: 'The host key was forgotten.' };
  });
  serve(app, scanHostKeys, async ({ caller, params }) => ({
    keys: [...(await entries.scanHostKeys(caller, params.entryId))],
  }));
}
