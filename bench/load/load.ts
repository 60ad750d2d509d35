import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** The load: each connection sends its next request when it has the answer to the last. */
export interface LoadOptions {
  /** Whole requests, head and body. */
  readonly requests: readonly string[];
  readonly connections: number;
  readonly seconds: number;
  /** Starts again after the last request; otherwise the load ends with it. */
  readonly repeat: boolean;
}

export interface LoadReport {
  readonly latenciesMs: readonly number[];
  readonly seconds: number;
  /** How often each status was answered. */
  readonly statuses: Readonly<Record<number, number>>;
}

/** Puts load on a port of this machine from a thread of its own. Throws unless every answer has the expected status. */
export async function putLoad(port: number, order: LoadOptions, expectedStatus = 200): Promise<LoadReport> {
  const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData: { port } });
  try {
    worker.postMessage(order);
    const [report] = (await once(worker, 'message')) as [LoadReport];
    const wrong = Object.keys(report.statuses).filter((status) => Number(status) !== expectedStatus);
    if (wrong.length > 0) throw new Error(`the server answered ${wrong.join(', ')} instead of ${expectedStatus}`);
    return report;
  } finally {
    await worker.terminate();
  }
}

interface RequestParts {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** An HTTP/1.1 request as text, its body as JSON. */
export function requestText({ method = 'GET', path, headers = {}, body }: RequestParts): string {
  const content = body === undefined ? '' : JSON.stringify(body);
  const fields = {
    host: '127.0.0.1',
    ...headers,
    ...(body === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(content)) }),
  };
  const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${head.join('')}\r\n${content}`;
}
