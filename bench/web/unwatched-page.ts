import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findDescendant, mainThreadSecondsOf } from '../process-figures.ts';
import type { Product } from '../product.ts';
import { RowSkipped } from '../row.ts';

const chromiumPath = '/usr/bin/chromium';
const startTimeoutMs = 20_000;
const callTimeoutMs = 180_000;
const patienceMs = 120_000;
const lookEveryMs = 10;
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--remote-debugging-port=0',
  '--window-size=1440,900',
];

/**
 * A page of a browser without Playwright, which makes the browser report every frame of a WebSocket with its content. That costs the page several
 * times its own work.
 */
export interface UnwatchedPage extends AsyncDisposable {
  /** From now on, the browser's network has this speed and round trip. */
  slowDown(link: Link): Promise<void>;
  /** Opens a path of the product; `until` waits for its content. */
  goto(path: string): Promise<void>;
  /** The value of an expression, promises awaited. */
  evaluate<T>(expression: string): Promise<T>;
  /**
   * Waits in the page until an expression is true, which costs little; resolves to the page's clock then (W3C High Resolution Time), in milliseconds.
   */
  until(condition: string): Promise<number>;
  /** CPU time that the page's main thread has used, in seconds. */
  cpuSeconds(): number;
  /** Inserts text like an input method. */
  type(text: string): Promise<void>;
  pressEnter(): Promise<void>;
}

/** The network between a browser and the product. */
export interface Link {
  readonly bitsPerSecond: number;
  readonly roundTripMs: number;
}

/** Opens its own browser, signed in as the product's administrator. */
export async function openUnwatchedPage({ port, authorization }: Product): Promise<UnwatchedPage> {
  if (!existsSync(chromiumPath)) throw new RowSkipped('There is no /usr/bin/chromium.');
  const profile = mkdtempSync(join(tmpdir(), 'gatehouse-bench-browser-'));
  const browser = spawn(chromiumPath, [...flags, `--user-data-dir=${profile}`, 'about:blank'], { stdio: 'ignore' });
  const stop = async () => {
    browser.kill('SIGTERM');
    if (browser.exitCode === null && browser.signalCode === null) await once(browser, 'exit');
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const call = await connect(await pageTarget(profile));
    const url = `http://127.0.0.1:${port}`;
    const value = authorization.slice('Bearer '.length);
    await call('Network.setCookie', { name: 'gatehouse', value, url, httpOnly: true, sameSite: 'Strict' });
    return {
      ...actsOf(call, url),
      cpuSeconds: () => mainThreadSecondsOf(findDescendant(browser.pid ?? 0, '--type=renderer') ?? 0),
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The address of the first page's end of the Chrome DevTools Protocol. */
async function pageTarget(profile: string): Promise<string> {
  const deadline = performance.now() + startTimeoutMs;
  const file = join(profile, 'DevToolsActivePort');
  while (!existsSync(file) || readFileSync(file, 'utf8') === '') {
    if (performance.now() > deadline) throw new Error('the browser does not start');
    await delay(50);
  }
  const [port] = readFileSync(file, 'utf8').split('\n');
  const answer = await fetch(`http://127.0.0.1:${port}/json/list`, { signal: AbortSignal.timeout(startTimeoutMs) });
  const targets = (await answer.json()) as { type: string; webSocketDebuggerUrl: string }[];
  const page = targets.find(({ type }) => type === 'page');
  if (page === undefined) throw new Error('the browser has no page');
  return page.webSocketDebuggerUrl;
}

type Call = (method: string, params?: object) => Promise<Record<string, unknown>>;

interface CallAnswer {
  readonly id: number;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

async function connect(url: string): Promise<Call> {
  const socket = new WebSocket(url);
  await once(socket, 'open', { signal: AbortSignal.timeout(startTimeoutMs) });
  const waiting = new Map<number, (answer: CallAnswer) => void>();
  socket.addEventListener('message', ({ data }) => {
    const answer = JSON.parse(String(data)) as CallAnswer;
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  let lastId = 0;
  return (method, params = {}) =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      const late = setTimeout(() => {
        reject(new Error(`${method} takes too long`));
      }, callTimeoutMs);
      waiting.set(id, ({ result, error }) => {
        clearTimeout(late);
        if (error === undefined) resolve(result ?? {});
        else reject(new Error(`${method}: ${error.message}`));
      });
      socket.send(JSON.stringify({ id, method, params }));
    });
}

function actsOf(call: Call, origin: string): Omit<UnwatchedPage, keyof AsyncDisposable | 'cpuSeconds'> {
  async function evaluate<T>(expression: string): Promise<T> {
    const answer = await call('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (answer['exceptionDetails'] !== undefined) throw new Error(JSON.stringify(answer['exceptionDetails']));
    return (answer['result'] as { value: T }).value;
  }
  return {
    async slowDown({ bitsPerSecond, roundTripMs: latency }) {
      const throughput = bitsPerSecond / 8;
      const speed = { downloadThroughput: throughput, uploadThroughput: throughput };
      await call('Network.emulateNetworkConditions', { offline: false, latency, ...speed });
    },
    async goto(path) {
      await call('Page.navigate', { url: origin + path });
    },
    evaluate,
    until: (condition) =>
      evaluate<number>(`(async () => {
        const startedMs = performance.now();
        while (!(${condition})) {
          if (performance.now() - startedMs > ${patienceMs}) throw new Error('waited in vain for ' + ${JSON.stringify(condition)});
          await new Promise((resolve) => setTimeout(resolve, ${lookEveryMs}));
        }
        return performance.now();
      })()`),
    async type(text) {
      await call('Input.insertText', { text });
    },
    async pressEnter() {
      const key = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' };
      await call('Input.dispatchKeyEvent', { type: 'keyDown', ...key });
      await call('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
    },
  };
}
