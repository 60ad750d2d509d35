import { setTimeout as delay } from 'node:timers/promises';

const patienceMs = 30_000;

/** An interactive shell on the target, over any connection. */
export interface Shell extends AsyncDisposable {
  write(text: string): void;
  /** Replaces the listener; earlier output is passed to the first one. */
  onOutput(listener: (bytes: Buffer) => void): void;
  /** Stops reading and acknowledging. */
  stopReading(): void;
}

/** Opens a shell; resolves as soon as it can be listened to. */
export type OpenShell = () => Promise<Shell>;

/** Resolves when new output ends in a prompt. */
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

/** Runs a line without waiting for its result. */
export async function begin(shell: Shell, line: string): Promise<void> {
  shell.write(`${line}\n`);
  await delay(300);
}

/** Passes output to the listener, and keeps it until there is one. */
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
