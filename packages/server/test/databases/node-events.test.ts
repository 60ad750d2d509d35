import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Event } from '../../src/kernel/events.ts';
import { createLogger } from '../../src/kernel/logger.ts';
import { shareEvents } from '../../src/kernel/node-events.ts';
import { createTestDatabase, type TestDatabase } from './postgres.ts';

const logger = createLogger('silent');

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
});

afterEach(() => database.drop());

/** A node that keeps what it hears. */
async function join(nodeId: string) {
  const events = await shareEvents({ url: database.url, nodeId, logger });
  const heard: Event[] = [];
  events.subscribe((event) => heard.push(event));
  return { events, heard, [Symbol.asyncDispose]: () => events[Symbol.asyncDispose]() };
}

test('thousands of events at once come to the others in order, and to oneself once', async () => {
  await using one = await join('one');
  await using other = await join('other');
  const told: Event[] = Array.from({ length: 5_000 }, (_, sessionId) => ({ type: 'session-ended', sessionId }));
  for (const event of told) one.events.emit(event);
  await expect.poll(() => other.heard.length).toBe(told.length);
  expect(other.heard).toEqual(told);
  expect(one.heard).toEqual(told);
});

test('what does not fit into a notification is told as anything', async () => {
  await using one = await join('one');
  await using other = await join('other');
  const accountIds = Array.from({ length: 4_000 }, (_, id) => id);
  one.events.emit({ type: 'organizations', accountIds });
  await expect.poll(() => other.heard).toEqual([{ type: 'missed' }]);
  expect(one.heard).toEqual([{ type: 'organizations', accountIds }]);
});

test.for(['{"from":"newer","event":{"type":"later"}}', 'anything', '{}', 'null', ''])(
  'what is not understood is taken for anything: %s',
  async (payload) => {
    await using node = await join('one');
    await notify(payload);
    await expect.poll(() => node.heard).toEqual([{ type: 'missed' }]);
  },
);

test('so many at once that they cannot be sent are told as anything', async () => {
  await using one = await join('one');
  await using other = await join('other');
  for (let sessionId = 0; sessionId < 20_000; sessionId++) one.events.emit({ type: 'session-ended', sessionId });
  await expect.poll(() => other.heard.at(-1)).toEqual({ type: 'missed' });
  one.events.emit({ type: 'session-ended', sessionId: 1 });
  await expect.poll(() => other.heard.at(-1)).toEqual({ type: 'session-ended', sessionId: 1 });
});

async function notify(payload: string): Promise<void> {
  const client = new pg.Client({ connectionString: database.url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  await client.query('select pg_notify($1, $2)', ['gatehouse', payload]);
  await client.end();
}
