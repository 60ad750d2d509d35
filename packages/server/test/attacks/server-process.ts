import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../free-port.ts';
import { inheritedEnvironment } from '../inherited-environment.ts';

const mainFile = join(import.meta.dirname, '../../src/main.ts');
const startTimeoutMs = 60_000;
const stopTimeoutMs = 30_000;
const pollMs = 20;

type Environment = Readonly<Record<string, string>>;

/** The first account of servers that are started with `administrator` as their environment. */
export const administratorLogin = { username: 'root', password: 'correct horse battery staple' };
export const administrator: Environment = {
  ADMIN_USERNAME: administratorLogin.username,
  ADMIN_PASSWORD: administratorLogin.password,
};

/** A server in a process of its own, started as its users start it. Disposing kills it. */
export interface ServerProcess extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  /** From the spawn to the first answer, in milliseconds. */
  readonly startMs: number;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly isAlive: () => boolean;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves to the exit code. */
  stop(): Promise<number | null>;
}

/** Starts the server on a free port of loopback; rejects with what it said when it ends instead of answering. */
export async function startProcess(dataDir: string, environment: Environment = {}): Promise<ServerProcess> {
  const port = await freePort();
  const startedMs = performance.now();
  const { child, stdout, stderr } = launch({ DATA_DIR: dataDir, PORT: String(port), ...environment });
  try {
    await waitFor(() => isOver(child) || stdout().includes('Set-up'), startTimeoutMs);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  if (isOver(child)) throw new Error(`The server did not start: ${stderr()}`);
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await waitFor(() => isOver(child), stopTimeoutMs);
  };
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    startMs: performance.now() - startedMs,
    stdout,
    stderr,
    isAlive: () => !isOver(child),
    kill: () => end('SIGKILL'),
    async stop() {
      await end('SIGTERM');
      return child.exitCode;
    },
    [Symbol.asyncDispose]: () => end('SIGKILL'),
  };
}

/** How a start went that was expected to fail. */
export interface FailedStart {
  readonly code: number | null;
  /** CPU time of the process, in milliseconds: how long it took where nothing else kept the machine busy. */
  readonly cpuMs: number;
  /** From the last word that it said to its end, in milliseconds. */
  readonly silentMs: number;
  readonly stderr: string;
  /** Whether its port ever accepted a connection. */
  readonly listened: boolean;
}

/** Starts the server and waits for its end, knocking at its port all the while. */
export async function failToStart(dataDir: string, environment: Environment): Promise<FailedStart> {
  const port = await freePort();
  const { child, stderr, cpuMs } = launch({ DATA_DIR: dataDir, PORT: String(port), ...environment });
  let listened = false;
  let saidMs = performance.now();
  let endedMs = Number.NaN;
  child.stderr?.on('data', () => (saidMs = performance.now()));
  child.once('exit', () => (endedMs = performance.now()));
  const deadlineMs = performance.now() + startTimeoutMs;
  while (!isOver(child) && performance.now() < deadlineMs) {
    listened ||= await accepts(port);
    await delay(pollMs);
  }
  if (!isOver(child)) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  return {
    code: child.exitCode,
    cpuMs: await cpuMs,
    silentMs: Math.max(0, endedMs - saidMs),
    stderr: stderr(),
    listened,
  };
}

/** Runs in the program and tells, on a descriptor of its own, what it cost. */
const reportCpu = `
  import { writeSync } from 'node:fs';
  process.on('exit', () => writeSync(3, JSON.stringify(process.cpuUsage())));
`;

function launch(environment: Environment) {
  const reporting = ['--import', `data:text/javascript,${encodeURIComponent(reportCpu)}`];
  const child = spawn(process.execPath, [...reporting, mainFile], {
    env: { ...inheritedEnvironment(), LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  return { child, stdout: collect(child.stdout), stderr: collect(child.stderr), cpuMs: cpuMsOf(child) };
}

/** Resolves when the program has ended; to `NaN` where a signal ended it before it could tell. */
async function cpuMsOf({ stdio: [, , , report] }: ChildProcess): Promise<number> {
  const told = await text(report as Readable);
  const { user, system } = (told === '' ? {} : JSON.parse(told)) as Partial<NodeJS.CpuUsage>;
  return ((user ?? Number.NaN) + (system ?? Number.NaN)) / 1000;
}

function collect(stream: Readable | null): () => string {
  const chunks: string[] = [];
  stream?.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  return () => chunks.join('');
}

function isOver({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

async function waitFor(condition: () => boolean, timeoutMs: number): Promise<void> {
  const deadlineMs = performance.now() + timeoutMs;
  while (!condition()) {
    if (performance.now() > deadlineMs) throw new Error('The process did not do what it was waited for.');
    await delay(pollMs);
  }
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    // Refused: nothing listens.
    return false;
  } finally {
    socket.destroy();
  }
}
