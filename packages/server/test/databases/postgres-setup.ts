import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the run's PostgreSQL server answers; the user may create databases. */
    postgresUrl: string;
  }
}

/** Starts one PostgreSQL for the whole run, and returns what ends it (Vitest calls both). */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  // A group of its own, so that Ctrl-C leaves it alive until the tests that use it have ended.
  const keeper = spawn(process.execPath, [join(import.meta.dirname, 'postgres-keeper.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  const ended = once(keeper, 'exit');
  const url = await Promise.race([firstLine(keeper.stdout), ended.then(() => undefined)]);
  if (url === undefined) throw new Error('PostgreSQL for the tests did not start; the reason is printed above.');
  project.provide('postgresUrl', url);
  return async () => {
    keeper.stdin.end();
    await ended;
  };
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<string | undefined> {
  for await (const line of createInterface({ input: stream })) return line;
  return undefined;
}
