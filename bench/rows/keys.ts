import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { atMost } from '../goals.ts';
import { spread } from '../latency.ts';
import { putLoad, requestText } from '../load/load.ts';
import { startProduct, type Product } from '../product.ts';
import type { ContestantResult, Result, Row } from '../row.ts';
import { RowSkipped } from '../row.ts';

const run = promisify(execFile);
const passphrase = 'of the measured key';
const times = 20;
/** A key that is read on the event loop would show here. */
const longestListMs = 50;

const kinds = [
  { name: 'Ed25519', args: ['-t', 'ed25519', '-N', ''], secrets: {} },
  { name: 'RSA 4096', args: ['-t', 'rsa', '-b', '4096', '-N', ''], secrets: {} },
  { name: 'Ed25519, encrypted', args: ['-t', 'ed25519', '-N', passphrase], secrets: { passphrase } },
];

/** Storing a private key: read, checked, sealed, written. */
export const keys: Row = {
  name: 'keys',
  async run({ directory }) {
    await using product = await startProduct(directory);
    const results: Result[] = [];
    for (const [index, kind] of kinds.entries()) {
      const file = join(directory, `measured-${index}`);
      await generate(file, kind.args);
      results.push(await measureKey(product, file, kind));
    }
    return results;
  },
};

async function generate(file: string, args: readonly string[]): Promise<void> {
  try {
    await run('ssh-keygen', ['-q', '-C', '', '-f', file, ...args]);
  } catch (error) {
    throw new RowSkipped(`It needs ssh-keygen. ${String(error)}`);
  }
}

async function measureKey(product: Product, file: string, { name, secrets }: (typeof kinds)[number]): Promise<Result> {
  const body = { name: 'Measured', type: 'ssh', username: 'deploy', sshKey: readFileSync(file, 'utf8'), ...secrets };
  const headers = { authorization: product.authorization };
  const store = requestText({ method: 'PUT', path: '/api/identity', headers, body });
  const list = requestText({ path: '/api/account/me', headers });
  const seconds = 2;
  const requests = Array.from({ length: times }, () => store);
  const theirs: number[] = [];
  for (let count = 0; count < times; count++) {
    const startedMs = performance.now();
    await run('ssh-keygen', ['-y', '-P', 'passphrase' in secrets ? passphrase : '', '-f', file]);
    theirs.push(performance.now() - startedMs);
  }
  const [stored, beside] = await Promise.all([
    putLoad(product.port, { requests, connections: 1, seconds: 60, repeat: false }),
    putLoad(product.port, { requests: [list], connections: 1, seconds, repeat: true }),
  ]);
  const during = spread(beside.latenciesMs);
  const lines: ContestantResult[] = [
    { who: 'product', figures: spread(stored.latenciesMs) },
    { who: 'ssh-keygen -y (reads, stores nothing)', figures: spread(theirs) },
    { who: 'another request beside it', figures: during },
  ];
  return {
    title: `store a private key (${name}), ${times} times, one after the other`,
    lines,
    goals: [atMost(longestListMs, 'ms', 'p99 of another request meanwhile', during.p99Ms)],
  };
}
