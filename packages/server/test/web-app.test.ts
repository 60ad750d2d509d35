import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { send } from './attacks/wire.ts';
import { startTestGatehouse, type TestGatehouse } from './harness/gatehouse.ts';
import { upgradeStatus } from './sessions/terminal-client.ts';
import { temporaryDirectory } from './temporary-sqlite.ts';

const page = '<!doctype html><title>The web app</title><script type="module" src="/assets/index-Bx_9-a1.js"></script>';
const script = `console.log(${JSON.stringify('x'.repeat(2_000))});\n`;
const outside = 'what lies outside of the web app';
const accept = 'text/html,application/xhtml+xml,*/*;q=0.8';

let gatehouse: TestGatehouse;
let directory: ReturnType<typeof temporaryDirectory>;

beforeAll(async () => {
  directory = temporaryDirectory();
  const dist = join(directory.path, 'dist');
  mkdirSync(join(dist, 'assets', 'folder'), { recursive: true });
  mkdirSync(join(directory.path, 'dist-other'));
  const files = {
    'secret.txt': outside,
    'dist-other/secret.txt': outside,
    'dist/index.html': page,
    'dist/manifest.webmanifest': '{}',
    'dist/early.js': 'void 0;',
    'dist/.env': outside,
    'dist/assets/index-Bx_9-a1.js': script,
    'dist/assets/index-Bx_9-a1.js.br': brotliCompressSync(script),
    'dist/assets/index-Bx_9-a1.js.gz': gzipSync(script),
    'dist/assets/style-1.css': 'body{}',
    'dist/assets/.hidden': outside,
    'dist/assets/folder/secret.txt': outside,
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory.path, name), content);
  symlinkSync(join(directory.path, 'secret.txt'), join(dist, 'link.txt'));
  gatehouse = await startTestGatehouse({ webAppDirectory: dist });
  await gatehouse.administrator();
});
afterAll(async () => {
  await gatehouse[Symbol.asyncDispose]();
  directory[Symbol.dispose]();
});

function get(path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') {
  return send(gatehouse.url, { method, path, headers });
}

function headersOf({ rawHeaders }: { readonly rawHeaders: readonly string[] }): Record<string, string> {
  return Object.fromEntries(
    rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [[name.toLowerCase(), rawHeaders[index + 1] ?? '']] : [])),
  );
}

