import { useComputedColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { useChangePreferences, usePreferences } from '../../accounts/queries.ts';
import { appearance } from '../screen/appearance.ts';

/** The font size is saved this long after its last change by the wheel. */
const keepFontAfterMs = 800;

/** Applies the preferences and the colour scheme to all terminals, and saves a font size that was changed in one of them. */
export function useAppearance(): void {
  const { terminal } = usePreferences();
  const scheme = useComputedColorScheme('dark');
  const { mutate } = useChangePreferences();
  const wanted = JSON.stringify(terminal);
  useEffect(() => {
    // eslint-disable-next-line gatehouse/parsed-json -- It is what was written three lines above.
    appearance.set({ ...(JSON.parse(wanted) as typeof terminal), scheme });
  }, [wanted, scheme]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = appearance.subscribe(() => {
      const { fontSize } = appearance.get();
      clearTimeout(timer);
      if (fontSize !== terminal.fontSize)
        timer = setTimeout(() => {
          mutate({ terminal: { fontSize } });
        }, keepFontAfterMs);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [terminal.fontSize, mutate]);
}

/** Follows the preferences while a terminal is shown. */
export function Appearance(): null {
  useAppearance();
  return null;
}
