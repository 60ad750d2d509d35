import { createFolder, deleteFolder, listFolders, updateFolder } from '@gatehouse/contract/folders';
import { acknowledge } from '@gatehouse/contract/messages/answer-fields';
import type { FastifyInstance } from 'fastify';
import { serve } from '../../../kernel/http/serve.ts';
import type { Folders } from './service.ts';

/** Folders, with the defaults that entries inherit from them. */
export function addFolderRoutes(app: FastifyInstance, folders: Folders): void {
  serve(app, listFolders, ({ caller }) => folders.tree(caller));
  serve(app, createFolder, async ({ caller, body }) => {
    const id = await folders.create(caller, body);
    return { id, ...acknowledge('folder_created') };
  });
  serve(app, updateFolder, async ({ caller, params, body }) => {
    await folders.update(caller, params.folderId, body);
    return acknowledge('folder_updated');
  });
  serve(app, deleteFolder, async ({ caller, params }) => {
    await folders.remove(caller, params.folderId);
    return acknowledge('folder_deleted');
  });
}
