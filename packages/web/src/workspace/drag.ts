import type { PaneContent } from './workspace.ts';

/** Nothing else that is dragged has it. */
const content = Symbol('something to open in a pane');

type DragData = Record<string | symbol, unknown>;

/** What is dragged carries, so that it can be dropped on a pane and opens beside it. */
export function dragDataOf(opened: PaneContent): DragData {
  return { [content]: opened };
}

/** What is dragged, where it is something to put beside a pane. */
export type Dragged = { readonly content: PaneContent } | { readonly tabId: string };

/** What is dragged with this data; undefined where a pane has no use for it. */
export function draggedOf(data: DragData): Dragged | undefined {
  if (data[content] !== undefined) return { content: data[content] as PaneContent };
  return typeof data['tabId'] === 'string' ? { tabId: data['tabId'] } : undefined;
}
