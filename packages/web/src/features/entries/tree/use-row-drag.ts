import {
  attachInstruction,
  extractInstruction,
  type Operation,
} from '@atlaskit/pragmatic-drag-and-drop-hitbox/list-item';
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { useEffect, useEffectEvent, useState, type RefObject } from 'react';
import type { Question } from '../actions/dialogs.tsx';
import { changesOwner, useMove } from '../actions/use-move.ts';
import { useManages } from '../queries.ts';
import type { TreeIndex, TreeNode } from '../tree-index.ts';
import type { TreeRow } from '../tree-rows.ts';
import { dropOf, operationsOn } from './drops.ts';

const kind = Symbol('a node of the tree of servers');

interface RowDrag {
  readonly line: RefObject<HTMLElement | null>;
  readonly row: TreeRow;
  readonly index: TreeIndex;
  readonly enabled: boolean;
  readonly ask: (question: Question) => void;
}

/** Makes a line draggable and a place to drop others; returns where over it something hovers. */
export function useRowDrag({ line, row, index, enabled, ask }: RowDrag): Operation | undefined {
  const [over, setOver] = useState<Operation>();
  const manages = useManages();
  const move = useMove();
  const node = nodeOf(row);
  const nodeKey = node === undefined || !manages(node.organizationId) ? undefined : `${node.type}-${node.id}`;

  const available = useEffectEvent((dragged: TreeNode) => operationsOn(index, { row, dragged, manages }));
  const onDrop = useEffectEvent((dragged: TreeNode, operation: Operation) => {
    const target = dropOf(row, operation);
    if (target === undefined) return;
    if (changesOwner(dragged, target)) ask({ kind: 'cross', node: dragged, target });
    else void move(index, dragged, target);
  });
  const current = useEffectEvent(() => node);

  useEffect(() => {
    const element = line.current;
    if (element === null || !enabled) return;
    const drag = draggable({
      element,
      canDrag: () => nodeKey !== undefined,
      getInitialData: () => ({ [kind]: current() }),
    });
    const drop = dropTargetForElements({
      element,
      canDrop: ({ source }) => draggedOf(source.data) !== undefined,
      getData: ({ source, input }) => {
        const dragged = draggedOf(source.data);
        const operations = dragged === undefined ? {} : available(dragged);
        return attachInstruction({}, { input, element, operations });
      },
      onDrag: ({ self }) => setOver(extractInstruction(self.data)?.operation),
      onDragLeave: () => setOver(undefined),
      onDrop: ({ self, source }) => {
        setOver(undefined);
        const operation = extractInstruction(self.data)?.operation;
        const dragged = draggedOf(source.data);
        if (operation !== undefined && dragged !== undefined) onDrop(dragged, operation);
      },
    });
    return combine(drag, drop);
  }, [line, enabled, nodeKey]);
  return over;
}

function draggedOf(data: Record<string | symbol, unknown>): TreeNode | undefined {
  return data[kind] as TreeNode | undefined;
}

/** Favourites stand for servers elsewhere, so that they stay where they are. */
function nodeOf(row: TreeRow): TreeNode | undefined {
  if (row.kind === 'folder') return row.folder;
  return row.kind === 'server' && !row.key.startsWith('favourite-') ? row.entry : undefined;
}
