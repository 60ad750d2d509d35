import { existsSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { runCommand } from './command.ts';
import { engines, startTestGatehouse } from './harness/gatehouse.ts';
import { temporaryDirectory } from './temporary-sqlite.ts';

describe.each(engines)('the service on %s', (engine) => {
  test('says that it runs and that it is ready', async () => {
    await using gatehouse = await startTestGatehouse({ engine });

    expect(await gatehouse.call('GET', '/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await gatehouse.call('GET', '/readyz')).toMatchObject({
      status: 200,
      body: { status: 'ok', checks: { database: 'ok', vault: 'ok', eventLoop: 'ok', events: 'ok' } },
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
  const sockets = await gatehouse.call('GET', '/api/asyncapi.json');
  expect(sockets.body).toMatchObject({ asyncapi: '3.0.0', channels: { state: { address: '/api/ws/state' } } });
  const known = { headers: { 'if-none-match': String(sockets.headers.get('etag')) } };
  expect((await gatehouse.call('GET', '/api/asyncapi.json', known)).status).toBe(304);
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

test('shows metrics to holders of their token, from the machine itself, too', async () => {
  await using gatehouse = await startTestGatehouse({ environment: { METRICS_TOKEN: 'metrics-token-of-the-test' } });
  const headers = { authorization: 'Bearer metrics-token-of-the-test' };

  await gatehouse.call('GET', '/api/identity/list');
  expect((await gatehouse.call('GET', '/metrics')).status).toBe(401);
  expect((await gatehouse.call('GET', '/metrics', { headers: { authorization: 'Bearer another' } })).status).toBe(401);
  const read = async () => String((await gatehouse.call('GET', '/metrics', { headers })).body);
  await expect
    .poll(read, { timeout: 30_000 })
    .toMatch(/^gatehouse_job_runs\{job="audit.checkpoints",outcome="done"\} \d+$/m);
  const metrics = await read();
  expect(metrics).toContain('process_resident_memory_bytes');
  expect(metrics).toMatch(/^gatehouse_event_loop_delay_seconds\{statistic="p99"\} [\d.e-]+$/m);
  expect(metrics).toContain('_count{operation="identities.list",status="400"} 1\n');
});

test('has no metrics on the port without a token', async () => {
  await using gatehouse = await startTestGatehouse();
  for (const headers of [{}, { authorization: 'Bearer ' }, { accept: 'text/html' }])
    expect((await gatehouse.call('GET', '/metrics', { headers })).status).toBe(404);
});

test('serves metrics on a Unix socket of its user alone, also where a killed process left one', async () => {
  using directory = temporaryDirectory();
  const path = join(directory.path, 'metrics.sock');
  const left = createServer();
  await new Promise<void>((resolve) => left.listen(path, resolve));
  await expect(startTestGatehouse({ environment: { METRICS_SOCKET: path } })).rejects.toThrow('another process');
  // What stays of a process that was killed: the file, and nothing that answers.
  renameSync(path, `${path}.kept`);
  await new Promise((resolve) => left.close(resolve));
  renameSync(`${path}.kept`, path);
  {
    await using gatehouse = await startTestGatehouse({ environment: { METRICS_SOCKET: path } });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await readSocket(path, '/metrics')).toContain('process_resident_memory_bytes');
    expect(await readSocket(path, '/api/service/version')).toBe('404');
    expect((await gatehouse.call('GET', '/metrics')).status).toBe(404);
  }
  expect(existsSync(path)).toBe(false);
  writeFileSync(path, 'a file of another program');
  await expect(startTestGatehouse({ environment: { METRICS_SOCKET: path } })).rejects.toThrow('is not a socket');
});

test('warns once of a proxy that TRUST_PROXY does not name', async () => {
  const hint = 'which TRUST_PROXY does not name';
  const headers = { 'x-forwarded-for': '192.0.2.1' };
  await using gatehouse = await startTestGatehouse();
  await gatehouse.call('GET', '/healthz');
  expect(gatehouse.log()).not.toContain(hint);
  for (let n = 0; n < 3; n++) await gatehouse.call('GET', '/healthz', { headers });
  expect(gatehouse.log().split(hint)).toHaveLength(2);
  await using trusting = await startTestGatehouse({ environment: { TRUST_PROXY: '127.0.0.1' } });
  await trusting.call('GET', '/healthz', { headers });
  expect(trusting.log()).not.toContain(hint);
});

/** What a path answers on a Unix socket; its status unless that is 200. */
function readSocket(socketPath: string, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get({ socketPath, path }, (response) => {
      void text(response).then((body) => {
        resolve(response.statusCode === 200 ? body : String(response.statusCode));
      }, reject);
    }).on('error', reject);
  });
}

test.each(['/proc/gatehouse', '/proc/gatehouse/data'])(
  'a data directory that cannot be made stops the start: %s',
  async (path) => {
    const { code, stderr } = await runCommand([], { DATA_DIR: path, PORT: '0' });

    expect(code).toBe(78);
    expect(stderr).toContain(`DATA_DIR: ${path} is not a directory`);
  },
);

test('a file as the data directory stops the start and is left as it is', async () => {
  using directory = temporaryDirectory();
  const path = join(directory.path, 'file');
  writeFileSync(path, '', { mode: 0o640 });
  const mode = statSync(path).mode;

  const { code, stderr } = await runCommand([], { DATA_DIR: path, CONFIG_FILE: '/dev/null', PORT: '0' });

  expect(code).toBe(78);
  expect(stderr).toContain(`DATA_DIR: ${path} is not a directory`);
  expect(statSync(path).mode).toBe(mode);
});
