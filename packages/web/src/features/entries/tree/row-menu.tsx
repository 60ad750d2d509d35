import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Question } from '../actions/dialogs.tsx';
import { FolderMenu, LocationMenu } from '../actions/folder-menu.tsx';
import { ServerMenu } from '../actions/server-menu.tsx';
import { connectableIn } from '../tree-index.ts';
import { nameOf, type TreeRow } from '../tree-rows.ts';
import classes from './tree-panel.module.css';

/** The row whose menu is open, and the position of the menu in pixels of the window. */
export interface MenuSpot {
  readonly row: TreeRow;
  readonly x: number;
  readonly y: number;
}

interface RowMenuProps {
  readonly spot: MenuSpot | undefined;
  readonly onClose: () => void;
  readonly onAsk: (question: Question) => void;
  readonly onRename: (key: string) => void;
}

/** The context menu of a row. There is one for the whole tree. */
export function RowMenu({ spot, onClose, onAsk, onRename }: RowMenuProps) {
  const { t } = useTranslation('entries');
  if (spot === undefined) return null;
  const { row, x, y } = spot;
  if (!hasMenu(row)) return null;
  return (
    <Menu
      key={`${row.key} ${x} ${y}`}
      opened
      onClose={onClose}
      returnFocus={false}
      position="bottom-start"
      offset={2}
      transitionProps={{ duration: 0 }}
      // The event of the key that opened it is still bubbling.
      clickOutsideEvents={['mousedown', 'touchstart']}
    >
      <Menu.Target>
        <button type="button" tabIndex={-1} aria-hidden className={classes['spot']} style={{ left: x, top: y }}>
          {t('tree.menuOf', { name: nameOf(row) })}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Items row={row} onAsk={onAsk} onRename={() => onRename(row.key)} />
      </Menu.Dropdown>
    </Menu>
  );
}

/** Whether the menu of the row has items. */
function hasMenu(row: TreeRow): boolean {
  if (row.kind === 'server') return true;
  if (row.kind === 'folder') return row.folder.can.update || connectableIn(row.folder.entries).length > 0;
  return row.owner?.canAdd ?? true;
}

interface ItemsProps {
  readonly row: TreeRow;
  readonly onAsk: (question: Question) => void;
  readonly onRename: () => void;
}

function Items({ row, onAsk, onRename }: ItemsProps) {
  if (row.kind === 'server') return <ServerMenu entry={row.entry} onAsk={onAsk} onRename={onRename} />;
  if (row.kind === 'folder') return <FolderMenu folder={row.folder} onAsk={onAsk} onRename={onRename} />;
  return (
    <LocationMenu location={{ organizationId: row.owner?.organizationId ?? null, folderId: null }} onAsk={onAsk} />
  );
}
