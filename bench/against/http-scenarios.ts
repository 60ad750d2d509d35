import { warmUpSeconds } from '../load/contest.ts';
import { putLoad, requestText } from '../load/load.ts';
import { cpuSecondsOf } from '../process-figures.ts';
import type { Product } from '../product.ts';
import { createPasswords, createRequest, identityIds } from '../rows/identities.ts';
import type { Scenario } from './scenario.ts';

const samples = 10;
const sampleSeconds = 1;
const connections = 32;
const listPath = '/api/identity/list';
const deletesPerSample = 500;
const longestDeletesSeconds = 60;

interface Load {
  readonly requests: readonly string[];
  readonly connections?: number;
  readonly status?: number;
}

/** Repeats a request; a sample is the processor time of one answer. */
function repeated(name: string, loadOf: (product: Product) => Promise<Load>): Scenario {
  return {
    name,
    unit: 'CPU µs',
    samples,
    async prepare({ product }) {
      const { requests, status = 200, ...load } = await loadOf(product);
      const order = { connections, ...load, requests, repeat: true };
      await putLoad(product.port, { ...order, seconds: warmUpSeconds }, status);
      return () => costOf(product, () => putLoad(product.port, { ...order, seconds: sampleSeconds }, status));
    },
  };
}

async function costOf(product: Product, load: () => Promise<{ readonly latenciesMs: readonly number[] }>) {
  const before = cpuSecondsOf(product.pid);
  const { latenciesMs } = await load();
  return ((cpuSecondsOf(product.pid) - before) / latenciesMs.length) * 1e6;
}

const get = ({ authorization }: Product, path: string, headers = {}) =>
  requestText({ path, headers: { authorization, ...headers } });

const deletes: Scenario = {
  name: 'delete, 32 connections',
  unit: 'CPU µs',
  samples,
  async prepare({ product }) {
    // One more than the samples: the first is not counted.
    await createPasswords(product, deletesPerSample * (samples + 1));
    const { authorization } = product;
    const requests = (await identityIds(product)).map((id) =>
      requestText({ method: 'DELETE', path: `/api/identity/${id}`, headers: { authorization } }),
    );
    return () => {
      const order = { requests: requests.splice(0, deletesPerSample), connections, repeat: false };
      return costOf(product, () => putLoad(product.port, { ...order, seconds: longestDeletesSeconds }));
    };
  },
};

export const httpScenarios: readonly Scenario[] = [
  repeated('list of 10', async (product) => {
    await createPasswords(product, 10);
    return { requests: [get(product, listPath)] };
  }),
  repeated('list of 100', async (product) => {
    await createPasswords(product, 90);
    return { requests: [get(product, listPath)] };
  }),
  repeated('list of 100, 304', async (product) => {
    const etag = (await product.call('GET', listPath)).headers.get('etag') ?? '';
    return { requests: [get(product, listPath, { 'if-none-match': etag })], status: 304 };
  }),
  repeated('page of 100', (product) => Promise.resolve({ requests: [get(product, `${listPath}?limit=100`)] })),
  repeated('create, 1 connection', (product) =>
    Promise.resolve({ requests: [createRequest(product)], connections: 1 }),
  ),
  repeated('create, 32 connections', (product) => Promise.resolve({ requests: [createRequest(product)] })),
  repeated('patch, 32 connections', async (product) => {
    const [id = 0] = await identityIds(product);
    const { authorization } = product;
    const requests = ['One name', 'Another name'].map((name) =>
      requestText({ method: 'PATCH', path: `/api/identity/${id}`, headers: { authorization }, body: { name } }),
    );
    return { requests };
  }),
  deletes,
];
