import { Agent } from 'node:http';
import { createPasswordHasher } from '../../src/vault/passwords/hasher.ts';
import { expect, test } from 'vitest';
import { startTestGatehouse, type TestGatehouse } from '../harness/gatehouse.ts';
import { openDatabaseFile, type DatabaseFile } from './database-file.ts';
import { comparable, send, type WireAnswer } from './wire.ts';

const pairs = 500;
const tolerance = 0.03;
const attempts = 3;
/** Costly enough to be most of a sign-in, cheap enough for thousands. */
const costs = { memoryKiB: 256, passes: 1 };

const kinds = ['known', 'unknown'] as const;
type Kind = (typeof kinds)[number];
/** As long as each other, so that the answers are too. */
const names: Readonly<Record<Kind, string>> = { known: 'anna', unknown: 'otto' };

function ask(gatehouse: TestGatehouse, agent: Agent, path: string, body: unknown): Promise<WireAnswer> {
  const headers = { 'content-type': 'application/json' };
  return send(gatehouse.url, { method: 'POST', path, headers, body: JSON.stringify(body), agent });
}

/** The ratio of the medians, measured in turns so that the machine's moods meet both. */
async function ratio(sample: (kind: Kind) => Promise<void>): Promise<number> {
  const took: Record<Kind, number[]> = { known: [], unknown: [] };
  for (let pair = 0; pair < pairs; pair++) {
    for (const kind of pair % 2 === 0 ? kinds : kinds.toReversed()) {
      const startedMs = performance.now();
      await sample(kind);
      took[kind].push(performance.now() - startedMs);
    }
  }
  return median(took.known) / median(took.unknown);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** The best of a few: what is there shows each time, what the machine does meanwhile does not. */
async function expectEqual(sample: (kind: Kind) => Promise<void>): Promise<void> {
  const ratios: number[] = [];
  for (let attempt = 0; attempt < attempts; attempt++) {
    ratios.push(await ratio(sample));
    if (Math.abs((ratios.at(-1) ?? 0) - 1) < tolerance) return;
  }
  expect(ratios, 'the medians of known and unknown names differ').toEqual([]);
}

function forgetTries(database: DatabaseFile): void {
  database.run('delete from login_limits');
}

test('a wrong sign-in says and takes the same for a name that an account has and one that no account has', async () => {
  await using gatehouse = await startTestGatehouse({ hasher: createPasswordHasher(costs) });
  await gatehouse.administrator();
  const made = await gatehouse.person(names.known);
  expect(made.token).not.toBe('');
  // A device that has signed in is counted apart; the one that asks here is unknown.
  using database = openDatabaseFile(gatehouse.dataDir);
  database.run('delete from known_devices');
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const answers = new Set<string>();
  await expectEqual(async (kind) => {
    forgetTries(database);
    const answer = await ask(gatehouse, agent, '/api/auth/login', {
      username: names[kind],
      password: 'not the password',
    });
    answers.add(comparable(answer));
  });
  expect([...answers]).toEqual([expect.stringContaining('"error":"invalid_credentials"')]);
  agent.destroy();
});

test('without self-registration, a taken name is refused like a free one', async () => {
  await using gatehouse = await startTestGatehouse();
  await gatehouse.administrator();
  await gatehouse.person(names.known);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const answers = new Set<string>();
  await expectEqual(async (kind) => {
    const body = { username: names[kind], password: 'a password of theirs', firstName: 'A', lastName: 'B' };
    answers.add(comparable(await ask(gatehouse, agent, '/api/account/register', body)));
  });
  expect([...answers]).toEqual([expect.stringContaining('"error":"forbidden"')]);
  agent.destroy();
});
