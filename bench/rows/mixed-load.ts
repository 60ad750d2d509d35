import { setTimeout as delay } from 'node:timers/promises';
import { startBaseline } from '../baselines/fork.ts';
import type { HttpOptions } from '../baselines/http.ts';
import { atMost } from '../goals.ts';
import { putLoad, requestText } from '../load/load.ts';
import { peakMegabytesOf, residentMegabytesOf } from '../process-figures.ts';
import type { Product } from '../product.ts';
import type { Row, Settings } from '../row.ts';
import { startSshContest, type SshContest } from '../ssh/contestants.ts';
import { prompt } from '../ssh/shell.ts';
import { productShells } from '../ssh/sockets.ts';
import { createPasswords, createRequest, identityIds } from './identities.ts';

/** Ten minutes if each row is measured for six seconds. */
const timesLonger = 100;
const settleMs = 5_000;
const mostAfterShare = 1.8;
const mostPeakShare = 2.5;
/** Between one login of an account, or one terminal, and the next. */
const pauseMs = 1_000;

/** The memory of the process after minutes of mixed load, and its peak. */
export const mixedLoad: Row = {
  name: 'mixed-load',
  long: true,
  async run(settings) {
    await using contest = await startSshContest(settings.directory);
    const seconds = settings.seconds * timesLonger;
    const { pid } = contest.product;
    await loadProduct(contest, seconds);
    const product = await settledMegabytes(pid);
    const bare = await bareMegabytes(contest.product, settings);
    const share = (megabytes: number) => megabytes / bare;
    return [
      {
        title: `resident memory after ${seconds} s of lists, pages, creates, patches, logins, commands and terminals at once`,
        lines: [
          { who: 'product', figures: { megabytes: product } },
          { who: 'product, at its most', figures: { megabytes: peakMegabytesOf(pid) } },
          { who: 'node:http alone, lists', figures: { megabytes: bare } },
        ],
        goals: [
          atMost(mostAfterShare, '× node:http', 'after', share(product)),
          atMost(mostPeakShare, '× node:http', 'at its most', share(peakMegabytesOf(pid))),
        ],
      },
    ];
  },
};

async function loadProduct({ product, entryId }: SshContest, seconds: number): Promise<void> {
  const { port, authorization, username, password } = product;
  await createPasswords(product, 100);
  const [target = 0] = await identityIds(product);
  const headers = { authorization };
  const load = (requests: readonly string[], connections: number) =>
    putLoad(port, { requests, connections, seconds, repeat: true });
  const patch = (name: string) =>
    requestText({ method: 'PATCH', path: `/api/identity/${target}`, headers, body: { name } });
  const open = productShells(product, entryId);
  await Promise.all([
    load(
      ['list', 'list?limit=100'].map((path) => requestText({ path: `/api/identity/${path}`, headers })),
      4,
    ),
    load([createRequest(product)], 1),
    load([patch('One name'), patch('Another name')], 1),
    again(seconds, () => product.call('POST', '/api/auth/login', { username, password })),
    again(seconds, () => product.call('POST', `/api/connection/${entryId}/exec`, { command: 'true' })),
    again(seconds, async () => {
      await using shell = await open();
      await prompt(shell);
    }),
  ]);
}

async function again(seconds: number, work: () => Promise<unknown>): Promise<void> {
  const endMs = performance.now() + seconds * 1_000;
  while (performance.now() < endMs) {
    await work();
    await delay(pauseMs);
  }
}

async function bareMegabytes(product: Product, { seconds }: Settings): Promise<number> {
  await using bare = startBaseline('http.ts');
  const port = await bare.ask<number>({ kind: 'cached', body: 'x'.repeat(30_000) } satisfies HttpOptions);
  const list = requestText({ path: '/api/identity/list', headers: { authorization: product.authorization } });
  await putLoad(port, { requests: [list], connections: 4, seconds, repeat: true });
  return await settledMegabytes(bare.pid);
}

async function settledMegabytes(pid: number): Promise<number> {
  await delay(settleMs);
  return residentMegabytesOf(pid);
}
