import type { Target } from './workspace.ts';

/** Nothing else that is dragged has it. */
const server = Symbol('a server to open a terminal on');

type DragData = Record<string | symbol, unknown>;

/** What a dragged server carries, so that it can be dropped on a terminal. */
export function dataOfServer(target: Target): DragData {
  return { [server]: target };
}

/** What is dragged, where it is something to put beside a terminal. */
export type Dragged = { readonly server: Target } | { readonly tabId: string };

export function draggedOf(data: DragData): Dragged | undefined {
  if (data[server] !== undefined) return { server: data[server] as Target };
  return typeof data['tabId'] === 'string' ? { tabId: data['tabId'] } : undefined;
}
