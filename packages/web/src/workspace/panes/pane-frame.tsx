import { useRef } from 'react';
import { panesOf } from '../layout.ts';
import { openPaneOf } from '../open-panes.ts';
import type { OpenPane } from '../pane-kind.ts';
import type { Rectangle } from '../rectangles.ts';
import { activatePane } from '../store.ts';
import type { Pane, Tab } from '../workspace.ts';
import { PaneHead } from './pane-head.tsx';
import classes from './pane.module.css';
import { UnknownPane } from './unknown-pane.tsx';
import { useDropBeside } from './use-drop-beside.ts';

interface PaneFrameProps {
  readonly tab: Tab;
  readonly pane: Pane;
  readonly rectangle: Rectangle;
  readonly onClose: () => void;
}

/** One pane, positioned in its tab, with the content of its kind. */
export function PaneFrame({ tab, pane, rectangle, onClose }: PaneFrameProps) {
  const opened = openPaneOf(pane);
  const isActive = tab.activePaneId === pane.id;
  const section = useRef<HTMLElement>(null);
  const dropped = useDropBeside(section, tab, pane);
  return (
    <section
      ref={section}
      className={classes['pane']}
      style={{
        left: share(rectangle.x),
        top: share(rectangle.y),
        width: share(rectangle.width),
        height: share(rectangle.height),
      }}
      data-active={isActive || undefined}
      data-drop={dropped}
      aria-label={labelOf(opened, tab, pane)}
      onFocusCapture={() => {
        activatePane(tab.id, pane.id);
      }}
      onPointerDownCapture={() => {
        activatePane(tab.id, pane.id);
      }}
    >
      {tab.panes.length > 1 && <PaneHead tab={tab} pane={pane} runtime={opened?.runtime} onClose={onClose} />}
      {opened === undefined ? (
        <UnknownPane pane={pane} onClose={onClose} />
      ) : (
        <opened.View
          pane={pane}
          isActive={isActive}
          isBroadcast={tab.broadcast && opened.kind.takesBroadcast}
          onClose={onClose}
        />
      )}
    </section>
  );
}

/** Several panes are distinguished by their numbers. */
function labelOf(opened: OpenPane | undefined, { layout }: Tab, pane: Pane): string {
  const order = panesOf(layout);
  const rectangle = { index: order.indexOf(pane.id) + 1, count: order.length };
  return opened?.kind.labelOf(pane, rectangle) ?? pane.target.name;
}

function share(part: number): string {
  return `${part * 100}%`;
}
