import { parentPort, workerData } from 'node:worker_threads';
import { HttpConnection } from './http-connection.ts';
import type { LoadOptions, LoadReport } from './load.ts';

/** Answers every request of the parent with a report; its failures become errors of the worker. */
parentPort?.on('message', (order: LoadOptions) => {
  void run(order).then((report) => parentPort?.postMessage(report));
});

async function run({ requests, connections, seconds, repeat }: LoadOptions): Promise<LoadReport> {
  const { port } = workerData as { port: number };
  const latenciesMs: number[] = [];
  const statuses: Record<number, number> = {};
  const startedMs = performance.now();
  const endMs = startedMs + seconds * 1000;
  let next = 0;

  const drive = () =>
    new Promise<void>((done, failed) => {
      const connection = new HttpConnection(port, failed);
      const step = () => {
        const request = requests[repeat ? next % requests.length : next];
        const sentMs = performance.now();
        if (request === undefined || sentMs >= endMs) {
          connection.close();
          done();
          return;
        }
        next++;
        connection.send(request, ({ status }) => {
          latenciesMs.push(performance.now() - sentMs);
          statuses[status] = (statuses[status] ?? 0) + 1;
          step();
        });
      };
      step();
    });
  await Promise.all(Array.from({ length: connections }, drive));
  return { latenciesMs, statuses, seconds: (performance.now() - startedMs) / 1000 };
}
