import type { Layout, SplitDirection } from './layout.ts';

/** A part of the tab's room, in shares of its width and height. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface PlacedDivider {
  readonly splitId: string;
  readonly direction: SplitDirection;
  readonly ratio: number;
  /** The room of the split as a whole. */
  readonly place: Place;
}

interface Places {
  readonly panes: readonly { readonly paneId: string; readonly place: Place }[];
  readonly dividers: readonly PlacedDivider[];
}

const everything: Place = { x: 0, y: 0, width: 1, height: 1 };

/** Where everything stands. Flat, so that a pane stays the same element however the layout around it changes. */
export function placesOf(layout: Layout, place: Place = everything): Places {
  if (layout.kind === 'pane') return { panes: [{ paneId: layout.paneId, place }], dividers: [] };
  const { id: splitId, direction, ratio } = layout;
  const [firstPlace, secondPlace] = divide(place, direction, ratio);
  const first = placesOf(layout.first, firstPlace);
  const second = placesOf(layout.second, secondPlace);
  return {
    panes: [...first.panes, ...second.panes],
    dividers: [{ splitId, direction, ratio, place }, ...first.dividers, ...second.dividers],
  };
}

function divide(place: Place, direction: SplitDirection, ratio: number): [Place, Place] {
  const { x, y, width, height } = place;
  if (direction === 'right') {
    const first = width * ratio;
    return [
      { ...place, width: first },
      { ...place, x: x + first, width: width - first },
    ];
  }
  const first = height * ratio;
  return [
    { ...place, height: first },
    { ...place, y: y + first, height: height - first },
  ];
}
