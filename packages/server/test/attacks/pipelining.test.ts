import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryDirectory, type TemporaryDirectory } from '../temporary-sqlite.ts';
import { startProcess, type ServerProcess } from './server-process.ts';
import { send } from './wire.ts';

const clients = 4;
/** Some hundred kilobytes, without sign-in. */
const largePath = '/api/openapi.json';
const servedWithinMs = 2_000;
const mebibyte = 1024 * 1024;

let directory: TemporaryDirectory;
let server: ServerProcess;

beforeAll(async () => {
  directory = temporaryDirectory();
  server = await startProcess(directory.path);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  directory[Symbol.dispose]();
});

function residentBytes(): number {
  const [, kibibytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) * 1024;
}

/** Sends many requests at once and reads no answer; resolves when the server has closed the connection. */
async function flood(count: number): Promise<void> {
  const socket: Socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      resolve();
    });
  });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(`GET ${largePath} HTTP/1.1\r\nhost: a\r\n\r\n`.repeat(count));
  // What does not read notices the end when it writes.
  const probe = setInterval(() => socket.write('\r\n'), 50);
  await closed;
  clearInterval(probe);
}

test('closes connections that send on without an end, does not grow, and serves the others', async () => {
  // The document is made once, before it is measured.
  expect((await send(server.url, { method: 'GET', path: largePath })).status).toBe(200);
  const before = residentBytes();

  const floods = Array.from({ length: clients }, () => flood(2_000));
  for (let round = 0; round < 5; round++) {
    const startedMs = performance.now();
    expect((await send(server.url, { method: 'GET', path: '/healthz' })).status).toBe(200);
    expect(performance.now() - startedMs).toBeLessThan(servedWithinMs);
  }
  await Promise.all(floods);

  // Such floods took 0.3 to 0.9 GiB each.
  expect(residentBytes() - before).toBeLessThan(100 * mebibyte);
  expect(server.isAlive()).toBe(true);
}, 60_000);
