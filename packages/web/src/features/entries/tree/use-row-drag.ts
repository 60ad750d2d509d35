import {
  attachInstruction,
  extractInstruction,
  type Operation,
} from '@atlaskit/pragmatic-drag-and-drop-hitbox/list-item';
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { useEffect, useState, type RefObject } from 'react';
import { dragDataOf } from '../../../workspace/commands.ts';
import { terminalOn } from '../commands.ts';
import type { TreeNode } from '../tree-index.ts';
import type { TreeRow } from '../tree-rows.ts';
import { nodeOf } from './drops.ts';
import type { RowActions } from './row-actions.ts';

const kind = Symbol('a node of the tree of servers');

interface RowDrag {
  readonly elementRef: RefObject<HTMLElement | null>;
  readonly row: TreeRow;
  readonly enabled: boolean;
  readonly actions: Pick<RowActions, 'mayDrag' | 'operationsOn' | 'drop'>;
}

/** Makes a row a drag source and a drop target; returns the drop operation that is hovered. */
export function useRowDrag({ elementRef, row, enabled, actions }: RowDrag): Operation | undefined {
  const [over, setOver] = useState<Operation>();
  useEffect(() => {
    const element = elementRef.current;
    if (element === null || !enabled) return;
    const drag = draggable({
      element,
      // Everyone may drag a server onto a pane.
      canDrag: () => row.kind === 'server' || actions.mayDrag(row),
      getInitialData: () => ({
        ...(actions.mayDrag(row) && { [kind]: nodeOf(row) }),
        ...(row.kind === 'server' && dragDataOf(terminalOn({ entryId: row.entry.id, name: row.entry.name }))),
      }),
    });
    const drop = dropTargetForElements({
      element,
      canDrop: ({ source }) => draggedOf(source.data) !== undefined,
      getData: ({ source, input }) => {
        const dragged = draggedOf(source.data);
        const operations = dragged === undefined ? {} : actions.operationsOn(row, dragged);
        return attachInstruction({}, { input, element, operations });
      },
      onDrag: ({ self }) => setOver(extractInstruction(self.data)?.operation),
      onDragLeave: () => setOver(undefined),
      onDrop: ({ self, source }) => {
        setOver(undefined);
        const operation = extractInstruction(self.data)?.operation;
        const dragged = draggedOf(source.data);
        if (operation !== undefined && dragged !== undefined) actions.drop(row, dragged, operation);
      },
    });
    return combine(drag, drop);
  }, [elementRef, row, enabled, actions]);
  return over;
}

function draggedOf(data: Record<string | symbol, unknown>): TreeNode | undefined {
  return data[kind] as TreeNode | undefined;
}
