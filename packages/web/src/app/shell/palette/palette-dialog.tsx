import { Kbd, Modal } from '@mantine/core';
import {
  IconBolt,
  IconKey,
  IconSearch,
  IconServer2,
  IconTerminal2,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useFocusBack } from '../../../ui/focus-back.ts';
import type { Item } from './find.ts';
import classes from './palette-dialog.module.css';
import { useItems, type Scope } from './use-items.ts';

const pageSize = 8;

const icons: Readonly<Record<Item['kind'], TablerIcon>> = {
  terminal: IconTerminal2,
  server: IconServer2,
  identity: IconKey,
  organization: IconUsers,
  action: IconBolt,
};

interface PaletteDialogProps {
  /** Where it searches: everywhere, or in the open tabs. */
  readonly scope: Scope;
  readonly onClose: () => void;
}

/** Finds any server, identity, organization or action by a few letters of its name. */
export function PaletteDialog({ scope, onClose }: PaletteDialogProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const listId = useId();
  const items = useItems(typed, scope);
  useFocusBack();
  const current = items[Math.min(active, items.length - 1)];

  function choose(item: Item | undefined, other: boolean): void {
    if (item === undefined) return;
    // First, so that the action can open another overlay.
    onClose();
    if (other && item.runOther !== undefined) item.runOther();
    else item.run();
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter') choose(current, event.shiftKey);
    else {
      const next = indexAfter(event.key, Math.min(active, items.length - 1), items.length);
      if (next === undefined) return;
      setActive(next);
    }
    event.preventDefault();
  }

  return (
    <Modal.Root
      opened
      onClose={onClose}
      returnFocus={false}
      centered={false}
      yOffset="12vh"
      size={620}
      padding={0}
      transitionProps={{ duration: 80 }}
    >
      <Modal.Overlay />
      <Modal.Content aria-label={t(scope === 'tabs' ? 'palette.tabsTitle' : 'palette.title')}>
        <div className={classes['head']}>
          <IconSearch size={18} stroke={1.6} aria-hidden />
          <input
            className={classes['input']}
            role="combobox"
            aria-expanded
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={current === undefined ? undefined : `${listId}-${current.key}`}
            aria-label={t(scope === 'tabs' ? 'palette.tabsLabel' : 'palette.label')}
            placeholder={t(scope === 'tabs' ? 'palette.tabsPlaceholder' : 'palette.placeholder')}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            data-autofocus
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setActive(0);
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        <Results items={items} current={current} listId={listId} onChoose={(item) => choose(item, false)} />
        <Foot scope={scope} hasOther={current?.runOther !== undefined} />
      </Modal.Content>
    </Modal.Root>
  );
}

/** The index that a navigation key selects, wrapping around; undefined for other keys. */
function indexAfter(key: string, at: number, count: number): number | undefined {
  if (count === 0) return undefined;
  switch (key) {
    case 'ArrowDown':
      return (at + 1) % count;
    case 'ArrowUp':
      return (at - 1 + count) % count;
    case 'PageDown':
      return Math.min(at + pageSize, count - 1);
    case 'PageUp':
      return Math.max(at - pageSize, 0);
    default:
      return undefined;
  }
}

interface ResultsProps {
  readonly items: readonly Item[];
  readonly current: Item | undefined;
  readonly listId: string;
  readonly onChoose: (item: Item) => void;
}

function Results({ items, current, listId, onChoose }: ResultsProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <>
      <div ref={list} id={listId} role="listbox" aria-label={t('palette.results')} className={classes['list']}>
        {items.map((item) => {
          const Icon = icons[item.kind];
          return (
            <div
              key={item.key}
              id={`${listId}-${item.key}`}
              role="option"
              aria-selected={item.key === current?.key}
              className={classes['item']}
              onClick={() => onChoose(item)}
            >
              <Icon size={18} stroke={1.6} aria-hidden />
              <span className={classes['name']}>{item.name}</span>
              {item.detail !== undefined && <span className={classes['detail']}>{item.detail}</span>}
              {item.keys !== undefined && <Kbd size="xs">{item.keys}</Kbd>}
              <span className={classes['kind']}>{t(`palette.kinds.${item.kind}`)}</span>
            </div>
          );
        })}
      </div>
      <div role="status" className={classes['nothing']}>
        {items.length === 0 && t('palette.nothing')}
      </div>
    </>
  );
}

function Foot({ scope, hasOther }: { readonly scope: Scope; readonly hasOther: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={classes['foot']}>
      <span>
        <Kbd>↑</Kbd> <Kbd>↓</Kbd> {t('palette.move')}
      </span>
      <span>
        <Kbd>{t('shortcuts.keys.enter')}</Kbd> {hasOther ? t('palette.connect') : t('palette.open')}
      </span>
      {hasOther && (
        <span>
          <Kbd>{t('shortcuts.keys.shift')}</Kbd> <Kbd>{t('shortcuts.keys.enter')}</Kbd> {t('palette.show')}
        </span>
      )}
      {scope === 'all' && (
        <span className={classes['more']}>
          <Kbd>&gt;</Kbd> {t('palette.onlyActions')}
        </span>
      )}
    </div>
  );
}
