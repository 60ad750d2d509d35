import { expect, it } from 'vitest';
import { createSprayWatch } from './spraying.ts';

const windowMs = 15 * 60_000;

it('raises one alarm for wrong passwords of fifty accounts in 15 minutes, and another after it was quiet', () => {
  const watch = createSprayWatch();
  const fail = (from: number, count: number, now: number) =>
    Array.from({ length: count }, (_, n) => watch.note(`account ${from + n}`, now)).filter((n) => n !== undefined);
  expect(fail(0, 150, 0)).toEqual([50]);
  expect([watch.accounts(0), watch.alarms()]).toEqual([150, 1]);
  expect(fail(0, 60, windowMs)).toEqual([50]);
  expect(watch.alarms()).toBe(2);
});

it('takes many tries at one account, or at many over a long time, for no spraying', () => {
  const watch = createSprayWatch();
  for (let n = 0; n < 1000; n++) expect(watch.note('one', n)).toBeUndefined();
  for (let n = 0; n < 200; n++) expect(watch.note(`account ${n}`, (n * windowMs) / 40)).toBeUndefined();
});
