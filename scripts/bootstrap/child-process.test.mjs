import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { runQuietly } from './child-process.mjs';

const here = { cwd: process.cwd(), env: process.env };
const childProcess = new URL('./child-process.mjs', import.meta.url).href;

test('returns the exit code and both outputs of a program', async () => {
  const script = 'console.log("out"); console.error("err"); process.exitCode = 3';

  const { exitCode, output } = await runQuietly(process.execPath, ['-e', script], here);

  expect(exitCode).toBe(3);
  expect(output.split('\n').sort()).toEqual(['', 'err', 'out']);
});

test('tells a program that a signal ended by 128 and the number of the signal', async () => {
  const { exitCode } = await runQuietly(process.execPath, ['-e', 'process.kill(process.pid, "SIGKILL")'], here);

  expect(exitCode).toBe(137);
});

// On a busy machine two signals may be further apart than what counts as one.
test.each(['SIGINT', 'SIGTERM'])(
  'passes %s on once, and ends with the exit code of the program',
  { retry: 2 },
  async (signal) => {
    // A session of its own has no terminal, so only this process can pass the signal on.
    const parent = spawn(process.execPath, ['--input-type=module', '-e', runnerOf(countingProgram(signal))], {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    await once(parent.stdout, 'data');

    parent.kill(signal);
    parent.kill(signal);

    expect(await once(parent, 'exit')).toEqual([11, null]);
  },
);

test('ends the program when npm has killed the shell that we run under', async () => {
  const shell = spawn('/bin/sh', ['-c', '"$NODE" --input-type=module -e "$RUNNER"; exit 0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      npm_lifecycle_event: 'start',
      NODE: process.execPath,
      RUNNER: runnerOf(countingProgram('SIGTERM')),
    },
  });
  const output = text(shell.stdout);
  await once(shell.stdout, 'readable');

  shell.kill('SIGTERM');

  expect(await output).toBe('ready\nreceived 1\n');
});

function countingProgram(signal) {
  return `
    let received = 0;
    process.on('${signal}', () => {
      received += 1;
      setTimeout(() => {
        console.log('received', received);
        process.exit(10 + received);
      }, 300);
    });
    setInterval(() => undefined, 1000);
    console.log('ready');`;
}

function runnerOf(program) {
  return `
    import { run } from '${childProcess}';
    process.exitCode = await run(process.execPath, ['-e', ${JSON.stringify(program)}], { env: process.env });`;
}
