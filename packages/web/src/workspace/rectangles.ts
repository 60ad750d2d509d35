import type { Layout, SplitDirection } from './layout.ts';

/** A rectangle within the tab, in shares of its width and height. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface DividerRectangle {
  readonly splitId: string;
  readonly direction: SplitDirection;
  readonly ratio: number;
  /** The rectangle of the whole split. */
  readonly rectangle: Rectangle;
}

interface Rectangles {
  readonly panes: readonly { readonly paneId: string; readonly rectangle: Rectangle }[];
  readonly dividers: readonly DividerRectangle[];
}

const whole: Rectangle = { x: 0, y: 0, width: 1, height: 1 };

/** The rectangles of all panes and dividers. A flat list, so that a pane stays the same element when the layout around it changes. */
export function rectanglesOf(layout: Layout, rectangle: Rectangle = whole): Rectangles {
  if (layout.kind === 'pane') return { panes: [{ paneId: layout.paneId, rectangle }], dividers: [] };
  const { id: splitId, direction, ratio } = layout;
  const [firstRectangle, secondRectangle] = divide(rectangle, direction, ratio);
  const first = rectanglesOf(layout.first, firstRectangle);
  const second = rectanglesOf(layout.second, secondRectangle);
  return {
    panes: [...first.panes, ...second.panes],
    dividers: [{ splitId, direction, ratio, rectangle }, ...first.dividers, ...second.dividers],
  };
}

function divide(rectangle: Rectangle, direction: SplitDirection, ratio: number): [Rectangle, Rectangle] {
  const { x, y, width, height } = rectangle;
  if (direction === 'right') {
    const first = width * ratio;
    return [
      { ...rectangle, width: first },
      { ...rectangle, x: x + first, width: width - first },
    ];
  }
  const first = height * ratio;
  return [
    { ...rectangle, height: first },
    { ...rectangle, y: y + first, height: height - first },
  ];
}
