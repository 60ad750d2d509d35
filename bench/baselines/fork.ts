import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A program of this folder in its own process. */
export interface Baseline extends AsyncDisposable {
  readonly pid: number;
  /** Sends it a request and resolves to its answer. */
  ask<Answer>(order: unknown): Promise<Answer>;
}

/** Starts a baseline by its file name. */
export function startBaseline(file: string): Baseline {
  const child = fork(join(import.meta.dirname, file), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return {
    pid: child.pid ?? 0,
    async ask<Answer>(order: unknown) {
      child.send(order as object);
      const [answer] = (await Promise.race([once(child, 'message'), ended(child, file)])) as [Answer];
      return answer;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

async function ended(child: ChildProcess, file: string): Promise<never> {
  const [code] = (await once(child, 'exit')) as [number | null];
  throw new Error(`${file} ended with ${String(code)}`);
}
