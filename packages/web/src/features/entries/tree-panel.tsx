import { ActionIcon, Button, Kbd, Menu, TextInput } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMatchRoute, useNavigate } from '@tanstack/react-router';
import { useDeferredValue, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../accounts/queries.ts';
import { AddMenu } from './actions/folder-menu.tsx';
import { Dialogs, type Question } from './actions/dialogs.tsx';
import { formatAddress, parseQuickAddress } from './address.ts';
import { useConnect } from './commands.ts';
import { servers } from './queries.ts';
import { useQuickConnect } from './quick-connect.ts';
import type { TreeIndex } from './tree-index.ts';
import { rowsOf } from './tree-rows.ts';
import classes from './tree/tree-panel.module.css';
import { TreeView } from './tree/tree-view.tsx';
import { useCollapsed } from './tree/use-collapsed.ts';

interface TreePanelProps {
  /** The server of the current terminal; on the page of a server, the panel takes it from the address. */
  readonly openedEntryId?: number | undefined;
}

/** The servers and folders of the person and of the organizations, beside every screen of the area. */
export function TreePanel({ openedEntryId }: TreePanelProps) {
  const { t } = useTranslation('entries');
  const [search, setSearch] = useState('');
  const [question, setQuestion] = useState<Question>();
  const tree = useRef<HTMLDivElement>(null);
  const { data: index, isError, refetch } = useQuery(servers);
  const match = useMatchRoute()({ to: '/servers/$entryId', fuzzy: true });
  const opened = openedEntryId ?? (match === false ? undefined : Number(match.entryId));
  const navigate = useNavigate();
  const closeQuestion = () => {
    setQuestion(undefined);
    returnFocus(tree.current);
  };
  return (
    <section className={classes['root']} aria-label={t('title')}>
      <div className={classes['bar']}>
        <SearchBox value={search} onChange={setSearch} index={index} onDown={() => tree.current?.focus()} />
        <Menu position="bottom-start">
          <Menu.Target>
            <ActionIcon size={28} aria-label={t('tree.add')}>
              <IconPlus size={18} stroke={1.6} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <AddMenu onAsk={setQuestion} />
          </Menu.Dropdown>
        </Menu>
      </div>
      {index !== undefined && (
        <TreeRows index={index} search={search} opened={opened} treeRef={tree} onAsk={setQuestion} />
      )}
      {isError && (
        <div className={classes['note']} role="alert">
          {t('tree.failed')}
          <Button variant="default" size="compact-sm" onClick={() => void refetch()}>
            {t('tree.retry')}
          </Button>
        </div>
      )}
      <Dialogs
        question={question}
        onClose={closeQuestion}
        onDeleted={(entryId) => {
          if (entryId === opened) void navigate({ to: '/servers' });
        }}
      />
    </section>
  );
}

/** Returns the focus to the tree when the element that had it is removed. */
function returnFocus(tree: HTMLElement | null): void {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) tree?.focus();
  });
}

interface SearchBoxProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly index: TreeIndex | undefined;
  readonly onDown: () => void;
}

/** Filters the tree; Enter connects to the first server found, or to the address that was typed. */
function SearchBox({ value, onChange, index, onDown }: SearchBoxProps) {
  const { t } = useTranslation(['entries', 'app']);
  const connect = useConnect();
  const quickConnect = useQuickConnect();
  const act = () => {
    const [first] =
      index === undefined || value.trim() === ''
        ? []
        : rowsOf(index, { search: value, collapsed: new Set(), favourites: [] }).filter(
            ({ kind }) => kind === 'server',
          );
    if (first?.kind === 'server') connect({ entryId: first.entry.id, name: first.entry.name });
    else if (!quickConnect(value)) return;
    onChange('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') onDown();
    else if (event.key === 'Escape' && value !== '') onChange('');
    else if (event.key === 'Enter') act();
    else return;
    event.preventDefault();
  };
  return (
    <TextInput
      className={classes['search']}
      type="search"
      aria-label={t('tree.find')}
      placeholder={t('tree.find')}
      leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
      leftSectionWidth={30}
      rightSection={value === '' ? <Kbd className={classes['key']}>{t('app:shortcuts.keys.control')} K</Kbd> : null}
      rightSectionWidth={50}
      rightSectionPointerEvents="none"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      autoComplete="off"
      spellCheck={false}
    />
  );
}

interface TreeRowsProps {
  readonly index: TreeIndex;
  readonly search: string;
  readonly opened: number | undefined;
  readonly treeRef: React.RefObject<HTMLDivElement | null>;
  readonly onAsk: (question: Question) => void;
}

function TreeRows({ index, search, opened, treeRef, onAsk }: TreeRowsProps) {
  const { t } = useTranslation('entries');
  const { favourites } = usePreferences();
  const [collapsed, fold] = useCollapsed();
  const quickConnect = useQuickConnect();
  const sought = useDeferredValue(search);
  const rows = useMemo(
    () => rowsOf(index, { collapsed, search: sought, favourites }),
    [index, collapsed, sought, favourites],
  );
  const address = parseQuickAddress(search);
  if (rows.length === 0)
    return (
      <div className={classes['note']} role="status">
        {t('tree.nothing')}
        {address !== undefined && (
          <Button variant="default" onClick={() => quickConnect(search)} className={classes['quick']}>
            {t('tree.connectTo', { address: formatAddress(address) })}
          </Button>
        )}
      </div>
    );
  return (
    <TreeView
      index={index}
      rows={rows}
      opened={opened}
      searching={sought !== ''}
      treeRef={treeRef}
      onFold={fold}
      onAsk={onAsk}
    />
  );
}
