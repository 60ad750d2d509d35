import { expect, test } from 'vitest';
import { en } from '../texts/en.ts';
import { sections, sectionsFor } from './sections.ts';

test('the server is governed by administrators alone; everybody sees what it is', () => {
  const names = (isAdmin: boolean) => sectionsFor({ isAdmin }).map(({ name }) => name);
  expect(names(true)).toEqual(sections.map(({ name }) => name));
  expect(names(false)).toEqual(['profile', 'security', 'api-keys', 'appearance', 'terminal', 'keyboard', 'about']);
});

test('each section has a name of its own, and an address that reads like it', () => {
  const titles = sections.map(({ name }) => en.app.settings.sections[name]);
  expect(new Set(titles).size).toBe(sections.length);
  for (const { name } of sections) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
});
