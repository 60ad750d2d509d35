import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { ActionIcon } from '@mantine/core';
import { IconChevronRight, IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { paneDragDataOf } from '../drag.ts';
import { panesOf } from '../layout.ts';
import { useObservable } from '../../lib/observable.ts';
import type { PaneRuntime } from '../pane-kind.ts';
import { activatePane } from '../store.ts';
import type { Pane, Tab } from '../workspace.ts';
import classes from './pane.module.css';

interface PaneHeadProps {
  readonly tab: Tab;
  readonly pane: Pane;
  /** Undefined if the kind is not registered. */
  readonly runtime: PaneRuntime | undefined;
  readonly onClose: () => void;
}

/** The heading of one of several panes. */
export function PaneHead({ tab, pane, runtime, onClose }: PaneHeadProps) {
  const { t } = useTranslation('workspace');
  const order = panesOf(tab.layout);
  const next = order[(order.indexOf(pane.id) + 1) % order.length];
  const head = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = head.current;
    if (element === null) return undefined;
    return draggable({ element, getInitialData: () => paneDragDataOf({ tabId: tab.id, paneId: pane.id }) });
  }, [tab.id, pane.id]);
  return (
    <header ref={head} className={classes['head']}>
      <span className={classes['name']}>{pane.target.name}</span>
      <span className={classes['title']}>{runtime && <Title runtime={runtime} />}</span>
      <ActionIcon
        className={classes['only-phone']}
        size={24}
        aria-label={t('pane.nextPane')}
        onClick={() => {
          if (next !== undefined) activatePane(tab.id, next);
        }}
      >
        <IconChevronRight size={14} aria-hidden />
      </ActionIcon>
      <ActionIcon size={24} aria-label={t('pane.close')} onClick={onClose}>
        <IconX size={14} aria-hidden />
      </ActionIcon>
    </header>
  );
}

function Title({ runtime }: { readonly runtime: PaneRuntime }) {
  return useObservable(runtime.title);
}
