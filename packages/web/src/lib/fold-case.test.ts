import { expect, test } from 'vitest';
import { foldCase } from './fold-case.ts';

test.each([
  ['ID_ED25519', 'id_ed25519'],
  ['Straße', 'straße'],
  ['MÜLLER', 'müller'],
])('%s is found by %s', (text, folded) => {
  expect(foldCase(text)).toBe(folded);
});

test('one letter written in two ways is the same', () => {
  expect(foldCase('Mu\u0308ller')).toBe(foldCase('M\u00FCller'));
});
