import { expect, test } from 'vitest';
import { terminalTheme, terminalThemeTable, type TerminalTheme } from './terminal-themes.ts';

/** WCAG 2.2, relative luminance and contrast ratio. */
function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const legible: readonly (keyof TerminalTheme)[] = ['red', 'green', 'yellow', 'blue', 'magenta', 'cyan'];
const legibleBright: readonly (keyof TerminalTheme)[] = legible.map(
  (name) => `bright${name.charAt(0).toUpperCase()}${name.slice(1)}` as keyof TerminalTheme,
);

test.each(Object.entries(terminalThemeTable))('%s can be read', (_, theme) => {
  const { background, foreground, cursor, selectionBackground } = theme;
  expect(Object.values(theme)).toHaveLength(22 - 1);
  for (const color of Object.values(theme)) expect(color).toMatch(/^#[\da-f]{6}$/);
  expect(contrast(foreground, background)).toBeGreaterThan(6);
  expect(contrast(cursor, background)).toBeGreaterThan(4.5);
  expect(contrast(foreground, selectionBackground)).toBeGreaterThan(4);
  const faint = [...legible, ...legibleBright].filter((name) => contrast(theme[name], background) < 4);
  expect(faint).toEqual([]);
});

test('follows the colour scheme of the app where nothing else was chosen', () => {
  expect(terminalTheme('auto', 'light')).toBe(terminalThemeTable['gatehouse-light']);
  expect(terminalTheme('auto', 'dark')).toBe(terminalThemeTable['gatehouse-dark']);
  expect(terminalTheme('nord', 'light')).toBe(terminalThemeTable.nord);
});
