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
import { acknowledge } from '@gatehouse/contract/messages/answer-fields';
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
    return { id, ...acknowledge('entry_created') };
  });
  serve(app, updateEntry, async ({ caller, params, body, headers, setHeader }) => {
    const ifMatch = ifMatchOf(headers['if-match']);
    setHeader('etag', entityTag(await entries.update(caller, params.entryId, body, ifMatch)));
    return acknowledge('entry_updated');
  });
  serve(app, deleteEntry, async ({ caller, params, headers }) => {
    await entries.remove(caller, params.entryId, ifMatchOf(headers['if-match']));
    return acknowledge('entry_deleted');
  });
  serve(app, duplicateEntry, async ({ caller, params }) => {
    const id = await entries.duplicate(caller, params.entryId);
    return { id, ...acknowledge('entry_duplicated') };
  });
  serve(app, repositionEntry, async ({ caller, params, body, headers, setHeader }) => {
    const ifMatch = ifMatchOf(headers['if-match']);
    setHeader('etag', entityTag(await entries.reposition(caller, params.entryId, body, ifMatch)));
    return acknowledge('entry_moved');
  });
  serve(app, confirmLink, async ({ caller, params, body }) => {
    await entries.confirm(caller, { ...params, binding: body?.binding });
    return acknowledge('link_confirmed');
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
      ...acknowledge(keys.length > 0 ? 'host_keys_pinned' : 'host_keys_revoked'),
    };
  });
  serve(app, deleteHostKey, async ({ caller, params }) => {
    await entries.removeHostKey(caller, params.entryId, params.hostKeyId);
    return acknowledge('host_key_removed');
  });
  serve(app, scanHostKeys, async ({ caller, params }) => ({
    keys: [...(await entries.scanHostKeys(caller, params.entryId))],
  }));
}
