import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { scopes } from '@gatehouse/contract/scopes';
import { socketPaths } from '@gatehouse/contract/sockets';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestGatehouse, type TestGatehouse } from '../harness/gatehouse.ts';
import { requestTerminal } from '../sessions/terminal-client.ts';
import { startHostile, type HostileServer } from '../ssh-servers/hostile.ts';
import { keyOf, makeUselessCredentials } from './credentials.ts';
import { few, resources } from './expectations.ts';
import { socketRows } from './table.ts';
import { createWorld, type World } from './world.ts';

const aheadMs = 120_000;
const statusOf = { allowed: 101, '400': 400, '401': 401, '403': 403, '404u': 404 } as const;

let gatehouse: TestGatehouse;
let server: HostileServer;
let world: World;
let passedMs = 0;

beforeAll(async () => {
  server = await startHostile({ accept: () => true });
  gatehouse = await startTestGatehouse({ now: () => new Date(Date.now() + passedMs) });
  world = await createWorld(gatehouse, server);
});

afterAll(async () => {
  await gatehouse[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

/** Asks for a WebSocket; resolves to the status and what was said, but for the id of the request. */
async function upgrade(
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asking = request(gatehouse.url + path, {
      // A refused upgrade ends its connection, which must not be used again.
      agent: false,
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        'sec-websocket-protocol': 'gatehouse.v1',
        ...headers,
      },
    });
    asking.on('upgrade', (_, socket) => {
      resolve({ status: 101, text: '' });
      socket.destroy();
    });
    asking.on('response', (response) => {
      const status = response.statusCode ?? 0;
      buffer(response).then((body) => {
        resolve({ status, text: body.toString().replace(/"requestId":"[\w-]{36}"/, '') });
      }, reject);
    });
    asking.on('error', reject);
    asking.end();
  });
}

test('every WebSocket of the contract has a row, and every row a WebSocket', () => {
  expect(Object.keys(socketRows).sort()).toEqual([...socketPaths].sort());
});

test('changes are told to signed-in callers, and to API keys that may read a list of them', async () => {
  const { credential, own } = socketRows['/api/ws/state'];
  const useless = await makeUselessCredentials(world);
  passedMs = aheadMs;
  for (const role of few) {
    const authorization = `Bearer ${world.people[role].token}`;
    const { status } = await upgrade('/api/ws/state', { authorization });
    expect.soft(status, role).toBe(statusOf[own?.[role] ?? '404u']);
  }
  for (const [who, headers, verdict] of useless)
    expect.soft((await upgrade('/api/ws/state', headers)).status, who).toBe(statusOf[verdict]);
  for (const scope of scopes) {
    const authorization = `Bearer ${await keyOf(world.people.owner, [scope])}`;
    const { status } = await upgrade('/api/ws/state', { authorization });
    const opens = typeof credential === 'object' && credential.includes(scope);
    expect.soft(status, scope).toBe(opens ? 101 : 403);
  }
});

test('a session is joined with a ticket of its own, by no other account', async () => {
  const row = socketRows['/api/ws/session/:sessionId'];
  const columns = { own: row.own, "the organization's": row.organization, absent: row.gone };
  const answers = new Set<string>();
  for (const role of few)
    for (const resource of resources) {
      const entryId = await world.find(role, 'own', 'entry');
      const { sessionId, ticket } = await requestTerminal(world.people[role], { entryId });
      const id = resource === 'own' ? sessionId : await world.find(role, resource, 'connection');
      if (id === undefined) continue;
      const offered = { 'sec-websocket-protocol': `gatehouse.v1, ticket.${ticket}` };
      const { status, text } = await upgrade(`/api/ws/session/${id}`, offered);
      const verdicts = resource in columns ? columns[resource as keyof typeof columns] : row.foreign;
      expect.soft(status, `${role} on ${resource}`).toBe(statusOf[verdicts?.[role] ?? '404u']);
      if (status !== 101) answers.add(text);
    }
  // One answer to all, whether there is such a session or not.
  expect(answers.size).toBe(1);
});

test('a session is not joined without a ticket, by any caller', async () => {
  const { sessionId } = await requestTerminal(world.people.owner, {
    entryId: await world.find('owner', 'own', 'entry'),
  });
  const authorization = `Bearer ${world.people.owner.token}`;
  expect((await upgrade(`/api/ws/session/${sessionId}`, {})).status).toBe(400);
  expect((await upgrade(`/api/ws/session/${sessionId}`, { authorization })).status).toBe(400);
  const offered = { 'sec-websocket-protocol': `gatehouse.v1, ticket.${'a'.repeat(22)}` };
  expect((await upgrade(`/api/ws/session/${sessionId}`, offered)).status).toBe(401);
});
