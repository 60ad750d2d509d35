import { attachInstruction, extractInstruction } from '@atlaskit/pragmatic-drag-and-drop-hitbox/list-item';
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { useEffect, useEffectEvent, useState, type RefObject } from 'react';

interface Sortable {
  readonly row: RefObject<HTMLElement | null>;
  readonly handle: RefObject<HTMLElement | null>;
  readonly id: number;
  /** The list of the row: rows are moved only within it. */
  readonly list: string;
  /** Called on the row on which another was dropped. */
  readonly onDrop: (dragged: number, placement: 'before' | 'after') => void;
}

/** Makes a row draggable by its handle within its list; returns the edge over which another row hovers. */
export function useSortable({ row, handle, id, list, onDrop }: Sortable): 'before' | 'after' | undefined {
  const [edge, setEdge] = useState<'before' | 'after'>();
  const drop = useEffectEvent(onDrop);
  useEffect(() => {
    const element = row.current;
    if (element === null || handle.current === null) return;
    return combine(
      draggable({ element, dragHandle: handle.current, getInitialData: () => ({ list, id }) }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => source.data['list'] === list && source.data['id'] !== id,
        getData: ({ input }) =>
          attachInstruction(
            {},
            { input, element, operations: { 'reorder-before': 'available', 'reorder-after': 'available' } },
          ),
        onDrag: ({ self }) => setEdge(placementOf(self.data)),
        onDragLeave: () => setEdge(undefined),
        onDrop: ({ self, source }) => {
          setEdge(undefined);
          const placement = placementOf(self.data);
          const dragged = source.data['id'];
          if (placement !== undefined && typeof dragged === 'number') drop(dragged, placement);
        },
      }),
    );
  }, [row, handle, id, list]);
  return edge;
}

function placementOf(data: Record<string | symbol, unknown>): 'before' | 'after' | undefined {
  const operation = extractInstruction(data)?.operation;
  if (operation === undefined || operation === 'combine') return undefined;
  return operation === 'reorder-before' ? 'before' : 'after';
}
