import { setTimeout as delay } from 'node:timers/promises';
import { startBaseline } from '../baselines/fork.ts';
import type { HttpOptions } from '../baselines/http.ts';
import { atMost } from '../goals.ts';
import { putLoad, requestText } from '../load/load.ts';
import { residentMegabytesOf } from '../process-figures.ts';
import { startProduct } from '../product.ts';
import type { Row } from '../row.ts';
import { createPasswords, createRequest } from './identities.ts';

const settleMs = 3_000;
const connections = 32;
const mostIdleMb = 90;
const mostAfterLoadMb = 150;

/** Resident memory before and after load. */
export const memory: Row = {
  name: 'memory',
  async run({ directory, seconds }) {
    // The first start compiles everything, which takes memory that later ones do not need.
    await (await startProduct(directory))[Symbol.asyncDispose]();
    await using product = await startProduct(directory);
    await using bare = startBaseline('http.ts');
    const barePort = await bare.ask<number>({ kind: 'cached', body: 'x'.repeat(30_000) } satisfies HttpOptions);
    await delay(settleMs);
    const idle = { product: residentMegabytesOf(product.pid), bare: residentMegabytesOf(bare.pid) };
    await createPasswords(product, 100);
    const list = requestText({ path: '/api/identity/list', headers: { authorization: product.authorization } });
    const load = { connections, seconds: seconds / 2, repeat: true };
    await putLoad(product.port, { ...load, requests: [list] });
    await putLoad(product.port, { ...load, requests: [createRequest(product)] });
    await putLoad(barePort, { ...load, requests: [list] });
    await delay(settleMs);
    const after = { product: residentMegabytesOf(product.pid), bare: residentMegabytesOf(bare.pid) };
    return [
      {
        title: 'resident memory, idle after one login',
        lines: [
          { who: 'product', figures: { megabytes: idle.product } },
          { who: 'node:http alone', figures: { megabytes: idle.bare } },
        ],
        goals: [atMost(mostIdleMb, 'MB', 'idle', idle.product)],
      },
      {
        title: `resident memory after ${seconds} s of lists and creates, ${connections} connections`,
        lines: [
          { who: 'product', figures: { megabytes: after.product } },
          { who: 'node:http alone', figures: { megabytes: after.bare } },
        ],
        goals: [atMost(mostAfterLoadMb, 'MB', 'after load', after.product)],
      },
    ];
  },
};
