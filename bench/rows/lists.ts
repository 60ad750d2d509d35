import { startBaseline } from '../baselines/fork.ts';
import type { FastifyOptions } from '../baselines/fastify.ts';
import type { HttpOptions } from '../baselines/http.ts';
import { atLeastShare } from '../goals.ts';
import { contest } from '../load/contest.ts';
import { requestText } from '../load/load.ts';
import { startProduct, type Product } from '../product.ts';
import type { Result, Row, Settings } from '../row.ts';
import { createPasswords } from './identities.ts';

const connections = 32;
const shareOfCachedBytes = 0.6;
const path = '/api/identity/list';

/** Repeats the whole identity list of one account. */
export const lists: Row = {
  name: 'lists',
  async run(settings) {
    await using product = await startProduct(settings.directory);
    const results: Result[] = [];
    let stored = 0;
    for (const size of [10, 100, 1_000]) {
      await createPasswords(product, size - stored);
      stored = size;
      results.push(await measureList(product, size, settings));
    }
    return results;
  },
};

async function measureList(product: Product, size: number, { seconds }: Settings): Promise<Result> {
  const { text: body } = await product.call('GET', path);
  await using cached = startBaseline('http.ts');
  await using stringify = startBaseline('http.ts');
  await using framework = startBaseline('fastify.ts');
  const request = requestText({ path, headers: { authorization: product.authorization } });
  const bare = async (who: string, server: typeof cached, kind: HttpOptions['kind']) => ({
    who,
    pid: server.pid,
    port: await server.ask<number>({ kind, body } satisfies HttpOptions),
    requests: [request],
  });
  const lines = await contest({
    contestants: [
      { who: 'product', port: product.port, pid: product.pid, requests: [request] },
      await bare('node:http, cached bytes', cached, 'cached'),
      {
        who: 'Fastify, cached bytes',
        pid: framework.pid,
        port: await framework.ask<number>({ body } satisfies FastifyOptions),
        requests: [request],
      },
      await bare('node:http, JSON.stringify', stringify, 'stringify'),
    ],
    connections,
    seconds,
  });
  const [ours, theirs] = lines;
  return {
    title: `identity list of ${size} (${(body.length / 1024).toFixed(0)} KiB), ${connections} connections`,
    lines,
    goals: [
      atLeastShare(
        shareOfCachedBytes,
        'cached bytes per CPU second',
        ours?.figures.perCpuSecond,
        theirs?.figures.perCpuSecond,
      ),
    ],
  };
}

/** The list for a client that has it already. */
export const notModified: Row = {
  name: 'not-modified',
  async run({ directory, seconds }) {
    await using product = await startProduct(directory);
    await createPasswords(product, 100);
    const etag = (await product.call('GET', path)).headers.get('etag') ?? '';
    await using bare = startBaseline('http.ts');
    const headers = { authorization: product.authorization, 'if-none-match': etag };
    const requests = [requestText({ path, headers })];
    const port = await bare.ask<number>({ kind: 'not-modified', body: '' } satisfies HttpOptions);
    const lines = await contest({
      contestants: [
        { who: 'product', port: product.port, pid: product.pid, requests, expectedStatus: 304 },
        { who: 'node:http, 304', port, pid: bare.pid, requests, expectedStatus: 304 },
      ],
      connections,
      seconds,
    });
    return [{ title: `identity list of 100, unchanged: 304, ${connections} connections`, lines, goals: [] }];
  },
};
