import { startBaseline } from '../baselines/fork.ts';
import type { CommitReport } from '../baselines/commits.ts';
import { atLeastShare } from '../goals.ts';
import { LoadTotal, warmUpSeconds } from '../load/contest.ts';
import { putLoad, requestText } from '../load/load.ts';
import { startProduct, type Product } from '../product.ts';
import type { Figures, Result, Row, Settings } from '../row.ts';
import { createPasswords, createRequest, identityIds } from './identities.ts';

const rounds = 3;
const shareOfCommits = 0.5;
/** More than are deleted in any measurement of ordinary length. */
const deletable = 20_000;

type Send = (round: number) => readonly string[];

/** Durable writes of identities, each with its audit row; the secret is sealed. */
export const writes: Row = {
  name: 'writes',
  async run(settings) {
    await using product = await startProduct(settings.directory);
    const create = [createRequest(product)];
    await putLoad(product.port, { requests: create, connections: 32, seconds: warmUpSeconds, repeat: true });
    const results = [
      await measureWrites({ product, settings, connections: 1, what: 'create', requests: () => create }),
    ];
    const measure = async (what: string, requests: Send, repeat = true) => {
      results.push(await measureWrites({ product, settings, connections: 32, what, requests, repeat }));
    };
    await measure('create', () => create);
    const [target = 0] = await identityIds(product);
    const patches = [patchRequest(product, target, 'One name'), patchRequest(product, target, 'Another name')];
    await measure('patch', () => patches);
    await createPasswords(product, Math.min(deletable, Math.ceil(settings.seconds * 3_000)));
    const ids = (await identityIds(product)).slice(1);
    const share = Math.floor(ids.length / rounds);
    const deletes = ids.map((id) => deleteRequest(product, id));
    await measure('delete', (round) => deletes.slice(round * share, (round + 1) * share), false);
    return results;
  },
};

function patchRequest({ authorization }: Product, id: number, name: string): string {
  return requestText({ method: 'PATCH', path: `/api/identity/${id}`, headers: { authorization }, body: { name } });
}

function deleteRequest({ authorization }: Product, id: number): string {
  return requestText({ method: 'DELETE', path: `/api/identity/${id}`, headers: { authorization } });
}

interface Writing {
  readonly product: Product;
  readonly settings: Settings;
  readonly connections: number;
  readonly what: string;
  readonly requests: Send;
  readonly repeat?: boolean;
}

async function measureWrites(writing: Writing): Promise<Result> {
  const { product, settings, connections, what, requests, repeat = true } = writing;
  await using commits = startBaseline('commits.ts');
  const seconds = settings.seconds / rounds;
  const ours = new LoadTotal();
  const theirs: CommitReport[] = [];
  for (let round = 0; round < rounds; round++) {
    const order = { requests: requests(round), connections, seconds, repeat };
    await ours.measure({ who: 'product', port: product.port, pid: product.pid, requests: [] }, order);
    theirs.push(await commits.ask<CommitReport>({ directory: settings.directory, seconds }));
  }
  const figures = ours.figures();
  const baseline = sum(theirs);
  return {
    title: `identity ${what}, durable, ${connections === 1 ? '1 connection' : `${connections} connections`}`,
    lines: [
      { who: 'product', figures },
      { who: 'SQLite, one row per commit', figures: baseline },
    ],
    goals:
      connections === 1 || what !== 'create'
        ? []
        : [atLeastShare(shareOfCommits, 'the commits per second', figures.perSecond, baseline.perSecond)],
  };
}

function sum(reports: readonly CommitReport[]): Figures {
  const total = (of: (report: CommitReport) => number) => reports.reduce((before, report) => before + of(report), 0);
  const commits = total((report) => report.commits);
  return {
    perSecond: commits / total((report) => report.seconds),
    perCpuSecond: commits / total((report) => report.cpuSeconds),
  };
}
