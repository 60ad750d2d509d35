import { expect, test } from 'vitest';
import { temporaryDirectory } from '../temporary-sqlite.ts';
import { startProcess } from './server-process.ts';

test('SIGUSR1 opens no debugger', async () => {
  using directory = temporaryDirectory();
  await using server = await startProcess(directory.path);
  process.kill(server.pid, 'SIGUSR1');
  // Answered after the signal was handled.
  for (let n = 0; n < 3; n++) expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  expect(server.stderr()).not.toContain('Debugger listening');
  expect(server.isAlive()).toBe(true);
});

test('a debugger that NODE_OPTIONS opened is closed', async () => {
  using directory = temporaryDirectory();
  await using server = await startProcess(directory.path, { NODE_OPTIONS: '--inspect=127.0.0.1:0' });
  const port = /ws:\/\/127\.0\.0\.1:(\d+)/.exec(server.stderr())?.[1];
  expect(port).toBeDefined();
  expect(server.stderr()).toContain('Its port is closed now.');
  await expect(fetch(`http://127.0.0.1:${port ?? ''}/json/version`)).rejects.toThrow();
});
