import { describe, expect, test } from 'vitest';
import { engines, startTestGatehouse } from './harness/gatehouse.ts';

describe.each(engines)('the service on %s', (engine) => {
  test('says that it runs and that it is ready', async () => {
    await using gatehouse = await startTestGatehouse({ engine });

    expect(await gatehouse.call('GET', '/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await gatehouse.call('GET', '/readyz')).toMatchObject({
      status: 200,
      body: { status: 'ok', checks: { database: 'ok', vault: 'ok', eventLoop: 'ok' } },
    });
  });

  test('knows its people after a restart', async () => {
    await using gatehouse = await startTestGatehouse({ engine });
    const admin = await gatehouse.administrator();

    await gatehouse.restart();

    expect(await admin.call('GET', '/api/account/me')).toMatchObject({ status: 200, body: { username: 'admin' } });
    expect(gatehouse.setup.open).toBe(false);
  });
});

test('serves its contract, the viewer of it and pages without anything from elsewhere', async () => {
  await using gatehouse = await startTestGatehouse();

  const contract = await gatehouse.call('GET', '/api/openapi.json');
  expect(contract.body).toMatchObject({ openapi: '3.1.0', paths: { '/api/auth/login': { post: {} } } });
  for (const path of ['/', '/docs', '/llms.txt', '/guide.txt', '/page.css', '/icon.svg', '/docs/start.js']) {
    const page = await gatehouse.call('GET', path);
    expect(page.status, path).toBe(200);
    expect(String(page.body).replaceAll('http://www.w3.org/2000/svg', ''), path).not.toMatch(
      /(src|href)="(https?:)?\/\//,
    );
  }
  const viewer = await gatehouse.call('GET', '/docs/viewer.js');
  expect(String(viewer.body).length).toBeGreaterThan(1_000_000);
});

test('shows metrics to loopback and not to who comes through a proxy', async () => {
  await using gatehouse = await startTestGatehouse({ environment: { METRICS_TOKEN: 'metrics-token-of-the-test' } });

  await gatehouse.call('GET', '/api/identity/list');
  const metrics = String((await gatehouse.call('GET', '/metrics')).body);
  expect(metrics).toContain('process_resident_memory_bytes');
  expect(metrics).toMatch(/^gatehouse_event_loop_delay_seconds\{statistic="p99"\} [\d.e-]+$/m);
  expect(metrics).toContain('_count{operation="identities.list",status="400"} 1\n');
  const proxied = { 'x-forwarded-for': '192.0.2.1' };
  expect((await gatehouse.call('GET', '/metrics', { headers: proxied })).status).toBe(401);
  const headers = { ...proxied, authorization: 'Bearer metrics-token-of-the-test' };
  expect((await gatehouse.call('GET', '/metrics', { headers })).status).toBe(200);
});
