import type { PaneContent } from './workspace.ts';

/** Marks the data of our own drags. */
const content = Symbol('something to open in a pane');

type DragData = Record<string | symbol, unknown>;

/** The data of a drag that can be dropped on a pane and opens beside it. */
export function dragDataOf(opened: PaneContent): DragData {
  return { [content]: opened };
}

/** Marks the data of a pane that is dragged by its heading. */
const pane = Symbol('a pane');

interface DraggedPane {
  readonly tabId: string;
  readonly paneId: string;
}

/** The data of a pane that is dragged. */
export function paneDragDataOf(dragged: DraggedPane): DragData {
  return { [pane]: dragged };
}

/** Reads the data of a drag; undefined if it is not a pane. */
export function draggedPaneOf(data: DragData): DraggedPane | undefined {
  return data[pane] as DraggedPane | undefined;
}

/** A dragged tab, or content for a new pane. */
export type Dragged = { readonly content: PaneContent } | { readonly tabId: string };

/** Reads the data of a drag; undefined if it cannot be dropped on a pane. */
export function draggedOf(data: DragData): Dragged | undefined {
  if (data[content] !== undefined) return { content: data[content] as PaneContent };
  return typeof data['tabId'] === 'string' ? { tabId: data['tabId'] } : undefined;
}
