import { spawn, execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Output, type OpenShell } from './shell.ts';
import type { Target } from './target.ts';

const run = promisify(execFile);
const checksOfMaster = 300;
const checkEveryMs = 100;

function argumentsFor({ host, port, username, keyFile }: Target, sharing = ['ControlMaster=no']): string[] {
  const options = [
    'StrictHostKeyChecking=no',
    'UserKnownHostsFile=/dev/null',
    'IdentitiesOnly=yes',
    'BatchMode=yes',
    'LogLevel=ERROR',
    ...sharing,
  ];
  return [
    '-F',
    'none',
    ...options.flatMap((option) => ['-o', option]),
    '-i',
    keyFile,
    '-p',
    `${port}`,
    `${username}@${host}`,
  ];
}

/** Shells as the program `ssh` opens them. */
export function opensshShells(target: Target): OpenShell {
  return () => {
    const child = spawn('ssh', ['-tt', ...argumentsFor(target)], {
      env: { ...process.env, TERM: 'xterm' },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const output = new Output();
    child.stdout.on('data', output.push);
    child.stdin.on('error', () => undefined);
    return Promise.resolve({
      write: (text) => void child.stdin.write(text),
      onOutput: output.listen,
      stopReading: () => void child.stdout.pause(),
      async [Symbol.asyncDispose]() {
        if (child.exitCode !== null || child.signalCode !== null) return;
        child.kill('SIGKILL');
        await once(child, 'exit');
      },
    });
  };
}

/** Runs a command as `ssh` does. */
export async function opensshCommand(target: Target, command: string): Promise<void> {
  await run('ssh', [...argumentsFor(target), command]);
}

/** A connection of `ssh` that its later commands share (ControlMaster of ssh_config(5)). Disposing closes it. */
export interface SharedConnection extends AsyncDisposable {
  /** Runs a command over it. */
  run(command: string): Promise<void>;
}

/** Opens a connection that stays open until it is disposed; its socket is in the directory. */
export async function shareOpensshConnection(target: Target, directory: string): Promise<SharedConnection> {
  const socket = `ControlPath=${mkdtempSync(join(directory, 'cm-'))}/s`;
  const arguments_ = argumentsFor(target, ['ControlMaster=no', socket]);
  const master = spawn('ssh', ['-N', ...argumentsFor(target, ['ControlMaster=yes', 'ControlPersist=no', socket])], {
    stdio: 'ignore',
  });
  const connection: SharedConnection = {
    run: async (command) => {
      await run('ssh', [...arguments_, command]);
    },
    async [Symbol.asyncDispose]() {
      if (master.exitCode !== null || master.signalCode !== null) return;
      master.kill('SIGTERM');
      await once(master, 'exit');
    },
  };
  for (let tries = 0; tries < checksOfMaster; tries++) {
    try {
      await run('ssh', ['-O', 'check', ...arguments_]);
      return connection;
    } catch {
      // The socket does not exist yet.
      await delay(checkEveryMs);
    }
  }
  await connection[Symbol.asyncDispose]();
  throw new Error('ssh did not open a connection to share');
}
