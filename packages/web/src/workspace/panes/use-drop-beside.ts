import { attachClosestEdge, extractClosestEdge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge';
import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { useEffect, useState, type RefObject } from 'react';
import { draggedOf, type Dragged } from '../drag.ts';
import { canSplit, type SplitDirection } from '../layout.ts';
import { joinBeside, openBeside, workspace } from '../store.ts';
import type { Pane, Tab } from '../workspace.ts';

const directions = { right: 'right', bottom: 'below' } as const;

/** Accepts tabs, and whatever opens in a pane, as drops on a pane; returns the half that the drop would use. */
export function useDropBeside(
  element: RefObject<HTMLElement | null>,
  { id: tabId, layout }: Tab,
  { id: paneId }: Pane,
): SplitDirection | undefined {
  const [over, setOver] = useState<SplitDirection>();
  useEffect(() => {
    const pane = element.current;
    if (pane === null) return undefined;
    const hasRoom = (dragged: Dragged | undefined): dragged is Dragged => {
      if (dragged === undefined) return false;
      if ('content' in dragged) return canSplit(layout, paneId);
      const tab = workspace.get().tabs.find(({ id }) => id === dragged.tabId);
      return tab !== undefined && tab.id !== tabId && canSplit(layout, paneId, tab.layout);
    };
    return dropTargetForElements({
      element: pane,
      canDrop: ({ source }) => hasRoom(draggedOf(source.data)),
      getData: ({ input }) => attachClosestEdge({}, { element: pane, input, allowedEdges: ['right', 'bottom'] }),
      onDrag: ({ self }) => {
        setOver(directionOf(self.data));
      },
      onDragLeave: () => {
        setOver(undefined);
      },
      onDrop: ({ self, source }) => {
        setOver(undefined);
        const dragged = draggedOf(source.data);
        const beside = { tabId, paneId, direction: directionOf(self.data) };
        if (!hasRoom(dragged)) return;
        if ('content' in dragged) openBeside(dragged.content, beside);
        else joinBeside(dragged.tabId, beside);
      },
    });
  }, [element, tabId, layout, paneId]);
  return over;
}

function directionOf(data: Record<string | symbol, unknown>): SplitDirection {
  return directions[(extractClosestEdge(data) ?? 'right') as keyof typeof directions];
}
