import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { operation } from '@gatehouse/contract/operation';
import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { createLogger } from '../logger.ts';
import { contentTag } from './entity-tag.ts';
import { LongAnswer } from './long-answer.ts';
import { PreparedAnswer } from './prepared-answer.ts';
import { serveOpen } from './serve.ts';
import { createHttpServer } from './server.ts';

const result = z.array(z.string());
const base = { access: { kind: 'none' }, summary: 'A test', result } as const;
const read = operation({ ...base, id: 'test.read', method: 'GET', path: '/api/test' });
const readOne = operation({ ...base, id: 'test.one', method: 'GET', path: '/api/test/one' });
const write = operation({ ...base, id: 'test.write', method: 'POST', path: '/api/test' });

const long = Array.from({ length: 2_000 }, (_, at) => `server ${at} of größe`);
const bytes = Buffer.from(JSON.stringify(long));
const tag = contentTag([bytes]);
const halves = [bytes.subarray(0, 20_001), bytes.subarray(20_001)];

type Answer = string[] | PreparedAnswer | LongAnswer;
const kinds: Record<string, () => Answer> = {
  'serialized here': () => long,
  prepared: () => new PreparedAnswer(bytes, tag),
  'in parts': () => new LongAnswer(halves, tag),
};
const decoders = { br: brotliDecompressSync, gzip: gunzipSync, identity: (content: Buffer) => content };

async function start(answer: () => Answer) {
  const logger = createLogger('trace', { write: () => undefined });
  const app = await createHttpServer({ logger, trustProxy: [], recordRefusal: () => Promise.resolve() });
  for (const served of [read, write]) serveOpen(app, served, () => Promise.resolve(answer()));
  serveOpen(app, readOne, ({ setHeader }) => {
    setHeader('etag', '"7"');
    return Promise.resolve(long);
  });
  return {
    get: (accepted: string, headers = {}) =>
      app.inject({ method: 'GET', url: '/api/test', headers: { 'accept-encoding': accepted, ...headers } }),
    one: (accepted: string) => app.inject({ url: '/api/test/one', headers: { 'accept-encoding': accepted } }),
    post: (accepted: string) =>
      app.inject({ method: 'POST', url: '/api/test', headers: { 'accept-encoding': accepted } }),
  };
}

const offers = [
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip, deflate', 'gzip'],
  ['br;q=0.5, gzip', 'gzip'],
  ['br;q=0', 'identity'],
  ['zstd', 'identity'],
  ['', 'identity'],
] as const;

test.each(Object.keys(kinds).flatMap((kind) => offers.map(([offer, coding]) => [kind, offer, coding] as const)))(
  'an answer %s for "%s" is in %s',
  async (kind, offer, coding) => {
    const { get } = await start(kinds[kind] ?? (() => []));

    const answer = await get(offer);

    expect(answer.headers['content-encoding'] ?? 'identity').toBe(coding);
    expect(answer.headers.vary).toBe('accept-encoding');
    expect(decoders[coding](answer.rawPayload).equals(bytes)).toBe(true);
    const { 'content-length': length } = answer.headers;
    if (length !== undefined) expect(length).toBe(String(answer.rawPayload.length));
    if (coding !== 'identity') expect(answer.rawPayload.length).toBeLessThan(bytes.length / 4);
  },
);

test.each(['prepared', 'in parts'])('an answer %s is known by the tag of its coding', async (kind) => {
  const { get } = await start(kinds[kind] ?? (() => []));
  const tags: unknown[] = [];

  for (const coding of ['br', 'gzip', 'identity']) {
    const { etag = '' } = (await get(coding)).headers;
    const again = await get(coding, { 'if-none-match': etag });
    expect([again.statusCode, again.rawPayload.length, again.headers.etag]).toEqual([304, 0, etag]);
    expect(again.headers.vary).toBe('accept-encoding');
    tags.push(etag);
  }

  expect(new Set(tags).size).toBe(3);
  expect((await get('br', { 'if-none-match': tags[1] })).statusCode).toBe(200);
});

test('the same bytes are sent as long as an answer is kept', async () => {
  const kept = new PreparedAnswer(bytes, tag);
  const [one, other] = await Promise.all([kept.in('br'), kept.in('br')]);

  expect(other).toBe(one);
  expect(await kept.in('gzip')).not.toBe(one);
  expect(await kept.in(undefined)).toBe(kept);
});

test('what a client has already is not compressed', async () => {
  const prepared = new PreparedAnswer(bytes, tag);
  const compressing = vi.spyOn(prepared, 'in');
  const { get } = await start(() => prepared);

  expect((await get('br', { 'if-none-match': prepared.tagIn('br') })).statusCode).toBe(304);
  expect(compressing).not.toHaveBeenCalled();
});

test('a short answer is sent as it is', async () => {
  const { get } = await start(() => new PreparedAnswer(Buffer.from('["short"]'), '"1"'));

  const answer = await get('br');

  expect(answer.headers).not.toHaveProperty('content-encoding');
  expect(answer.headers.etag).toBe('"1"');
  expect(answer.json()).toEqual(['short']);
});

test('an answer that may contain a new secret is not compressed, nor one whose tag is a version', async () => {
  const { one, post } = await start(() => long);

  for (const answer of [await post('br'), await one('br')]) {
    expect(answer.headers).not.toHaveProperty('content-encoding');
    expect(answer.json()).toEqual(long);
  }
  expect((await one('br')).headers.etag).toBe('"7"');
});
