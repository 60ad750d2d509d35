import { defaultRenderer } from '@gatehouse/contract/entry-config';
import type { Entry, FolderNode, OrganizationNode, Tree } from '@gatehouse/contract/entries';
import type { Can } from '../entries/can.ts';
import { storedConfig } from '../entries/config.ts';
import type { EntryRow, FolderRow } from '../entries/repository.ts';

/** An entry as lists show it. */
export function toEntry(row: EntryRow, can: Can, identityIds: readonly number[] = []): Entry {
  return {
    type: 'server',
    id: row.id,
    icon: row.icon,
    name: row.name,
    status: 'unknown',
    position: row.position,
    renderer: row.renderer === null || row.renderer === '' ? defaultRenderer(row.protocol) : row.renderer,
    tags: [],
    identities: [...identityIds],
    protocol: row.protocol,
    ip: row.host,
    config: storedConfig(row.config),
    folderId: row.folder_id,
    organizationId: row.organization_id,
    can: can.entry(row),
  };
}

interface Parts {
  readonly can: Can;
  readonly folders: readonly FolderRow[];
  readonly entries: readonly Entry[];
  readonly organizations: readonly { readonly id: number; readonly name: string }[];
}

/** Builds the tree; folders come before servers. The parts are already sorted. */
export function buildTree({ can, folders, entries, organizations }: Parts): Tree {
  const folderNodes = new Map(folders.map((folder) => [folder.id, toFolderNode(folder, can)]));
  const organizationNodes = new Map(
    organizations.map((organization) => [organization.id, toOrganization(organization, can)]),
  );
  const own: Tree = [];
  const place = (node: FolderNode | Entry, folderId: number | null) => {
    const shelf = folderId === null ? undefined : folderNodes.get(folderId);
    const organization = node.organizationId === null ? undefined : organizationNodes.get(node.organizationId);
    (shelf?.entries ?? organization?.entries ?? own).push(node);
  };
  for (const node of folderNodes.values()) place(node, node.parentId);
  for (const entry of entries) place(entry, entry.folderId);
  return [...own, ...organizationNodes.values()];
}

/** A folder as lists show it, without content. */
export function toFolderNode(row: FolderRow, can: Can): FolderNode {
  return {
    id: row.id,
    name: row.name,
    type: 'folder',
    position: row.position,
    parentId: row.parent_id,
    organizationId: row.organization_id,
    defaultIdentityId: row.default_identity_id,
    hostKeyPolicy: row.host_key_policy,
    can: can.folder(row),
    entries: [],
  };
}

/** An organization as lists show it, without content. */
export function toOrganization(
  { id, name }: { readonly id: number; readonly name: string },
  can: Can,
): OrganizationNode {
  return { id: `org-${id}`, name, type: 'organization', can: can.organization(id), entries: [] };
}
