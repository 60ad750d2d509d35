import { maxOpenBodyBytes, operation, type Access } from '@gatehouse/contract/operation';
import type { Problem } from '@gatehouse/contract/problem';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createLogger } from '../logger.ts';
import { serve, serveOpen } from './serve.ts';
import { createHttpServer } from './server.ts';

const openPath = '/api/test/open';
const callerPath = '/api/test/caller';
const callerBodyBytes = 256 * 1024;

function operationAt(path: `/${string}`, access: Access) {
  const body = z.strictObject({ text: z.string().optional(), numbers: z.array(z.int()).optional() });
  return operation({ id: 'test.run', method: 'POST', summary: 'A test', path, access, body, result: z.object({}) });
}

async function start() {
  const logger = createLogger('silent');
  const app = await createHttpServer({ logger, trustProxy: [], recordRefusal: () => Promise.resolve() });
  app.decorateRequest('caller', undefined);
  app.addHook('onRequest', (request, _reply, done) => {
    request.caller = { client: {} } as typeof request.caller;
    done();
  });
  serveOpen(app, operationAt(openPath, { kind: 'none' }), () => Promise.resolve({}));
  serve(app, operationAt(callerPath, { kind: 'session' }), () => Promise.resolve({}));
  return async (url: string, payload: string) => {
    const headers = { 'content-type': 'application/json' };
    const { statusCode, body } = await app.inject({ method: 'POST', url, payload, headers });
    return { status: statusCode, bytes: body.length, problem: JSON.parse(body) as Partial<Problem> };
  };
}

const unknownFields = (bytes: number) => {
  let text = '{"a0":1';
  for (let index = 1; text.length < bytes - 12; index++) text += `,"a${index}":1`;
  return `${text}}`;
};
const wrongElements = (bytes: number) => `{"numbers":[${'"",'.repeat((bytes - 20) / 3)}0]}`;
const textOf = (bytes: number) => JSON.stringify({ text: 'x'.repeat(bytes - '{"text":""}'.length) });

test.each([
  ['without sign-in', openPath, maxOpenBodyBytes],
  ['of a caller', callerPath, callerBodyBytes],
])('takes bodies up to the limit of a call %s', async (_what, path, limit) => {
  const post = await start();

  expect((await post(path, textOf(limit))).status).toBe(200);
  const { status, problem } = await post(path, textOf(limit + 1));
  expect([status, problem.error]).toEqual([413, 'payload_too_large']);
  expect(problem.message).toBe(`The request body is larger than ${limit / 1024} KiB.`);
});

test.each([
  ['unknown fields without sign-in', openPath, unknownFields(maxOpenBodyBytes)],
  ['unknown fields of a caller', callerPath, unknownFields(callerBodyBytes)],
  ['wrong elements without sign-in', openPath, wrongElements(maxOpenBodyBytes)],
  ['wrong elements of a caller', callerPath, wrongElements(callerBodyBytes)],
])('answers a body full of %s with a small problem and little work', async (_what, path, payload) => {
  const post = await start();
  await post(path, payload);
  const before = process.cpuUsage();

  for (let round = 0; round < 50; round++) {
    const { status, bytes, problem } = await post(path, payload);
    expect([status, problem.error]).toEqual([400, 'invalid_request']);
    expect(problem.details?.length ?? 0).toBeLessThanOrEqual(20);
    expect(bytes).toBeLessThan(4_096);
  }

  // 50 such bodies took about 9 s when each of their fields was listed.
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(4);
});

test('names the first 20 of too many faults', async () => {
  const post = await start();

  const { problem } = await post(openPath, unknownFields(1_000));

  expect(problem.details?.map(({ path }) => path)).toEqual(Array.from({ length: 20 }, (_, index) => `a${index}`));
});

test.each([
  ['64 levels', `{"text":${'['.repeat(63)}${']'.repeat(63)}}`, 'text: '],
  ['65 levels', `{"text":${'['.repeat(64)}${']'.repeat(64)}}`, 'nested too deeply'],
  ['levels of objects', `${'{"a":'.repeat(65)}1${'}'.repeat(65)}`, 'nested too deeply'],
  ['brackets in a text', JSON.stringify({ other: '[{\\"'.repeat(100) }), 'is not a field'],
  ['a quote in a text, and what looks like levels after it', `{"other":"\\"${'['.repeat(100)}"}`, 'is not a field'],
  ['a text that does not end', `{"text":"${'['.repeat(100)}`, 'not well-formed JSON'],
  ['2,000 values', `{"numbers":[${'1,'.repeat(1_997)}"x"]}`, 'numbers.1997'],
  ['2,001 values', `{"numbers":[${'1,'.repeat(1_999)}"x"]}`, 'more than 2000 values'],
  ['values in excess that are no JSON', ','.repeat(3_000), 'more than 2000 values'],
])('counts %s', async (_what, payload, message) => {
  const post = await start();

  const { status, problem } = await post(openPath, payload);

  expect(status).toBe(400);
  expect(problem.message).toContain(message);
});
