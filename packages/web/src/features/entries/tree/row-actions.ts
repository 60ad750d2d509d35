import type { Operation } from '@atlaskit/pragmatic-drag-and-drop-hitbox/list-item';
import type { TreeNode } from '../tree-index.ts';
import type { TreeRow } from '../tree-rows.ts';
import type { Operations } from './drops.ts';

interface At {
  readonly x: number;
  readonly y: number;
}

/** The actions of a row. */
export interface RowActions {
  readonly activate: (row: TreeRow) => void;
  /** The action of a click: opens a server, collapses or expands a folder. */
  readonly show: (row: TreeRow) => void;
  /** The action of Enter and of a double click. */
  readonly connect: (row: TreeRow) => void;
  readonly fold: (key: string, collapsed: boolean) => void;
  readonly rename: (row: TreeRow) => void;
  readonly openMenu: (row: TreeRow, at: At) => void;
  readonly mayDrag: (row: TreeRow) => boolean;
  readonly operationsOn: (row: TreeRow, dragged: TreeNode) => Operations;
  readonly drop: (row: TreeRow, dragged: TreeNode, operation: Operation) => void;
}
