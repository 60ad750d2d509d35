import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Behaviour, StartRequest } from './ssh-process-main.ts';

/** An SSH server in a process of its own, so that what it costs is not counted here. */
export interface SshProcess extends AsyncDisposable {
  /** Starts one that behaves like this; resolves to its port. It lives as long as the process. */
  start(behaviour: Behaviour): Promise<number>;
}

export function startSshProcess(): SshProcess {
  const program = fileURLToPath(new URL('./ssh-process-main.ts', import.meta.url));
  const child = fork(program, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] });
  const gone = once(child, 'exit').then(() => Promise.reject(new Error('the remote end ended')));
  gone.catch(() => undefined);
  let orders = 0;
  return {
    async start(behaviour) {
      orders += 1;
      const order: StartRequest = { id: orders, behaviour };
      child.send(order);
      for (;;) {
        const [answer] = (await Promise.race([once(child, 'message'), gone])) as [{ id: number; port: number }];
        if (answer.id === order.id) return answer.port;
      }
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** The most CPU time, in milliseconds, that this thread took in one turn of the event loop (and a millisecond more) while `work` went on. */
export async function longestTurnMs(work: () => Promise<unknown>): Promise<number> {
  let isOver = false;
  let longest = 0;
  let before = process.threadCpuUsage();
  const turn = () => {
    const { user, system } = process.threadCpuUsage(before);
    before = process.threadCpuUsage();
    longest = Math.max(longest, (user + system) / 1000);
    if (!isOver) setTimeout(turn, 1);
  };
  setTimeout(turn, 1);
  try {
    await work();
  } finally {
    isOver = true;
  }
  return longest;
}
