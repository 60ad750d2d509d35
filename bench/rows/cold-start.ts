import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { atMost } from '../goals.ts';
import { quantile } from '../latency.ts';
import { HttpConnection } from '../load/http-connection.ts';
import { requestText } from '../load/load.ts';
import { productEnvironment, serverArguments } from '../product.ts';
import type { Row } from '../row.ts';

const starts = 9;
const longestStartMs = 400;
const retryMs = 2;
const deadlineMs = 30_000;
const bareServer =
  "require('node:http').createServer((q, s) => s.end('ok')).listen(Number(process.env.PORT), '127.0.0.1')";

/** From the spawn of the process to its first answer, on existing data. */
export const coldStart: Row = {
  name: 'cold-start',
  async run({ directory }) {
    const dataDir = mkdtempSync(join(directory, 'data-'));
    const environment = productEnvironment(directory, dataDir);
    // The first two starts create the data and the cache of compiled code.
    for (let count = 0; count < 2; count++) await startMs(serverArguments(), environment);
    const product: number[] = [];
    const bare: number[] = [];
    for (let count = 0; count < starts; count++) {
      product.push(await startMs(serverArguments(), environment));
      bare.push(await startMs(['--eval', bareServer], {}));
    }
    const figures = (samples: readonly number[]) => ({ p50Ms: quantile(samples, 0.5), p99Ms: quantile(samples, 0.99) });
    return [
      {
        title: `cold start to the first answer, ${starts} starts, compile cache warm`,
        lines: [
          { who: 'product', figures: figures(product) },
          { who: 'node:http alone', figures: figures(bare) },
        ],
        goals: [atMost(longestStartMs, 'ms', 'median', figures(product).p50Ms)],
      },
    ];
  },
};

/** From the spawn of a process to its first answer, in milliseconds; it is ended then. */
export async function startMs(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const port = await freePort();
  const startedMs = performance.now();
  const child = spawn(process.execPath, args, { env: { ...environment, PORT: String(port) }, stdio: 'ignore' });
  try {
    while (!(await answers(port))) {
      if (performance.now() - startedMs > deadlineMs) throw new Error('the server does not answer');
      await delay(retryMs);
    }
    return performance.now() - startedMs;
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = new HttpConnection(port, () => {
      resolve(false);
    });
    connection.send(requestText({ path: '/healthz' }), () => {
      connection.close();
      resolve(true);
    });
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
