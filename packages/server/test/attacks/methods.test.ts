import { operations } from '@gatehouse/contract/operations';
import { expect, test } from 'vitest';
import { startTestGatehouse } from '../harness/gatehouse.ts';
import { populate } from './population.ts';
import { comparable, send } from './wire.ts';

const methods = ['GET', 'HEAD', 'PUT', 'POST', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'];

/** The plural that existing clients use, where the resource has one. */
function plural(path: string): string {
  return path
    .replace(/^\/api\/(identit|entr)y/, '/api/$1ies')
    .replace(/^\/api\/(folder|organization|account|session)\b/, '/api/$1s');
}

test('another method on a path of the contract is a 405 that names those it takes, to every caller and about any id', async () => {
  await using gatehouse = await startTestGatehouse();
  const { stranger, foreign } = await populate(gatehouse);
  const [existing = 0] = foreign.identity.existing;
  const declared = new Map<string, Set<string>>();
  for (const { path, method } of operations) {
    const allowed = declared.get(path) ?? new Set();
    declared.set(path, allowed.add(method));
    if (method === 'GET') allowed.add('HEAD');
  }
  for (const [pattern, allowed] of declared) {
    // A word may stand where another path has an id; what takes ids of that path looks at it first.
    const taken = operations
      .filter(({ path }) => new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`).test(pattern))
      .map((operation): string => operation.method);
    const method = methods.find((one) => ![...taken, 'HEAD'].includes(one)) ?? '';
    const bodies = new Set<string>();
    for (const id of [String(existing), '987654321'])
      for (const path of [pattern.replace(/:\w+/g, id), plural(pattern).replace(/:\w+/g, id)])
        for (const headers of [{}, { authorization: `Bearer ${stranger.token}` }]) {
          const answer = await send(gatehouse.url, { method, path, headers, body: undefined });
          expect(answer.status, `${method} ${path}`).toBe(405);
          bodies.add(comparable(answer));
        }
    expect([...bodies], pattern).toHaveLength(1);
    const [said = ''] = bodies;
    for (const one of allowed) expect(said, pattern).toContain(one);
  }
});

test('a path that names nothing stays 404 whatever the method', async () => {
  await using gatehouse = await startTestGatehouse();
  for (const path of ['/api/identity/abc', '/api/identity/0', '/api/nothing', '/api', '/metrics'])
    for (const method of methods) {
      const answer = await send(gatehouse.url, {
        method,
        path,
        headers: { 'x-forwarded-for': '192.0.2.1' },
        body: undefined,
      });
      expect([404, 400], `${method} ${path}`).toContain(answer.status);
    }
});
