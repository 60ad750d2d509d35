import { spawn, execFile } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { Output, type OpenShell } from './shell.ts';
import type { Target } from './target.ts';

const run = promisify(execFile);

function argumentsFor({ host, port, username, keyFile }: Target): string[] {
  const options = [
    'StrictHostKeyChecking=no',
    'UserKnownHostsFile=/dev/null',
    'IdentitiesOnly=yes',
    'BatchMode=yes',
    'ControlMaster=no',
    'LogLevel=ERROR',
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
