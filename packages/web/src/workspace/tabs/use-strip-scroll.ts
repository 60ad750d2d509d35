import { useRouter } from '@tanstack/react-router';
import { useEffect, useRef, type RefObject } from 'react';
import type { Tab } from '../workspace.ts';

/** Keeps the shown tab in view, and lets the wheel scroll the strip. */
export function useStripScroll(shownId: string | undefined, tabs: readonly Tab[]): RefObject<HTMLUListElement | null> {
  const list = useRef<HTMLUListElement>(null);
  const router = useRouter();
  useEffect(() => {
    const element = list.current;
    if (element === null) return undefined;
    const show = () => {
      element.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    };
    show();
    // The router restores where the strip was scrolled to when the address was last shown.
    const unsubscribe = router.subscribe('onRendered', show);
    const resized = new ResizeObserver(show);
    resized.observe(element);
    return () => {
      unsubscribe();
      resized.disconnect();
    };
  }, [router, shownId, tabs]);
  useEffect(() => {
    const element = list.current;
    const onWheel = (event: WheelEvent) => {
      if (element === null || event.ctrlKey || element.scrollWidth <= element.clientWidth) return;
      event.preventDefault();
      element.scrollLeft += pixelsOf(event, element);
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      element?.removeEventListener('wheel', onWheel);
    };
  }, []);
  return list;
}

/** Wheels report pixels, lines or pages. */
function pixelsOf({ deltaX, deltaY, deltaMode }: WheelEvent, { clientWidth }: HTMLElement): number {
  const delta = Math.abs(deltaX) > Math.abs(deltaY) ? deltaX : deltaY;
  const unit = deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : deltaMode === WheelEvent.DOM_DELTA_PAGE ? clientWidth : 1;
  return delta * unit;
}
