import type { Operation } from '@gatehouse/contract/operation';
import { operations } from '@gatehouse/contract/operations';
import { problemSchema } from '@gatehouse/contract/problem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startTestGatehouse, type Person, type TestGatehouse } from '../harness/gatehouse.ts';
import { send, type WireAnswer } from './wire.ts';

const bodyLimitBytes = 256 * 1024;
/** Deep enough to end a recursion over it with an overflow of the stack; as many as fit into the body of a call without sign-in. */
const deepLevels = { caller: 50_000, open: 8_000 };

interface Failing {
  readonly what: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: string;
}

const json = { 'content-type': 'application/json' };

/** A bare request that lacks what the operation asks for. */
function withoutCaller({ access }: Operation): Failing[] {
  if (access.kind === 'none') return [];
  const malformed = [
    '',
    'Bearer',
    'Bearer ',
    'Basic cm9vdDpyb290',
    'Bearer a b',
    `Bearer ${'a'.repeat(2_000)}`,
    'Bearer ü',
  ];
  return [
    { what: 'no token', status: 400, headers: json },
    ...malformed.map((authorization) => ({
      what: `the header "${authorization.slice(0, 20)}"`,
      status: 400,
      headers: { ...json, authorization },
    })),
    ...['0'.repeat(96), 'x', `ghk_${'a'.repeat(10)}_${'b'.repeat(43)}_000000`].map((token) => ({
      what: `the unknown token ${token.slice(0, 20)}`,
      status: 401,
      headers: { ...json, authorization: `Bearer ${token}` },
    })),
  ];
}

/** Bodies that no operation takes, and those that one which takes a body does not. */
function withWrongBody(operation: Operation, headers: Readonly<Record<string, string>>): Failing[] {
  if (operation.method === 'GET') return [];
  const typed = { ...headers, ...json };
  const unreadable: Failing[] = [
    { what: 'half a JSON text', status: 400, headers: typed, body: '{"name":' },
    { what: 'no JSON', status: 400, headers: typed, body: '<html></html>' },
    { what: 'a poisoned prototype', status: 400, headers: typed, body: '{"__proto__":{"isAdmin":true}}' },
    {
      what: 'a poisoned constructor',
      status: 400,
      headers: typed,
      body: '{"constructor":{"prototype":{"isAdmin":true}}}',
    },
    { what: 'plain text', status: 415, headers: { ...headers, 'content-type': 'text/plain' }, body: '{}' },
    {
      what: 'a form',
      status: 415,
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'a=b',
    },
    { what: 'XML', status: 415, headers: { ...headers, 'content-type': 'application/xml' }, body: '<a/>' },
    { what: 'too much', status: 413, headers: typed, body: JSON.stringify({ name: 'x'.repeat(bodyLimitBytes) }) },
  ];
  const levels = operation.access.kind === 'none' ? deepLevels.open : deepLevels.caller;
  const deep = `{"name":${'['.repeat(levels)}${']'.repeat(levels)}}`;
  unreadable.push({ what: 'a very deep one', status: 400, headers: typed, body: deep });
  if (operation.body instanceof z.ZodUndefined) return unreadable;
  const wrong = ['[]', '"text"', '1', 'true', '{"noSuchField":1}']
    .filter((body) => !operation.body.safeParse(JSON.parse(body)).success)
    .map((body) => ({ what: `the body ${body.slice(0, 20)}`, status: 400, headers: typed, body }));
  const absent = operation.body.safeParse(undefined).success
    ? []
    : [
        { what: 'no body', status: 400, headers },
        { what: 'an empty body', status: 400, headers: typed, body: '' },
        { what: 'null', status: 400, headers: typed, body: 'null' },
      ];
  return [...unreadable, ...wrong, ...absent];
}

function withWrongQuery({ query }: Operation, headers: Readonly<Record<string, string>>): Failing[] {
  if (query instanceof z.ZodUndefined) return [];
  return [
    { limit: 'many' },
    { limit: '0' },
    { limit: '99999999999999999999' },
    { cursor: '\u0000' },
    { noSuchFilter: '1' },
  ]
    .filter((parameters) => !query.safeParse(parameters).success)
    .map((parameters) => ({
      what: `the query ${JSON.stringify(parameters)}`,
      status: 400,
      headers,
      query: `?${new URLSearchParams(parameters as unknown as Record<string, string>).toString()}`,
    }));
}

describe('every operation', () => {
  let gatehouse: TestGatehouse;
  let person: Person;
  let declared: Record<string, Record<string, { responses: Record<string, unknown> }>>;

  beforeAll(async () => {
    gatehouse = await startTestGatehouse();
    person = await gatehouse.person('olga');
    const document = await gatehouse.call('GET', '/api/openapi.json');
    declared = document.at('paths') as typeof declared;
  });
  afterAll(() => gatehouse[Symbol.asyncDispose]());

  const expectProblem = (answer: WireAnswer, operation: Operation, { what, status }: Failing) => {
    const about = `${operation.id} with ${what}: ${answer.text.slice(0, 300)}`;
    expect.soft(answer.status, about).toBe(status);
    expect.soft(answer.contentType, about).toBe('application/json; charset=utf-8');
    const problem = problemSchema.safeParse(JSON.parse(answer.text));
    expect.soft(problem.data?.code, about).toBe(answer.status);
    const path = operation.path.replace(/:(\w+)/g, '{$1}');
    const responses = declared[path]?.[operation.method.toLowerCase()]?.responses ?? {};
    expect.soft(Object.keys(responses), `${operation.id} declares`).toContain(String(answer.status));
  };

  test.each(operations)('$id answers every wrong request with a problem that it declares', async (operation) => {
    const own = { authorization: `Bearer ${person.token}` };
    const cases = [
      ...withoutCaller(operation),
      ...withWrongBody(operation, operation.access.kind === 'none' ? {} : own),
      ...withWrongQuery(operation, operation.access.kind === 'none' ? {} : own),
    ];
    for (const failing of cases) {
      const path = operation.path.replace(/:\w+/g, '1') + (failing.query ?? '');
      const answer = await send(gatehouse.url, { method: operation.method, path, ...failing });
      expectProblem(answer, operation, failing);
    }
  });

  test('there are more than a hundred cases', () => {
    const all = operations.flatMap((one) => [
      ...withoutCaller(one),
      ...withWrongBody(one, {}),
      ...withWrongQuery(one, {}),
    ]);
    expect(all.length).toBeGreaterThan(100);
  });

  test('nothing under /api answers HTML, whatever is asked', async () => {
    const own = { authorization: `Bearer ${person.token}`, accept: 'text/html' };
    const paths = [
      '/api',
      '/api/',
      '/api/nothing',
      '/api/identity/list/more',
      '/api/%',
      '/api/%00',
      '/api/..%2f',
      '/api//',
    ];
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'])
      for (const path of paths) {
        const answer = await send(gatehouse.url, { method, path, headers: own });
        expect.soft(answer.status, `${method} ${path}`).toBeGreaterThanOrEqual(400);
        expect.soft(problemSchema.safeParse(JSON.parse(answer.text)).success, `${method} ${path}`).toBe(true);
      }
  });

  test('an unknown expectation changes nothing', async () => {
    const headers = { authorization: `Bearer ${person.token}`, expect: 'the-unexpected' };
    const answer = await send(gatehouse.url, { method: 'GET', path: '/api/identity/1', headers });
    expect(answer).toMatchObject({ status: 404, text: expect.stringContaining('"error":"not_found"') as string });
  });
});
