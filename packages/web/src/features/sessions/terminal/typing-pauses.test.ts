import { expect, test } from 'vitest';
import { createTypingPauses } from './typing-pauses.ts';

test('tells the first key after a pause from those of a command', () => {
  const { typed } = createTypingPauses();
  expect([0, 200, 900, 1_800, 2_900].map(typed)).toEqual([true, false, false, false, true]);
});
