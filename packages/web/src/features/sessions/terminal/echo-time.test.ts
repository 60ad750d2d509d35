import { expect, test } from 'vitest';
import { createEchoTime } from './echo-time.ts';

test('tells the median of the latest answers to a key', () => {
  const echo = createEchoTime();
  const answers = [4, 90, 5, 6, 5, 5].map((tookMs, index) => {
    echo.typed(index * 1000);
    return echo.heard(index * 1000 + tookMs);
  });
  expect(answers).toEqual([4, 90, 5, 6, 5, 5]);
});

test('takes neither output that nobody asked for nor late output for an echo', () => {
  const echo = createEchoTime();
  expect(echo.heard(10)).toBeUndefined();
  echo.typed(0);
  echo.typed(50);
  expect(echo.heard(60)).toBe(60);
  echo.typed(100);
  expect(echo.heard(5_000)).toBeUndefined();
});
