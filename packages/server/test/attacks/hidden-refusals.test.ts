import { operations } from '@gatehouse/contract/operations';
import { describe, expect, test } from 'vitest';
import { engines, password, startTestGatehouse, type Person } from '../harness/gatehouse.ts';
import { bodyFor, kindOf, populate, type Population } from './population.ts';

const neverExisting = 987_654_321;

/** Everything that the audit log shows a caller, except the entries about their reading it. */
async function toldBy(person: Person, foreignOrganization: number): Promise<unknown> {
  const filters = ['', 'organizationId=personal', `organizationId=${foreignOrganization}`];
  const told: unknown[] = [(await person.call('GET', '/api/audit/metadata')).body];
  for (const filter of filters) {
    const list = await person.call('GET', `/api/audit/logs?limit=1000&${filter}`);
    told.push(list.at('total'), list.at('logs'));
  }
  return told;
}

/** What a caller may try on a thing of which they are told nothing. */
function attemptsOn(people: Population, pick: (kind: ReturnType<typeof kindOf>) => number): Attempt[] {
  const byPath = operations
    .filter((operation) => operation.path.includes(':') && kindOf(operation) !== 'account')
    .map((operation): Attempt => {
      let place = 0;
      const path = operation.path.replace(/:\w+/g, () => (place++ === 0 ? String(pick(kindOf(operation))) : '1'));
      return { method: operation.method, path, body: bodyFor(operation, people) };
    });
  const organizationId = pick('organization');
  const config = { ip: '127.0.0.1', port: 1 };
  return [
    ...byPath,
    { method: 'PUT', path: '/api/identity', body: { name: 'one of mine', type: 'ssh', organizationId } },
    { method: 'PATCH', path: `/api/identity/${people.own.identity}`, body: { organizationId } },
    { method: 'POST', path: `/api/identity/${people.own.identity}/move`, body: { organizationId } },
    { method: 'PUT', path: '/api/entry', body: { name: 'one of mine', config, organizationId } },
    { method: 'PATCH', path: `/api/entry/${people.own.entry}`, body: { organizationId } },
    { method: 'PUT', path: '/api/folder', body: { name: 'one of mine', organizationId } },
    { method: 'PUT', path: '/api/folder', body: { name: 'one of mine', parentId: pick('folder') } },
  ];
}

interface Attempt {
  readonly method: (typeof operations)[number]['method'];
  readonly path: string;
  readonly body: unknown;
}

describe.each(engines)('on %s', (engine) => {
  test('the log does not tell a caller that something hidden from them was refused', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    const people = await populate(gatehouse);
    const { stranger, owner, foreign } = people;
    const [organization = 0] = foreign.organization.existing;
    const before = await toldBy(stranger, organization);
    const seenBefore = Number((await owner.call('GET', `/api/audit/logs?organizationId=${organization}`)).at('total'));

    for (const { method, path, body } of [
      ...attemptsOn(people, (kind) => foreign[kind].existing[0] ?? 0),
      ...attemptsOn(people, (kind) => foreign[kind].existing[1] ?? foreign[kind].existing[0] ?? 0),
      ...attemptsOn(people, () => neverExisting),
    ]) {
      const { status } = await stranger.call(method, path, body);
      expect([400, 403, 404], `${method} ${path}`).toContain(status);
    }

    expect(await toldBy(stranger, organization)).toEqual(before);
    const exported = await stranger.call('GET', '/api/audit/export');
    expect(exported.body).not.toContain('"outcome":"denied"');
    const seen = await owner.call('GET', `/api/audit/logs?organizationId=${organization}&limit=1000`);
    expect(Number(seen.at('total'))).toBeGreaterThan(seenBefore + 20);
    expect(seen.at('logs.0')).toMatchObject({ actor: 'stan', outcome: 'denied', details: { hidden: true } });
  });

  test('refusals that one was told of stay among what one did', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    const { owner, stranger } = await populate(gatehouse);
    const id = Number((await owner.call('PUT', '/api/organization', { name: 'Ops' })).at('id'));
    await owner.call('POST', `/api/organization/${id}/invite`, { username: 'stan' });
    await stranger.call('POST', `/api/organization/invitations/${id}/respond`, { accept: true });
    expect((await stranger.call('PATCH', `/api/organization/${id}`, { name: 'Mine' })).status).toBe(403);
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const key = await stranger.call('POST', '/api/account/api-keys', {
      currentPassword: password,
      name: 'ci',
      scopes: ['entries:read'],
      expiresAt,
    });
    expect((await gatehouse.call('GET', '/api/identity/list', { token: String(key.at('token')) })).status).toBe(403);

    const { body } = await stranger.call('GET', '/api/audit/logs?limit=1000');
    const { logs } = body as { logs: { action: string; outcome: string }[] };
    expect(logs.filter(({ outcome }) => outcome === 'denied').map(({ action }) => action)).toEqual([
      'auth.scope',
      'organization.update',
    ]);
  });
});
