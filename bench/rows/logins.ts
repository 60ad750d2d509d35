import { availableParallelism } from 'node:os';
import type { HashOptions, HashReport } from '../baselines/hashes.ts';
import { startBaseline } from '../baselines/fork.ts';
import { atMost } from '../goals.ts';
import { spread } from '../latency.ts';
import { LoadTotal } from '../load/contest.ts';
import { putLoad, requestText } from '../load/load.ts';
import { startProduct } from '../product.ts';
import type { Row } from '../row.ts';
import { createPasswords } from './identities.ts';

const connections = 4;
/** The longest time of a list while all cores hash passwords: a blocked event loop shows here. */
const longestListMs = 50;

/** Signing in, and the time of a list meanwhile. */
export const logins: Row = {
  name: 'logins',
  async run({ directory, seconds }) {
    await using product = await startProduct(directory);
    await createPasswords(product, 100);
    const { username, password, authorization, port } = product;
    const login = requestText({ method: 'POST', path: '/api/auth/login', body: { username, password } });
    const list = requestText({ path: '/api/identity/list', headers: { authorization } });
    const total = new LoadTotal();
    const [, lists] = await Promise.all([
      total.measure(
        { who: 'product', port, pid: product.pid, requests: [] },
        { requests: [login], connections, seconds, repeat: true },
      ),
      putLoad(port, { requests: [list], connections: 1, seconds, repeat: true }),
    ]);
    await using hashes = startBaseline('hashes.ts');
    const alone = await hashes.ask<HashReport>({ seconds, atOnce: availableParallelism() } satisfies HashOptions);
    const during = spread(lists.latenciesMs);
    return [
      {
        title: `login (argon2id), ${connections} connections, beside lists on another`,
        lines: [
          { who: 'product', figures: total.figures() },
          { who: 'argon2id alone, same costs', figures: { perSecond: alone.hashes / alone.seconds } },
          { who: 'the list beside it', figures: { perSecond: lists.latenciesMs.length / lists.seconds, ...during } },
        ],
        goals: [atMost(longestListMs, 'ms', 'p99 of a list meanwhile', during.p99Ms)],
      },
    ];
  },
};
