import { useComputedColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { useChangePreferences, usePreferences } from '../../accounts/queries.ts';
import { appearance } from '../screen/appearance.ts';

/** How long letters that change their size by the wheel rest before the size is kept. */
const keepFontAfterMs = 800;

/** Makes all terminals follow the preferences and the colour scheme, and keeps the size of the letters that was chosen in one of them. */
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
