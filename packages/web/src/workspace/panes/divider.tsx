import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { minRatio, type SplitDirection } from '../layout.ts';
import type { Rectangle } from '../rectangles.ts';
import { changeWorkspace } from '../store.ts';
import { resizePanes } from '../workspace.ts';
import classes from './pane.module.css';

const keyStep = 0.02;

interface DividerProps {
  readonly tabId: string;
  readonly splitId: string;
  readonly direction: SplitDirection;
  readonly ratio: number;
  readonly rectangle: Rectangle;
}

/** The line between two panes: dragged, or moved by the arrow keys; a double click makes both halves equal. */
export function Divider({ tabId, splitId, direction, ratio, rectangle }: DividerProps) {
  const { t } = useTranslation('workspace');
  const line = useRef<HTMLDivElement>(null);
  const [isDragged, setIsDragged] = useState(false);
  const isUpright = direction === 'right';
  const resize = (next: number) => {
    changeWorkspace((known) => resizePanes(known, tabId, { id: splitId, ratio: next }));
  };
  function onPointerMove({ clientX, clientY }: PointerEvent): void {
    const room = line.current?.parentElement?.getBoundingClientRect();
    if (!isDragged || room === undefined) return;
    const share = isUpright ? (clientX - room.left) / room.width : (clientY - room.top) / room.height;
    resize(isUpright ? (share - rectangle.x) / rectangle.width : (share - rectangle.y) / rectangle.height);
  }
  function onKeyDown(event: KeyboardEvent): void {
    const [less, more] = isUpright ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    if (event.key === less) resize(ratio - keyStep);
    else if (event.key === more) resize(ratio + keyStep);
    else if (event.key === 'Home') resize(minRatio);
    else if (event.key === 'End') resize(1 - minRatio);
    else return;
    event.preventDefault();
  }
  return (
    <div
      ref={line}
      className={classes['divider']}
      style={
        isUpright
          ? {
              left: percent(rectangle.x + rectangle.width * ratio),
              top: percent(rectangle.y),
              height: percent(rectangle.height),
            }
          : {
              top: percent(rectangle.y + rectangle.height * ratio),
              left: percent(rectangle.x),
              width: percent(rectangle.width),
            }
      }
      data-direction={direction}
      data-dragged={isDragged || undefined}
      role="separator"
      tabIndex={0}
      aria-label={t('pane.divider')}
      aria-orientation={isUpright ? 'vertical' : 'horizontal'}
      aria-valuenow={Math.round(ratio * 100)}
      aria-valuemin={minRatio * 100}
      aria-valuemax={100 - minRatio * 100}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setIsDragged(true);
      }}
      onPointerMove={onPointerMove}
      onLostPointerCapture={() => {
        setIsDragged(false);
      }}
      onDoubleClick={() => {
        resize(0.5);
      }}
      onKeyDown={onKeyDown}
    />
  );
}

function percent(share: number): string {
  return `${share * 100}%`;
}
