import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines, startTestGatehouse, type Answer, type Person, type TestGatehouse } from './harness/gatehouse.ts';

function settingOf(answer: Answer, name: string): unknown {
  const list = answer.at('settings') ?? answer.body;
  return Array.isArray(list) ? list.find((each: { name: string }) => each.name === name) : undefined;
}

describe.each(engines)('the settings on %s', (engine) => {
  let gatehouse: TestGatehouse;
  let admin: Person;
  let eve: Person;

  beforeAll(async () => {
    gatehouse = await startTestGatehouse({
      engine,
      environment: { SESSION_IDLE_HOURS: '24', METRICS_TOKEN: 'a token of the test' },
    });
    admin = await gatehouse.administrator();
    eve = await gatehouse.person('eve');
  });

  afterAll(() => gatehouse[Symbol.asyncDispose]());

  test('show value, default and source, and no secret', async () => {
    const answer = await admin.call('GET', '/api/settings');

    expect(answer.status).toBe(200);
    expect(settingOf(answer, 'TERMINALS_PER_ACCOUNT')).toMatchObject({
      value: 50,
      default: 50,
      source: 'default',
      fixed: false,
      live: true,
      kind: 'number',
      maximum: 10_000,
    });
    expect(settingOf(answer, 'SESSION_IDLE_HOURS')).toMatchObject({ value: 24, source: 'environment', fixed: true });
    expect(settingOf(answer, 'METRICS_TOKEN')).toMatchObject({ value: null, default: null, source: 'environment' });
    expect(JSON.stringify(answer.body)).not.toContain('a token of the test');
  });

  test('change at once, are recorded with old and new value, and go back to the default', async () => {
    const registration = {
      username: 'newcomer',
      password: 'correct horse battery staple',
      firstName: 'N',
      lastName: 'C',
    };
    expect((await gatehouse.call('POST', '/api/account/register', { body: registration })).status).toBe(403);

    const changed = await admin.call('PATCH', '/api/settings', { SELF_REGISTRATION: true, TERMINALS_PER_ACCOUNT: 7 });
    expect(changed.status).toBe(200);
    expect(settingOf(changed, 'SELF_REGISTRATION')).toMatchObject({ value: true, source: 'table' });
    expect((await gatehouse.call('POST', '/api/account/register', { body: registration })).status).toBe(200);

    const back = await admin.call('PATCH', '/api/settings', { SELF_REGISTRATION: null });
    expect(settingOf(back, 'SELF_REGISTRATION')).toMatchObject({ value: false, source: 'default' });
    expect(settingOf(back, 'TERMINALS_PER_ACCOUNT')).toMatchObject({ value: 7, source: 'table' });

    // What is so already is no change.
    await admin.call('PATCH', '/api/settings', { TERMINALS_PER_ACCOUNT: 7 });
    const log = await admin.call('GET', '/api/audit/logs?action=settings.update');
    expect(log.at('total')).toBe(2);
    expect(log.at('logs.0.details')).toEqual({ changes: [{ name: 'SELF_REGISTRATION', from: 'true', to: null }] });
  });

  test('outlive a restart', async () => {
    await admin.call('PATCH', '/api/settings', { PASSWORD_MIN_LENGTH: 20 });
    await gatehouse.restart();

    const person = { username: 'short', password: 'only fifteen ch', firstName: 'S', lastName: 'S' };
    expect(await admin.call('PUT', '/api/users', person)).toMatchObject({ status: 400 });
  });

  test.each([
    [{ TERMINALS_PER_ACCOUNT: 0 }, 400, 'TERMINALS_PER_ACCOUNT'],
    [{ TERMINALS_PER_ACCOUNT: 'many' }, 400, 'TERMINALS_PER_ACCOUNT'],
    [{ SELF_REGISTRATION: 'yes' }, 400, 'SELF_REGISTRATION'],
    [{ NO_SUCH_NAME: 1 }, 400, 'NO_SUCH_NAME'],
    [{ PORT: 1 }, 400, 'PORT'],
    [{ METRICS_TOKEN: 'another' }, 400, 'METRICS_TOKEN'],
    [{ SESSION_IDLE_HOURS: 48 }, 409, 'SESSION_IDLE_HOURS'],
    [{ SESSION_IDLE_HOURS: null }, 409, 'SESSION_IDLE_HOURS'],
  ])('refuse %j and change nothing', async (changes, status, path) => {
    const answer = await admin.call('PATCH', '/api/settings', { TERMINAL_IDLE_MINUTES: 5, ...changes });

    expect(answer.status).toBe(status);
    expect(answer.at('details.0.path')).toBe(path);
    const after = await admin.call('GET', '/api/settings');
    expect(settingOf(after, 'TERMINAL_IDLE_MINUTES')).toMatchObject({ source: 'default' });
  });

  test('name every value that is wrong in one answer', async () => {
    const changes = { SESSION_IDLE_HOURS: 48, TERMINALS_PER_ACCOUNT: 0, PASSWORD_MIN_LENGTH: 4 };
    const answer = await admin.call('PATCH', '/api/settings', changes);

    expect(answer.status).toBe(400);
    expect(answer.at('details')).toMatchObject(Object.keys(changes).map((path) => ({ path })));
  });

  test('refuse a body that changes nothing or is no object of values', async () => {
    for (const body of [{}, [], { TERMINALS_PER_ACCOUNT: [7] }, { lower: 1 }])
      expect(await admin.call('PATCH', '/api/settings', body)).toMatchObject({ status: 400 });
  });

  test('are for administrators alone', async () => {
    expect(await eve.call('GET', '/api/settings')).toMatchObject({ status: 403 });
    expect(await eve.call('PATCH', '/api/settings', { TERMINALS_PER_ACCOUNT: 1 })).toMatchObject({ status: 403 });
    const unknown = { token: 'gh_unknown' };
    expect(await gatehouse.call('GET', '/api/settings', unknown)).toMatchObject({ status: 401 });
  });
});
