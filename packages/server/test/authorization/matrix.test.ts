import type { Agent } from 'node:http';
import { operations } from '@gatehouse/contract/operations';
import { scopes, type Scope } from '@gatehouse/contract/scopes';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { comparable } from '../attacks/wire.ts';
import { engines, startTestGatehouse, type Person, type TestGatehouse } from '../harness/gatehouse.ts';
import { startHostile, type HostileServer } from '../ssh-servers/hostile.ts';

import { ask, createAgent, meaningOf, onEach, sendSent, sendWith, type Named } from './ask.ts';
import { askOf, claimants, claimed, claims, readCan, readListed, readTree, type Claim } from './claims.ts';
import { keyOf, makeUselessCredentials, type UselessCredential } from './credentials.ts';
import { few, roles, strangers, type Resource, type Role, type Row, type Verdicts } from './expectations.ts';
import { questions, type Cell } from './requests.ts';
import { operationRows } from './table.ts';
import { createWorld, hiddenMark, organizationMark, personalMark, type World } from './world.ts';

vi.setConfig({ testTimeout: 300_000 });

const named = operations as readonly Named[];
/** How far the clock has gone when the matrix is asked: past the end of the key that has run out. */
const aheadMs = 120_000;
/** Hundreds of requests, on a machine that does much else. */
const setUpTimeoutMs = 600_000;
/** What shows administrators the things of other accounts on purpose. */
const shownToAdministrators = ['user.listApiKeys'];
/** The columns of a row with the resources that stand in each. */
function columnsOf({ own, organization, foreign, gone }: Row): readonly (readonly [Resource, Verdicts | undefined])[] {
  return [
    ['own', own],
    ["the organization's", organization],
    ["another organization's", foreign],
    ["another person's", foreign],
    ['deleted', gone],
    ['absent', gone],
  ];
}

/** Every role where a right may matter, or else the few. */
function rolesFor(resource: Resource, verdicts: Verdicts, isWhole: boolean): readonly Role[] {
  if (!isWhole) return few;
  const asked = resource === "the organization's" ? roles : roles.filter((role) => role.startsWith('without'));
  const differs = new Set(asked.map((role) => verdicts[role])).size > 1;
  return differs ? roles : few;
}

/**
 * SQLite answers the whole matrix. What differs on PostgreSQL is how rows are read and written, and not who may do it: there, every operation and
 * resource is asked for by the few roles that stand for all.
 */