describe('the web app', () => {
  test.each([
    '/',
    '/?next=/servers',
    '/identities',
    '/identities/5',
    '/servers/5/edit',
    '/sign-in/',
    '/apis',
    '/docs-of-mine',
  ])('is opened by a browser at %s', async (path) => {
    const answer = await get(path, { accept });
    expect(answer).toMatchObject({ status: 200, contentType: 'text/html; charset=utf-8', text: page });
  });

  test('keeps to itself what it may load, run and be part of', async () => {
    const headers = headersOf(await get('/', { accept }));
    expect(headers).toMatchObject({
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'x-frame-options': 'DENY',
      'cache-control': 'no-cache',
    });
    expect(headers['permissions-policy']).toContain('clipboard-write=(self)');
  });

  test('is asked for anew each time, and sent when it has changed', async () => {
    const { etag = '' } = headersOf(await get('/', { accept }));
    expect(etag).toMatch(/^(W\/)?".+"$/);
    const again = await get('/servers', { accept, 'if-none-match': etag });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  test('has assets that are kept for ever, compressed as the browser likes', async () => {
    const path = '/assets/index-Bx_9-a1.js';
    for (const [encoding, sent] of [
      ['br, gzip', 'br'],
      ['gzip', 'gzip'],
      ['identity', undefined],
    ] as const) {
      const headers = headersOf(await get(path, { 'accept-encoding': encoding }));
      expect(headers['content-encoding']).toBe(sent);
      expect(headers).toMatchObject({
        'cache-control': 'public, max-age=31536000, immutable',
        'content-type': 'application/javascript; charset=utf-8',
        'x-content-type-options': 'nosniff',
      });
      if (sent !== undefined) expect(headers['vary']).toContain('accept-encoding');
    }
    expect((await get(path)).text).toBe(script);
    const packed = await fetch(gatehouse.url + path, { headers: { 'accept-encoding': 'br' } });
    expect(packed.headers.get('content-encoding')).toBe('br');
    expect(await packed.text()).toBe(script);
    expect((await get('/assets/style-1.css', { 'accept-encoding': 'br' })).text).toBe('body{}');
  });

  test('has other files beside its page', async () => {
    expect(await get('/manifest.webmanifest')).toMatchObject({ status: 200, text: '{}' });
    const script = await get('/early.js', { accept });
    expect(script).toMatchObject({
      status: 200,
      text: 'void 0;',
      contentType: 'application/javascript; charset=utf-8',
    });
    expect(headersOf(script)['cache-control']).toBe('no-cache');
    expect((await get('/icon.svg')).contentType).toBe('image/svg+xml');
  });

  test.each([
    '/api',
    '/api/',
    '/api/nothing',
    '/api/identity/list/more',
    '/%61pi/nothing',
    '//api/nothing',
    '/API/nothing',
    '/docs/nothing',
    '/healthz/nothing',
    '/metrics/x',
    '/metrics',
    '/assets/',
    '/assets',
    '/assets/gone-1.js',
  ])('is not what answers at %s', async (path) => {
    const answer = await get(path, { accept });
    expect([answer.status, answer.contentType]).toEqual([404, 'application/json; charset=utf-8']);
  });

  test('is not what a program or a picture gets that asks for something else', async () => {
    for (const headers of [{}, { accept: '*/*' }, { accept: 'application/json' }, { accept: 'image/*' }])
      expect((await get('/nothing', headers)).status).toBe(404);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
      expect((await get('/identities', { accept }, method)).status, method).toBe(404);
    expect((await get('/identities', { accept }, 'HEAD')).status).toBe(200);
  });

  test('leaves what the server itself serves alone', async () => {
    for (const path of [
      '/docs',
      '/llms.txt',
      '/guide.txt',
      '/healthz',
      '/readyz',
      '/page.css',
      '/api/openapi.json',
      '/api/asyncapi.json',
    ]) {
      const answer = await get(path, { accept });
      expect([answer.status, answer.text === page], path).toEqual([200, false]);
    }
  });

  test('takes no WebSocket at its addresses', async () => {
    const url = gatehouse.url.replace('http', 'ws');
    const status = (path: string) => upgradeStatus(new WebSocket(url + path, { headers: { accept } }));
    // The page, as if no other protocol had been asked for.
    for (const path of ['/nothing', '/identities']) expect(await status(path), path).toBe(200);
    expect(await status('/api/ws/nothing')).toBe(404);
  });
});

describe('no path leads out of the web app', () => {
  const up = ['..', '%2e%2e', '.%2e', '%2E.', '%252e%252e', '..%00', '..;', '%c0%ae%c0%ae', '．．'];
  const slashes = ['/', '%2f', '%5c', '\\', '//', '%252f'];
  const ways = up.flatMap((dots) => slashes.map((slash) => dots + slash));
  const paths = ['/', '/assets/', '/assets/folder/'].flatMap((start) =>
    ways.flatMap((way) =>
      [1, 2, 3].flatMap((times) => [
        `${start}${way.repeat(times)}secret.txt`,
        `${start}${way.repeat(times)}dist-other/secret.txt`,
      ]),
    ),
  );

  test('however it is spelled', async () => {
    expect(paths.length).toBeGreaterThan(500);
    for (const path of paths.map((one) => encodeOddities(one)))
      for (const headers of [{}, { accept }]) {
        const answer = await get(path, headers);
        expect.soft(answer.text, path).not.toContain(outside);
        expect.soft(answer.status, path).toBeLessThan(500);
        // What is not found is a problem, or the page of the app that says so.
        if (answer.status === 200) expect.soft(answer.text, path).toBe(page);
        else expect.soft(JSON.parse(answer.text), path).toHaveProperty('error');
      }
  });

  test.each([
    '/.env',
    '/assets/.hidden',
    '/assets/folder/secret.txt',
    '/link.txt',
    '/assets/folder',
    '/assets//etc/passwd',
    '/assets/C:/windows',
    '//etc/passwd',
    '/assets/index-Bx_9-a1.js%00.css',
    `/assets/${'a'.repeat(5_000)}`,
  ])('and not by %s', async (path) => {
    const answer = await get(path);
    expect(answer.text).not.toContain(outside);
    expect([answer.status, answer.contentType]).toEqual([404, 'application/json; charset=utf-8']);
  });
});

test('says where the web app is missing', async () => {
  await using other = await startTestGatehouse({ webAppDirectory: join(directory.path, 'nowhere') });
  const landing = await other.call('GET', '/');
  expect(landing.status).toBe(200);
  expect(String(landing.body)).toContain('The web app is not built');
  expect((await other.call('GET', '/identities', { headers: { accept } })).status).toBe(404);
});

/** What no request line can hold is sent as UTF-8 in percent encoding. */
function encodeOddities(path: string): string {
  return path.replace(/[^\x21-\x7e]/g, (character) => encodeURIComponent(character));
}
