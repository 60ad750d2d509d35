import { useRef } from 'react';
import { panesOf } from '../layout.ts';
import { openPaneOf } from '../open-panes.ts';
import type { OpenPane } from '../pane-kind.ts';
import type { Place } from '../places.ts';
import { activatePane } from '../store.ts';
import type { Pane, Tab } from '../workspace.ts';
import { PaneHead } from './pane-head.tsx';
import classes from './pane.module.css';
import { UnknownPane } from './unknown-pane.tsx';
import { useDropBeside } from './use-drop-beside.ts';

interface PaneFrameProps {
  readonly tab: Tab;
  readonly pane: Pane;
  readonly place: Place;
  readonly onClose: () => void;
}

/** One pane at its place, with what its kind shows in it. */
export function PaneFrame({ tab, pane, place, onClose }: PaneFrameProps) {
  const opened = openPaneOf(pane);
  const isActive = tab.activePaneId === pane.id;
  const section = useRef<HTMLElement>(null);
  const dropped = useDropBeside(section, tab, pane);
  return (
    <section
      ref={section}
      className={classes['pane']}
      style={{ left: share(place.x), top: share(place.y), width: share(place.width), height: share(place.height) }}
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

/** Several panes are told apart by their numbers. */
function labelOf(opened: OpenPane | undefined, { layout }: Tab, pane: Pane): string {
  const order = panesOf(layout);
  const place = { index: order.indexOf(pane.id) + 1, count: order.length };
  return opened?.kind.labelOf(pane, place) ?? pane.target.name;
}

function share(part: number): string {
  return `${part * 100}%`;
}
