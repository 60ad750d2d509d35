import { expect, test } from 'vitest';
import { clientAt, outcomeOf, temporaryPeople } from './people-fixture.ts';

const pairs = 1000;

// A busy machine may spoil a measurement; a difference in the work shows in every one.
test(
  'a wrong sign-in takes the same time for a name that an account has and for one that no account has',
  {
    retry: 4,
  },
  async () => {
    // Costly enough to be most of the time, cheap enough for 2,000 samples.
    await using people = await temporaryPeople({ costs: { memoryKiB: 256, passes: 1 } });
    await people.register('anna');

    async function timeOf(username: string, n: number): Promise<number> {
      // From another address each time and without earlier tries, so that nothing but the name differs.
      await people.database.transaction((trx) => trx.deleteFrom('login_limits').execute());
      const client = clientAt(`10.0.${n >> 8}.${n & 255}`);
      const start = performance.now();
      expect(await outcomeOf(people.login(username, 'not the password', client))).toBe('invalid_credentials');
      return performance.now() - start;
    }

    const ratios: number[] = [];
    for (let n = 0; n < pairs; n++) {
      // In turns, each as often first: what the machine does meanwhile meets both.
      const order = n % 2 === 0 ? ['anna', 'otto'] : ['otto', 'anna'];
      const times = new Map<string, number>();
      for (const username of order) times.set(username, await timeOf(username, n));
      ratios.push((times.get('anna') ?? Number.NaN) / (times.get('otto') ?? Number.NaN));
    }
    const median = ratios.toSorted((a, b) => a - b)[pairs / 2] ?? Number.NaN;
    expect(median).toBeGreaterThan(0.97);
    expect(median).toBeLessThan(1.03);
  },
);