describe.each(engines)('the authorization matrix on %s', (engine) => {
  const isWhole = engine === 'sqlite';
  let gatehouse: TestGatehouse;
  let server: HostileServer;
  let world: World;
  let agent: Agent;
  let uniform: string;
  let withoutSignIn: readonly UselessCredential[];
  const keys = new Map<string, string>();
  let passedMs = 0;
  let count = 0;

  beforeAll(async () => {
    server = await startHostile({
      accept: () => true,
      onChannel: (channel) => {
        channel.exit(0);
        channel.end();
      },
    });
    gatehouse = await startTestGatehouse({
      engine,
      now: () => new Date(Date.now() + passedMs),
      environment: { TERMINALS_PER_ACCOUNT: '1000' },
    });
    agent = createAgent();
    world = await createWorld(gatehouse, server);
    withoutSignIn = await makeUselessCredentials(world);
    passedMs = aheadMs;
    for (const role of ['owner', 'administrator'] as const)
      for (const scope of scopes) keys.set(`${role} ${scope}`, await keyOf(world.people[role], [scope]));
    const token = world.people.outsider.token;
    const request = { method: 'GET', path: '/api/identity/987654321', headers: { authorization: `Bearer ${token}` } };
    uniform = comparable(await sendWith(agent, gatehouse.url, request));
  }, setUpTimeoutMs);

  afterAll(async () => {
    agent.destroy();
    await gatehouse[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  /** The cell of a role and a resource; undefined where there is no such thing. */
  async function cellOf(operation: Named, role: Role, resource: Resource): Promise<Cell | undefined> {
    const verdicts = columnsOf(operationRows[operation.id]).find(([one]) => one === resource)?.[1];
    if (verdicts === undefined) return undefined;
    const { kind } = questions[operation.id];
    const id = kind === undefined ? 0 : await world.find(role, resource, kind);
    if (id === undefined) return undefined;
    return { world, role, actor: world.people[role], resource, expected: verdicts[role], id };
  }

  /** What is wrong with an answer; undefined if nothing is. */
  function fault(cell: Cell, what: string, expected: string, { meaning, text }: { meaning: string; text: string }) {
    count += 1;
    if (meaning !== expected) return `${what}: expected ${expected}, got ${meaning}`;
    const others = roles.filter((role) => role !== cell.role).map(personalMark);
    const marks = strangers.includes(cell.role) ? [organizationMark, ...others] : others;
    const shown = [hiddenMark, ...marks].find((mark) => text.includes(mark));
    return shown === undefined ? undefined : `${what}: shows what is ${shown}`;
  }

  async function check(operation: Named, cell: Cell): Promise<string | undefined> {
    const answer = await ask(agent, operation, cell);
    const what = `${operation.id} by ${cell.role} on ${cell.resource} ${cell.id}`;
    // Names are looked for where they are not asked for.
    const text = shownToAdministrators.includes(operation.id) && cell.role === 'administrator' ? '' : answer.text;
    return fault(cell, what, cell.expected, { meaning: meaningOf(answer, uniform), text });
  }

  /** A cell for callers that the table does not distinguish by owner. */
  async function plainCell(operation: Named, role: Role): Promise<Cell> {
    for (const [resource, verdicts] of columnsOf(operationRows[operation.id])) {
      if (verdicts === undefined) continue;
      const cell = await cellOf(operation, role, resource);
      if (cell !== undefined && (role !== 'administrator' || cell.expected === 'allowed')) return cell;
    }
    throw new Error(`${operation.id} has no column`);
  }

  test.each(named)('$id by everyone who has signed in', async (operation) => {
    const cells: Cell[] = [];
    for (const [resource, verdicts] of columnsOf(operationRows[operation.id]))
      for (const role of verdicts === undefined ? [] : rolesFor(resource, verdicts, isWhole)) {
        const cell = await cellOf(operation, role, resource);
        if (cell !== undefined) cells.push(cell);
      }
    expect(cells.length).toBeGreaterThan(0);
    expect(await onEach(cells, (cell) => check(operation, cell))).toEqual([]);
  });

  test.runIf(isWhole).each(named)('$id without a sign-in', async (operation) => {
    const isOpen = operationRows[operation.id].credential === 'none';
    const cell = await plainCell(operation, 'owner');
    const faults = await onEach(withoutSignIn, async ([who, authorization, expected]) => {
      const asked = isOpen ? cell : { ...cell, expected: '401' as const };
      const answer = await ask(agent, operation, asked, authorization);
      const meaning = meaningOf(answer, uniform);
      return fault(cell, `${operation.id} by ${who}`, isOpen ? cell.expected : expected, {
        meaning,
        text: answer.text,
      });
    });
    expect(faults).toEqual([]);
  });

  test.runIf(isWhole).each(named.filter(({ access }) => access.kind !== 'none'))(
    '$id with API keys',
    async (operation) => {
      const { credential } = operationRows[operation.id];
      const cells: (readonly [Cell, Scope])[] = [];
      for (const role of ['owner', 'administrator'] as const)
        for (const scope of scopes) {
          if (role === 'administrator' && !isForAdministrators(operation)) continue;
          const plain = await plainCell(operation, role);
          const token = keys.get(`${role} ${scope}`) ?? '';
          const actor: Person = {
            ...plain.actor,
            token,
            call: (method, path, body) => gatehouse.call(method, path, { token, body }),
          };
          const opens = typeof credential === 'object' && credential.includes(scope);
          cells.push([{ ...plain, actor, expected: opens ? plain.expected : '403' }, scope]);
        }
      const faults = await onEach(cells, async ([cell, scope]) => {
        const answer = await ask(agent, operation, cell);
        const opens = typeof credential === 'object' && credential.includes(scope);
        const what = `${operation.id} by a key of ${cell.role} with ${scope}`;
        const meaning = meaningOf(answer, uniform);
        return fault(cell, what, opens ? cell.expected : 'insufficient_scope', { meaning, text: answer.text });
      });
      expect(faults).toEqual([]);
    },
  );

  /** What is wrong with what `can` says of a thing, compared with what is answered; undefined if nothing is. */
  async function wrongClaim(claim: Claim, role: Role, resource: Resource): Promise<string | undefined> {
    const { kind, of, operation: operationId } = claim;
    const id = await world.find(role, resource, kind);
    const operation = named.find(({ id: named }) => named === operationId);
    if (id === undefined || operation === undefined) throw new Error(`nothing to ask ${operationId} of`);
    const can = await readCan(world, role, kind, id);
    const says = can !== undefined && of(can as never);
    const cell: Cell = { world, role, actor: world.people[role], resource, id, expected: says ? 'allowed' : '403' };
    const { status, text } = await sendSent(agent, operation, { cell, sent: await askOf(claim, cell) });
    const isRefused = status === 403 || status === 404 || (status === 400 && can === undefined);
    if (says !== isRefused && (isRefused || status < 300)) return undefined;
    return `${role} on ${resource}: can says ${says}, the answer is ${status} ${text}`;
  }

  test.each(claims)('can.$what of each $kind says whether $operation is refused', async (claim) => {
    const roles = isWhole ? claimants : few;
    const cells = roles.flatMap((role) => claimed.map((resource) => [role, resource] as const));
    expect(await onEach(cells, ([role, resource]) => wrongClaim(claim, role, resource))).toEqual([]);
  });

  test.each(['identity', 'entry', 'folder'] as const)(
    'can of each %s speaks of what is claimed, alike everywhere',
    async (kind) => {
      const claimedNames = claims.filter((claim) => claim.kind === kind).map(({ what }) => what.replace(/ .*/, ''));
      for (const role of isWhole ? claimants : few)
        for (const resource of claimed) {
          const id = (await world.find(role, resource, kind)) ?? 0;
          const can = await readCan(world, role, kind, id);
          const listed = await readListed(world, role, kind, id);
          expect.soft(listed, `${role} on ${resource}`).toEqual(listed.map(() => can));
          if (can !== undefined) expect(Object.keys(can).sort()).toEqual([...new Set(claimedNames)].sort());
        }
    },
  );

  test('can of each organization in the tree says whether servers are added', async () => {
    const organizationId = (await world.find('owner', "the organization's", 'organization')) ?? 0;
    for (const role of isWhole ? claimants : few) {
      const can = (await readTree(world, role)).find(({ id }) => id === `org-${organizationId}`)?.can;
      const body = { name: 'fresh', organizationId };
      const { status } = await world.people[role].call('PUT', '/api/folder', body);
      expect.soft(can, role).toEqual(strangers.includes(role) ? undefined : { add: status === 200 });
      if (can === undefined) expect.soft(status, role).toBe(403);
    }
  });

  test('lists show what is there for each caller, and nothing else', async () => {
    const faults = await onEach(few, async (role) => {
      const own = personalMark(role);
      for (const kind of ['identity', 'entry', 'folder'] as const) {
        await world.find(role, 'own', kind);
        const { body } = await world.people[role].call('GET', `/api/${kind}/list`);
        const text = JSON.stringify(body);
        const shows = (mark: string) => text.includes(mark);
        if (!shows(own)) return `${role} does not see their own ${kind}`;
        if (shows(organizationMark) === strangers.includes(role)) return `the ${kind} of the organization to ${role}`;
        const others = roles.filter((one) => one !== role).map(personalMark);
        const wrong = [hiddenMark, ...others].find(shows);
        if (wrong !== undefined) return `${role} sees ${wrong} among each ${kind}`;
      }
      return undefined;
    });
    expect(faults).toEqual([]);
  });

  test('what was refused has changed nothing', async () => {
    const { owner, member } = world.people;
    for (const [role, person, resource, name] of [
      ['owner', owner, "the organization's", organizationMark],
      ['member', member, 'own', personalMark('member')],
      ['owner', world.foreigner, "another organization's", hiddenMark],
      ['owner', world.foreigner, "another person's", hiddenMark],
    ] as const)
      for (const kind of ['identity', 'entry'] as const) {
        const answer = await person.call('GET', `/api/${kind}/${(await world.find(role, resource, kind)) ?? 0}`);
        expect.soft(answer.body, `${kind}, ${resource}`).toMatchObject({ name });
      }
    const members = await owner.call(
      'GET',
      `/api/organization/${(await world.find('owner', "the organization's", 'organization')) ?? 0}/members`,
    );
    expect(members.body).toContainEqual(expect.objectContaining({ username: 'colleague', status: 'active' }));
    expect((await world.foreigner.call('GET', '/api/account/me')).status).toBe(200);
  });

  test('it has thousands of fields', () => {
    expect(count).toBeGreaterThan(isWhole ? 3_000 : 1_000);
  });
});

function isForAdministrators({ id }: Named): boolean {
  const { own, foreign } = operationRows[id];
  return [own, foreign].some((column) => column?.administrator === 'allowed' && column.owner !== 'allowed');
}

test('every operation has a row, and every row an operation with the same access', () => {
  expect(Object.keys(operationRows).sort()).toEqual(named.map(({ id }) => id).sort());
  for (const { id, access } of named) {
    const declared = access.kind === 'bearer' ? [access.scope] : access.kind === 'session' ? 'sign-in' : 'none';
    expect.soft(operationRows[id].credential, id).toEqual(declared);
  }
});
