import { setTimeout as delay } from 'node:timers/promises';

const patienceMs = 30_000;

/** An interactive shell on the target, however it is reached. */
export interface Shell extends AsyncDisposable {
  write(text: string): void;
  /** Replaces the listener; output that came before the first one is handed to it. */
  onOutput(listener: (bytes: Buffer) => void): void;
  /** Stops reading, and telling the far end that anything was read. */
  stopReading(): void;
}

/** Begins a shell; resolves as soon as there is something to listen to. */
export type OpenShell = () => Promise<Shell>;

/** Resolves when the output, from now on, ends in what a shell asks with. */
export function prompt(shell: Shell): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => {
      reject(new Error(`no prompt: ${said.slice(-500)}`));
    }, patienceMs);
    shell.onOutput((bytes) => {
      said += bytes.toString('latin1');
      if (!/[$#] $/.test(said)) return;
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Runs a line of which nothing is expected but that it has begun. */
export async function begin(shell: Shell, line: string): Promise<void> {
  shell.write(`${line}\n`);
  await delay(300);
}

/** Hands output to whoever listens, and keeps it until somebody does. */
export class Output {
  #listener: ((bytes: Buffer) => void) | undefined;
  #kept: Buffer[] = [];

  readonly push = (bytes: Buffer): void => {
    if (this.#listener === undefined) this.#kept.push(bytes);
    else this.#listener(bytes);
  };

  readonly listen = (listener: (bytes: Buffer) => void): void => {
    this.#listener = listener;
    for (const bytes of this.#kept.splice(0)) listener(bytes);
  };
}
