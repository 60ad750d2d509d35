import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The directory of a checkout, with its packages installed. */
const thisBuild = join(import.meta.dirname, '..');
/** The Node.js arguments of a build's `npm start`. */
export function serverArguments(build = thisBuild): readonly string[] {
  return ['--disable-sigusr1', '--max-semi-space-size=8', join(build, 'packages/server/src/main.ts')];
}
const startTimeoutMs = 30_000;
const callTimeoutMs = 60_000;
const password = 'measured with a long password';

/** A Gatehouse in a process of its own, as `npm start` runs it, with one signed-in administrator. */
export interface Product extends AsyncDisposable {
  readonly pid: number;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  /** The `authorization` header. */
  readonly authorization: string;
  /** A call with the administrator's token; throws unless it succeeds. */
  call(method: string, path: string, body?: unknown): Promise<ProductAnswer>;
}

interface ProductAnswer {
  readonly text: string;
  readonly headers: Headers;
  /** A number of the JSON body, by its name. */
  number(name: string): number;
  string(name: string): string;
}

/** A started server process without an account. */
export interface ProductProcess extends AsyncDisposable {
  readonly pid: number;
  readonly port: number;
  readonly dataDir: string;
}

/** The environment of `npm start`, with the settings of the run. */
export function productEnvironment(directory: string, dataDir: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    NODE_COMPILE_CACHE: join(directory, 'compile-cache'),
    DATA_DIR: dataDir,
    // Quotas are raised: the rows create more than people have.
    IDENTITIES_PER_ACCOUNT: '1000000',
    SERVERS_PER_ACCOUNT: '1000000',
    PORT: '0',
    // Two hundred terminals of one account are one of the rows.
    TERMINALS_PER_ACCOUNT: '1000',
  };
}

/** What is started, and its additional environment. */
interface Started {
  readonly build?: string | undefined;
  readonly environment?: NodeJS.ProcessEnv;
}

/** Spawns the server; resolves when it says that it runs. */
export async function spawnProduct(
  directory: string,
  dataDir: string,
  { build = thisBuild, environment = {} }: Started = {},
): Promise<ProductProcess> {
  const child = spawn(process.execPath, serverArguments(build), {
    cwd: build,
    env: { ...productEnvironment(directory, dataDir), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  try {
    const port = await portOf(child);
    child.stdout.resume();
    child.stderr.resume();
    return { pid: child.pid ?? 0, port, dataDir, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = '';
    const fail = () => {
      reject(new Error(`the server did not start: ${said}`));
    };
    const timer = setTimeout(fail, startTimeoutMs);
    const listen = (text: Buffer) => {
      said += text.toString();
      const port = /running at http:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', fail);
  });
}

/** Starts a server of a build on empty data and signs its first account in. */
export async function startProduct(directory: string, started: Started = {}): Promise<Product> {
  const running = await spawnProduct(directory, mkdtempSync(join(directory, 'data-')), started);
  try {
    return await signIn(running);
  } catch (error) {
    await running[Symbol.asyncDispose]();
    throw error;
  }
}

/** Registers the first account of a server and signs it in; disposing ends the server. */
export async function signIn(running: ProductProcess): Promise<Product> {
  const url = `http://127.0.0.1:${running.port}`;
  const username = 'measurer';
  const setupTokenFile = join(running.dataDir, 'setup-token');
  // Builds older than the file required none.
  const setupToken = existsSync(setupTokenFile) ? readFileSync(setupTokenFile, 'utf8').trim() : undefined;
  await call(url, 'POST', '/api/account/register', {
    body: { username, password, firstName: 'Mea', lastName: 'Surer', setupToken },
  });
  const login = await call(url, 'POST', '/api/auth/login', { body: { username, password } });
  const authorization = `Bearer ${login.string('token')}`;
  return {
    pid: running.pid,
    port: running.port,
    username,
    password,
    authorization,
    call: (method, path, body) => call(url, method, path, { body, authorization }),
    [Symbol.asyncDispose]: () => running[Symbol.asyncDispose](),
  };
}

interface CallOptions {
  readonly body?: unknown;
  readonly authorization?: string;
}

async function call(
  url: string,
  method: string,
  path: string,
  { body, authorization }: CallOptions,
): Promise<ProductAnswer> {
  const answer = await fetch(url + path, {
    method,
    headers: {
      ...(authorization === undefined ? {} : { authorization }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(callTimeoutMs),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  const member = (name: string): unknown => Reflect.get(JSON.parse(text) as object, name);
  return {
    text,
    headers: answer.headers,
    number: (name) => Number(member(name)),
    string: (name) => String(member(name)),
  };
}
