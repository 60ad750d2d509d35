import { startPostgres } from '../../packages/server/test/databases/postgres-server.ts';
import type { CommitReport } from '../baselines/commits.ts';
import { startBaseline } from '../baselines/fork.ts';
import type { PostgresOptions } from '../baselines/postgres-commits.ts';
import { atLeastShare } from '../goals.ts';
import { contest, type Contestant } from '../load/contest.ts';
import { requestText } from '../load/load.ts';
import { startProduct, type Product } from '../product.ts';
import type { Figures, Result, Row, Settings } from '../row.ts';
import { createPasswords, createRequest } from './identities.ts';

const connections = 32;
const shareOfSqlite = 0.5;
const shareOfCommits = 0.4;

/** Lists and durable creations on PostgreSQL, beside SQLite in the same run. */
export const postgres: Row = {
  name: 'postgres',
  async run(settings) {
    await using opening = new AsyncDisposableStack();
    const server = await startPostgres({ isDurable: true });
    opening.defer(() => server.stop());
    const onPostgres = opening.use(
      await startProduct(settings.directory, { environment: { DATABASE_URL: server.url } }),
    );
    const onSqlite = opening.use(await startProduct(settings.directory));
    const products = [
      { who: 'product on PostgreSQL', product: onPostgres },
      { who: 'product on SQLite', product: onSqlite },
    ];
    for (const { product } of products) await createPasswords(product, 100);
    return [await measureLists(products, settings), await measureCreations(products, server.url, settings)];
  },
};

interface Named {
  readonly who: string;
  readonly product: Product;
}

async function measureLists(products: readonly Named[], { seconds }: Settings): Promise<Result> {
  const list = ({ authorization }: Product) => requestText({ path: '/api/identity/list', headers: { authorization } });
  const lines = await contest({ contestants: contestantsOf(products, list), connections, seconds });
  const [ours, sqlite] = lines;
  return {
    title: `PostgreSQL: identity list of 100, ${connections} connections`,
    lines,
    goals: [atLeastShare(shareOfSqlite, 'the rate on SQLite', ours?.figures.perSecond, sqlite?.figures.perSecond)],
  };
}

async function measureCreations(products: readonly Named[], url: string, settings: Settings): Promise<Result> {
  const lines = await contest({
    contestants: contestantsOf(products, createRequest),
    connections,
    seconds: settings.seconds,
  });
  const commits = await commitsPerSecond(url, settings);
  return {
    title: `PostgreSQL: identity create, durable, ${connections} connections`,
    lines: [...lines, { who: 'PostgreSQL, one row per commit', figures: commits }],
    goals: [
      atLeastShare(shareOfCommits, 'the bare commits per second', lines[0]?.figures.perSecond, commits.perSecond),
    ],
  };
}

function contestantsOf(products: readonly Named[], request: (product: Product) => string): readonly Contestant[] {
  return products.map(({ who, product }) => ({
    who,
    port: product.port,
    pid: product.pid,
    requests: [request(product)],
  }));
}

/** Commits by as many clients, each row in its own transaction. */
async function commitsPerSecond(url: string, { seconds }: Settings): Promise<Figures> {
  await using commits = startBaseline('postgres-commits.ts');
  const order: PostgresOptions = { url, connections, seconds };
  const report = await commits.ask<CommitReport>(order);
  return { perSecond: report.commits / report.seconds };
}
