import { atMost } from '../goals.ts';
import { LoadTotal } from '../load/contest.ts';
import { requestText } from '../load/load.ts';
import { startProduct, type Product } from '../product.ts';
import type { Row } from '../row.ts';
import { createPasswords } from './identities.ts';

const identities = 10_000;
const pageSize = 100;
const longestPageMs = 5;

/** All pages of a large organization's list in sequence. */
export const pages: Row = {
  name: 'pages',
  async run({ directory, seconds }) {
    await using product = await startProduct(directory);
    const organization = (await product.call('PUT', '/api/organization', { name: 'Large' })).number('id');
    await createPasswords(product, identities, organization);
    const requests = (await pagePaths(product)).map((path) =>
      requestText({ path, headers: { authorization: product.authorization } }),
    );
    const total = new LoadTotal();
    await total.measure(
      { who: 'product', port: product.port, pid: product.pid, requests },
      { requests, connections: 1, seconds, repeat: true },
    );
    const figures = total.figures();
    return [
      {
        title: `${identities} identities of one organization, pages of ${pageSize}, 1 connection`,
        lines: [{ who: 'product', figures }],
        goals: [atMost(longestPageMs, 'ms', 'p50 of a page', figures.p50Ms)],
      },
    ];
  },
};

/** Follows the links from the first page to the last. */
async function pagePaths(product: Product): Promise<readonly string[]> {
  const paths: string[] = [];
  let path: string | undefined = `/api/identity/list?limit=${pageSize}`;
  while (path !== undefined) {
    paths.push(path);
    const { headers } = await product.call('GET', path);
    path = /^<([^>]+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
  }
  return paths;
}
