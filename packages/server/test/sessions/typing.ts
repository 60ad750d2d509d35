import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What a client does that types one letter a frame, as fast as it is read: the alphabet again and again. */
export interface TypingOrder {
  /** Of the socket of a terminal, with a ticket for it. */
  readonly url: string;
  readonly ticket: string;
  /** Run in the terminal, without echo; gets the letters. */
  readonly command: string;
  readonly count: number;
}

/** All that the terminal said since the command began, and with which code the socket was closed. */
export interface TypingReport {
  readonly output: string;
  readonly code?: number;
}

/** A client in a process of its own, so that what it costs is not counted here. */
export interface Typing extends AsyncDisposable {
  latest(): TypingReport;
}

/** Resolves when the command has begun. */
export async function startTyping(order: TypingOrder): Promise<Typing> {
  const program = fileURLToPath(new URL('./typing-process.ts', import.meta.url));
  const child = fork(program, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] });
  let latest: TypingReport = { output: '' };
  child.on('message', (report: TypingReport) => {
    latest = report;
  });
  child.send(order);
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('the client ended'))),
  ]);
  return {
    latest: () => latest,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** What such a client types. */
export function typed(count: number): string {
  return 'abcdefghijklmnopqrstuvwxyz'.repeat(Math.ceil(count / 26)).slice(0, count);
}
