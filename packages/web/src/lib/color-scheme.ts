import { localStorageColorSchemeManager } from '@mantine/core';

/** Keeps the chosen scheme where `early.js` reads it before the first paint. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: 'gatehouse.color-scheme' });
