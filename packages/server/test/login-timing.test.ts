import { expect, test } from 'vitest';
import { clientAt, temporaryPeople } from './people-fixture.ts';

test('a wrong sign-in takes the same time for a name that somebody has and for one that nobody has', async () => {
  // Costly enough to be most of the time, cheap enough for 2,000 samples.
  await using measured = await temporaryPeople({ costs: { memoryKiB: 256, passes: 1 } });
  await measured.register('anna');
  const samples = { known: [] as number[], unknown: [] as number[] };
  const sample = async (kind: 'known' | 'unknown', n: number) => {
    // Another address and no row of an earlier try, so that nothing but the name differs.
    await measured.database.transaction((trx) => trx.deleteFrom('login_limits').execute());
    const client = clientAt(`10.0.${n >> 8}.${n & 255}`);
    const start = performance.now();
    await measured.login(kind === 'known' ? 'anna' : 'otto', 'not the password', client).catch(() => undefined);
    samples[kind].push(performance.now() - start);
  };
  for (let n = 0; n < 1000; n++) {
    // In turns, and each as often first, so that the machine's moods meet both.
    const order = n % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const);
    for (const kind of order) await sample(kind, n);
  }
  const ratio = median(samples.known) / median(samples.unknown);
  expect(ratio).toBeGreaterThan(0.97);
  expect(ratio).toBeLessThan(1.03);
}, 120_000);

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
