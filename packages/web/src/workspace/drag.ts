import type { PaneContent } from './workspace.ts';

/** Marks the data of our own drags. */
const content = Symbol('something to open in a pane');

type DragData = Record<string | symbol, unknown>;

/** The data of a drag that can be dropped on a pane and opens beside it. */
export function dragDataOf(opened: PaneContent): DragData {
  return { [content]: opened };
}

/** A dragged tab, or content for a new pane. */
export type Dragged = { readonly content: PaneContent } | { readonly tabId: string };

/** Reads the data of a drag; undefined if it cannot be dropped on a pane. */
export function draggedOf(data: DragData): Dragged | undefined {
  if (data[content] !== undefined) return { content: data[content] as PaneContent };
  return typeof data['tabId'] === 'string' ? { tabId: data['tabId'] } : undefined;
}
