import type { FolderNode } from '@gatehouse/contract/entries';
import { Menu } from '@mantine/core';
import {
  IconArrowsMove,
  IconCursorText,
  IconFingerprint,
  IconFolderPlus,
  IconKey,
  IconPlus,
  IconTerminal2,
  IconTrash,
  IconUpload,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useConnectAll } from '../commands.ts';
import { connectableIn, type Location } from '../tree-index.ts';
import type { Question } from './dialogs.tsx';
import { Key } from './server-menu.tsx';

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

interface LocationMenuProps {
  readonly location: Location;
  readonly onAsk: (question: Question) => void;
}

/** The menu items that add something to a location. */
export function LocationMenu({ location, onAsk }: LocationMenuProps) {
  const { t } = useTranslation('entries');
  const navigate = useNavigate();
  const { organizationId, folderId } = location;
  const search = folderId === null ? (organizationId === null ? {} : { organizationId }) : { folderId };
  return (
    <>
      <Menu.Item leftSection={<IconPlus {...icon} />} onClick={() => void navigate({ to: '/servers/new', search })}>
        {t('menu.newServerHere')}
      </Menu.Item>
      <Menu.Item leftSection={<IconFolderPlus {...icon} />} onClick={() => onAsk({ kind: 'new-folder', location })}>
        {t('menu.newFolder')}
      </Menu.Item>
    </>
  );
}

/** The menu items that add something at the top level. */
export function AddMenu({ onAsk }: Pick<LocationMenuProps, 'onAsk'>) {
  const { t } = useTranslation('entries');
  const navigate = useNavigate();
  const location: Location = { organizationId: null, folderId: null };
  return (
    <>
      <Menu.Item leftSection={<IconPlus {...icon} />} onClick={() => void navigate({ to: '/servers/new' })}>
        {t('menu.newServer')}
      </Menu.Item>
      <Menu.Item leftSection={<IconFolderPlus {...icon} />} onClick={() => onAsk({ kind: 'new-folder', location })}>
        {t('menu.newFolder')}
      </Menu.Item>
      <Menu.Item leftSection={<IconUpload {...icon} />} onClick={() => void navigate({ to: '/servers/import' })}>
        {t('menu.import')}
      </Menu.Item>
    </>
  );
}

interface FolderMenuProps {
  readonly folder: FolderNode;
  readonly onAsk: (question: Question) => void;
  readonly onRename: () => void;
}

/** The menu items for a folder. */
export function FolderMenu({ folder, onAsk, onRename }: FolderMenuProps) {
  return (
    <>
      <ConnectAll folder={folder} onAsk={onAsk} />
      {folder.can.update && <ChangeItems folder={folder} onAsk={onAsk} onRename={onRename} />}
    </>
  );
}

/** More sessions are opened only after a confirmation. */
const mostAtOnce = 5;

/** Opens a terminal on every server of the folder. */
function ConnectAll({ folder, onAsk }: Pick<FolderMenuProps, 'folder' | 'onAsk'>) {
  const { t } = useTranslation('entries');
  const connect = useConnectAll();
  const targets = connectableIn(folder.entries).map(({ id, name }) => ({ entryId: id, name }));
  if (targets.length === 0) return null;
  return (
    <>
      <Menu.Item
        leftSection={<IconTerminal2 {...icon} />}
        onClick={() => {
          if (targets.length > mostAtOnce) onAsk({ kind: 'connect-all', name: folder.name, targets });
          else connect(targets);
        }}
      >
        {t('menu.connectAll', { count: targets.length })}
      </Menu.Item>
      {folder.can.update && <Menu.Divider />}
    </>
  );
}

/** The menu items that change the folder. */
function ChangeItems({ folder, onAsk, onRename }: FolderMenuProps) {
  const { t } = useTranslation('entries');
  return (
    <>
      <LocationMenu location={{ organizationId: folder.organizationId, folderId: folder.id }} onAsk={onAsk} />
      <Menu.Divider />
      <Menu.Item leftSection={<IconCursorText {...icon} />} rightSection={<Key name="F2" />} onClick={onRename}>
        {t('menu.rename')}
      </Menu.Item>
      <Menu.Item leftSection={<IconArrowsMove {...icon} />} onClick={() => onAsk({ kind: 'move', node: folder })}>
        {t('menu.move')}
      </Menu.Item>
      {folder.can.setDefaultIdentity && (
        <Menu.Item leftSection={<IconKey {...icon} />} onClick={() => onAsk({ kind: 'folder-identity', folder })}>
          {t('menu.defaultIdentity')}
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconFingerprint {...icon} />} onClick={() => onAsk({ kind: 'folder-policy', folder })}>
        {t('menu.hostKeyPolicy')}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        color="red"
        leftSection={<IconTrash {...icon} />}
        onClick={() => onAsk({ kind: 'delete-folder', folder })}
      >
        {t('menu.delete')}
      </Menu.Item>
    </>
  );
}
