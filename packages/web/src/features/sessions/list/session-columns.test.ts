import type { Session } from '@gatehouse/contract/connections';
import i18next from 'i18next';
import { expect, test } from 'vitest';
import { de } from '../texts/de.ts';
import { en } from '../texts/en.ts';
import { sessionColumns } from './session-columns.tsx';

test.each([
  ['en', ['Terminal', 'Command', 'Unknown kind']],
  ['de', ['Terminal', 'Befehl', 'Unbekannte Art']],
])('names the kind of a session in the language %s, and one that it does not know as unknown', async (lng, names) => {
  await i18next.init({ lng, resources: { en: { sessions: en }, de: { sessions: de } } });
  const column = sessionColumns(i18next.getFixedT(lng, 'sessions'), lng, 0).find(({ id }) => id === 'type');
  const shown = ['terminal', 'exec', 'files'].map((type) => column?.value({ type } as Session));
  expect(shown).toEqual(names);
});
