import { operations } from '@gatehouse/contract/operations';
import type { Operation } from '@gatehouse/contract/operation';
import { describe, expect, test } from 'vitest';
import { engines, startTestGatehouse, type Person, type TestGatehouse } from '../harness/gatehouse.ts';
import { openDatabaseFile } from './database-file.ts';
import { bodyFor, kindOf, populate, type Population } from './population.ts';
import { comparable, send, type WireAnswer } from './wire.ts';

const neverExisting = '987654321';
/** What names nothing, because it is no id. */
const malformedIds = ['abc', '1abc', '1e3', '-1', '0', '01', '1.0', '0x1', '9007199254740993', '1%00', '1'.repeat(300)];

const withIds = operations.filter(({ path }) => path.includes(':'));
/** Administrators see every account, so no account is hidden from a permitted caller. */
const ofThings = withIds.filter((operation) => kindOf(operation) !== 'account');

/** The path with `id` in its first place; the others name what may well exist. */
function pathTo({ path }: Operation, id: string | number, later = '1'): string {
  let place = 0;
  return path.replace(/:\w+/g, () => (place++ === 0 ? String(id) : later));
}

interface Asked {
  readonly gatehouse: TestGatehouse;
  readonly people: Population;
  readonly operation: Operation;
}

function ask({ gatehouse, people, operation }: Asked, who: Person, path: string): Promise<WireAnswer> {
  const body = bodyFor(operation, people);
  return send(gatehouse.url, {
    method: operation.method,
    path,
    headers: {
      authorization: `Bearer ${who.token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

describe.each(engines)('on %s', (engine) => {
  test('what one cannot see answers, to the byte, like what never existed', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    const people = await populate(gatehouse);
    const { stranger, foreign } = people;
    const uniform = comparable(
      await send(gatehouse.url, {
        method: 'GET',
        path: `/api/identity/${neverExisting}`,
        headers: { authorization: `Bearer ${stranger.token}` },
      }),
    );
    expect(uniform).toContain('404');

    for (const operation of ofThings) {
      const { existing, deleted } = foreign[kindOf(operation)];
      for (const id of [neverExisting, ...malformedIds, ...deleted, ...existing]) {
        const path = pathTo(operation, id);
        const answer = await ask({ gatehouse, people, operation }, stranger, path);
        expect(comparable(answer), `${operation.method} ${path}`).toBe(uniform);
      }
    }
  });
});

test('only an administrator learns which accounts there are by their ids', async () => {
  await using gatehouse = await startTestGatehouse();
  const people = await populate(gatehouse);
  const administrator = await gatehouse.administrator();
  for (const operation of withIds.filter((one) => kindOf(one) === 'account')) {
    const asked = { gatehouse, people, operation };
    const refusals = new Set<string>();
    for (const id of [...people.foreign.account.existing, neverExisting])
      refusals.add(comparable(await ask(asked, people.stranger, pathTo(operation, id))));
    expect([...refusals], operation.id).toEqual([expect.stringContaining('"error":"forbidden"')]);
    for (const id of [neverExisting, ...malformedIds])
      expect((await ask(asked, administrator, pathTo(operation, id))).status, `${operation.id} ${id}`).toBe(404);
  }
});

test('the second id of a path names nothing either that one cannot see', async () => {
  await using gatehouse = await startTestGatehouse();
  const people = await populate(gatehouse);
  const { stranger, own, owner, foreign } = people;
  const ownFirst = { identity: own.identity, entry: own.entry, organization: own.organization };
  // Below an account, whose ids are for administrators alone, the first id is refused already.
  const nested = withIds.filter((one) => one.path.split(':').length === 3 && kindOf(one) !== 'account');
  expect(nested.length).toBeGreaterThan(3);
  for (const operation of nested) {
    const kind = kindOf(operation);
    if (kind !== 'entry' && kind !== 'organization' && kind !== 'identity') throw new Error(`who owns a ${kind}?`);
    const second = kind === 'organization' ? owner.id : (foreign.identity.existing[0] ?? 0);
    const answers = new Set<string>();
    for (const id of [second, neverExisting, ...malformedIds])
      answers.add(
        comparable(
          await ask({ gatehouse, people, operation }, stranger, pathTo(operation, ownFirst[kind], String(id))),
        ),
      );
    expect([...answers], operation.id).toEqual([expect.stringContaining('"error":"not_found"')]);
  }
});

test('an attempt on what exists is one line of the audit log, and on what does not exist none', async () => {
  await using gatehouse = await startTestGatehouse();
  const people = await populate(gatehouse);
  const { stranger, foreign } = people;
  using database = openDatabaseFile(gatehouse.dataDir);
  const denied = "select count(*) from audit_log where outcome = 'denied' and account_id = ?";
  const count = () => Number(database.column(denied, stranger.id)[0]);
  for (const operation of ofThings) {
    const { existing, deleted } = foreign[kindOf(operation)];
    for (const [id, lines] of [
      ...[...existing].map((one) => [one, 1] as const),
      ...[neverExisting, ...malformedIds, ...deleted].map((one) => [one, 0] as const),
    ]) {
      const before = count();
      await ask({ gatehouse, people, operation }, stranger, pathTo(operation, id));
      expect.soft(count() - before, `${operation.id} on ${id}`).toBe(lines);
    }
  }
});

test('looks at the caller first, then at the shape of the request, then at what it is about', async () => {
  await using gatehouse = await startTestGatehouse();
  const people = await populate(gatehouse);
  for (const operation of ofThings) {
    const [id = 0] = people.foreign[kindOf(operation)].existing;
    const path = pathTo(operation, id);
    const wrong = { 'content-type': 'application/json', authorization: `Bearer ${people.stranger.token}` };
    const { method } = operation;
    const body = '{"nonsense":1}';
    const anonymous = await send(gatehouse.url, {
      method,
      path,
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(anonymous.text, operation.id).toContain('"error":"malformed_authorization"');
    const unknown = { ...wrong, authorization: `Bearer ${'0'.repeat(96)}` };
    expect((await send(gatehouse.url, { method, path, headers: unknown, body })).status, operation.id).toBe(401);
    if (bodyFor(operation, people) === undefined) continue;
    const shape = await send(gatehouse.url, { method, path, headers: wrong, body });
    expect(shape.text, operation.id).toContain('"error":"invalid_request"');
  }
});
