import { z } from 'zod';

/** The position of the second half of a split. */
export type SplitDirection = 'right' | 'below';

/** The arrangement of a tab's panes: one pane, or two layouts with a divider between them. */
export type Layout =
  | { readonly kind: 'pane'; readonly paneId: string }
  | {
      readonly kind: 'split';
      readonly id: string;
      readonly direction: SplitDirection;
      /** The share of the first half, from `minRatio` to 1 - `minRatio`. */
      readonly ratio: number;
      readonly first: Layout;
      readonly second: Layout;
    };

/** No half gets smaller than this share. */
export const minRatio = 0.1;
/** The depth of nested splits; with more, panes would be too small to read. */
const maxDepth = 4;

const paneLayout = z.object({ kind: z.literal('pane'), paneId: z.string() });
const splitLayout = z.object({
  kind: z.literal('split'),
  id: z.string(),
  direction: z.enum(['right', 'below']),
  ratio: z
    .number()
    .min(minRatio)
    .max(1 - minRatio),
  get first() {
    return layoutSchema;
  },
  get second() {
    return layoutSchema;
  },
});

/** The part of a layout that survives a reload. */
export const layoutSchema: z.ZodType<Layout> = z.lazy(() => z.discriminatedUnion('kind', [paneLayout, splitLayout]));

/** The panes in reading order. */
export function panesOf(layout: Layout): readonly string[] {
  return layout.kind === 'pane' ? [layout.paneId] : [...panesOf(layout.first), ...panesOf(layout.second)];
}

/** Whether the pane is in the layout and has room beside it: for one more, or for a whole layout. */
export function canSplit(layout: Layout, paneId: string, added?: Layout): boolean {
  const depth = depthOf(layout, paneId);
  return depth >= 0 && depth + (added === undefined ? 0 : heightOf(added)) < maxDepth;
}

/** The number of splits above a pane; negative if it is not in the layout. */
function depthOf(layout: Layout, paneId: string): number {
  if (layout.kind === 'pane') return layout.paneId === paneId ? 0 : -Infinity;
  return 1 + Math.max(depthOf(layout.first, paneId), depthOf(layout.second, paneId));
}

function heightOf(layout: Layout): number {
  return layout.kind === 'pane' ? 0 : 1 + Math.max(heightOf(layout.first), heightOf(layout.second));
}

interface Split {
  readonly id: string;
  readonly paneId: string;
  readonly added: Layout;
  readonly direction: SplitDirection;
}

/** Splits a pane into two equal halves: its own, and one for the added layout. */
export function splitPane(layout: Layout, { id, paneId, added, direction }: Split): Layout {
  return mapLayout(layout, (part) =>
    part.kind === 'pane' && part.paneId === paneId
      ? { kind: 'split', id, direction, ratio: 0.5, first: part, second: added }
      : part,
  );
}

/** Removes a pane; its neighbour gets the room. Undefined if it was the last. */
export function removePane(layout: Layout, paneId: string): Layout | undefined {
  if (layout.kind === 'pane') return layout.paneId === paneId ? undefined : layout;
  const first = removePane(layout.first, paneId);
  const second = removePane(layout.second, paneId);
  if (first === undefined || second === undefined) return first ?? second;
  return { ...layout, first, second };
}

/** Moves the divider of a split; the share is clamped to its bounds. */
export function resizeSplit(layout: Layout, splitId: string, ratio: number): Layout {
  const bounded = Math.min(1 - minRatio, Math.max(minRatio, ratio));
  return mapLayout(layout, (part) =>
    part.kind === 'split' && part.id === splitId ? { ...part, ratio: bounded } : part,
  );
}

function mapLayout(layout: Layout, change: (part: Layout) => Layout): Layout {
  const changed = change(layout);
  if (changed !== layout || layout.kind === 'pane') return changed;
  const first = mapLayout(layout.first, change);
  const second = mapLayout(layout.second, change);
  return first === layout.first && second === layout.second ? layout : { ...layout, first, second };
}
