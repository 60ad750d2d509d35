import { attachClosestEdge, extractClosestEdge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge';
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { ActionIcon, TextInput } from '@mantine/core';
import { IconBell, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Status, type Tone } from '../../ui/chip.tsx';
import { observable, useObservable } from '../../lib/observable.ts';
import { activeOpenPaneOf } from '../actions.ts';
import { nameOf, shownNameOf } from '../names.ts';
import type { PaneRuntime, PaneState } from '../pane-kind.ts';
import { changeWorkspace, useWorkspace, workspace } from '../store.ts';
import { useKeyHint, withHint } from '../tab-actions.ts';
import { unseenIn, unseenPanes } from '../unseen.ts';
import { moveTab, renameTab, type Tab } from '../workspace.ts';
import classes from './tab-strip.module.css';

const tones: Readonly<Record<PaneState, Tone>> = {
  new: 'neutral',
  asks: 'warn',
  connecting: 'warn',
  joining: 'warn',
  open: 'ok',
  silent: 'warn',
  lost: 'warn',
  elsewhere: 'neutral',
  exited: 'neutral',
  failed: 'bad',
};

interface TabItemProps {
  readonly tab: Tab;
  readonly isActive: boolean;
  readonly isRenamed: boolean;
  readonly onRename: (renames: boolean) => void;
  /** Opens the context menu there, in pixels of the window. */
  readonly onMenu: (x: number, y: number) => void;
  readonly onClose: () => void;
}

/** One tab: click shows it, double click renames it, the middle button closes it, dragging moves it. */
export function TabItem({ tab, isActive, isRenamed, onRename, onMenu, onClose }: TabItemProps) {
  const { t } = useTranslation('workspace');
  const { state, title } = useShown(tab);
  const { item, edge, isDragged } = useDragging(tab.id);
  const { tabs } = useWorkspace();
  const name = shownNameOf(tab, tabs);
  const closeKeys = useKeyHint('closeTab');
  const unseen = unseenIn(tab, useObservable(unseenPanes));
  return (
    <li
      ref={item}
      className={classes['tab']}
      data-active={isActive || undefined}
      data-edge={edge}
      data-dragged={isDragged || undefined}
      data-unseen={unseen}
      onContextMenu={(event) => {
        if (isRenamed) return;
        event.preventDefault();
        const { left, bottom } = event.currentTarget.getBoundingClientRect();
        // A key has no position.
        if (event.button === 2) onMenu(event.clientX, event.clientY);
        else onMenu(left, bottom);
      }}
      onAuxClick={(event) => {
        if (event.button !== 1) return;
        event.preventDefault();
        onClose();
      }}
    >
      {isRenamed ? (
        <RenameField
          tab={tab}
          onDone={() => {
            onRename(false);
          }}
        />
      ) : (
        <Link
          to="/terminals/$tabId"
          params={{ tabId: tab.id }}
          className={classes['link']}
          title={title === '' ? undefined : title}
          draggable={false}
          aria-current={isActive ? 'page' : undefined}
          onDoubleClick={() => {
            onRename(true);
          }}
        >
          {unseen === 'bell' ? (
            <IconBell className={classes['bell']} size={13} aria-hidden />
          ) : (
            <Status tone={tones[state]} />
          )}
          <span className={classes['name']}>{name}</span>
          {unseen === 'activity' && <span className={classes['activity']} aria-hidden />}
          <span className={classes['hidden']}>{t(`tabs.state.${state}`)}</span>
          {unseen !== undefined && <span className={classes['hidden']}>{t(`tabs.unseen.${unseen}`)}</span>}
        </Link>
      )}
      <ActionIcon
        className={classes['close']}
        aria-label={t('tabs.close', { name })}
        title={withHint(t('tabs.closeHint'), isActive ? closeKeys : undefined)}
        onClick={onClose}
      >
        <IconX size={14} aria-hidden />
      </ActionIcon>
    </li>
  );
}

/** The runtime of an unknown kind: it never changes. */
const nothing: Pick<PaneRuntime, 'state' | 'title'> = { state: observable<PaneState>('new'), title: observable('') };

/** The state and the title of the active pane. */
function useShown(tab: Tab) {
  const runtime = activeOpenPaneOf(tab)?.runtime ?? nothing;
  return { state: useObservable(runtime.state), title: useObservable(runtime.title) };
}

function RenameField({ tab, onDone }: { readonly tab: Tab; readonly onDone: () => void }) {
  const { t } = useTranslation('workspace');
  const [text, setText] = useState(nameOf(tab));
  const isCalledOff = useRef(false);
  function finish(): void {
    if (!isCalledOff.current) changeWorkspace((known) => renameTab(known, tab.id, text));
    onDone();
  }
  return (
    <TextInput
      className={classes['rename']}
      size="xs"
      styles={{ input: { minHeight: 24, height: 24 } }}
      aria-label={t('tabs.rename')}
      value={text}
      maxLength={60}
      autoFocus
      onFocus={(event) => {
        event.currentTarget.select();
      }}
      onChange={(event) => {
        setText(event.currentTarget.value);
      }}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Escape') isCalledOff.current = true;
        if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur();
      }}
    />
  );
}

type Edge = 'left' | 'right';

function useDragging(tabId: string) {
  const item = useRef<HTMLLIElement>(null);
  const [edge, setEdge] = useState<Edge>();
  const [isDragged, setIsDragged] = useState(false);
  useEffect(() => {
    const element = item.current;
    if (element === null) return undefined;
    const clear = () => {
      setEdge(undefined);
    };
    return combine(
      draggable({
        element,
        getInitialData: () => ({ tabId }),
        onDragStart: () => {
          setIsDragged(true);
        },
        onDrop: () => {
          setIsDragged(false);
        },
      }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => typeof source.data['tabId'] === 'string' && source.data['tabId'] !== tabId,
        getData: ({ input }) => attachClosestEdge({ tabId }, { element, input, allowedEdges: ['left', 'right'] }),
        onDrag: ({ self }) => {
          setEdge(extractClosestEdge(self.data) as Edge | undefined);
        },
        onDragLeave: clear,
        onDrop: ({ source, self }) => {
          clear();
          dropBeside(String(source.data['tabId']), tabId, extractClosestEdge(self.data) === 'right');
        },
      }),
    );
  }, [tabId]);
  return { item, edge, isDragged };
}

function dropBeside(dragged: string, target: string, isBehind: boolean): void {
  const others = workspace.get().tabs.filter(({ id }) => id !== dragged);
  const index = others.findIndex(({ id }) => id === target);
  changeWorkspace((known) => moveTab(known, dragged, isBehind ? index + 1 : index));
}
