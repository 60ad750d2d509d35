import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type RefObject } from 'react';
import { separate } from '../actions.ts';
import { draggedPaneOf } from '../drag.ts';
import { workspace } from '../store.ts';

/** Accepts panes that are dragged to the strip by their heading: they get a tab of their own. Returns whether one is over it. */
export function usePaneDrop(list: RefObject<HTMLElement | null>): boolean {
  const navigate = useNavigate();
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const element = list.current;
    if (element === null) return undefined;
    return dropTargetForElements({
      element,
      canDrop: ({ source }) => draggedPaneOf(source.data) !== undefined,
      onDragEnter: () => {
        setIsOver(true);
      },
      onDragLeave: () => {
        setIsOver(false);
      },
      onDrop: ({ source }) => {
        setIsOver(false);
        const dragged = draggedPaneOf(source.data);
        const tab = workspace.get().tabs.find(({ id }) => id === dragged?.tabId);
        if (dragged === undefined || tab === undefined) return;
        const tabId = separate({ ...tab, activePaneId: dragged.paneId });
        void navigate({ to: '/terminals/$tabId', params: { tabId } });
      },
    });
  }, [list, navigate]);
  return isOver;
}
