import { setTimeout as delay } from 'node:timers/promises';
import { startSshProcess } from '../../packages/server/test/ssh-servers/ssh-process.ts';
import { startTyping } from '../../packages/server/test/sessions/typing.ts';
import { atMost } from '../goals.ts';
import { spread } from '../latency.ts';
import type { Product } from '../product.ts';
import type { Row } from '../row.ts';
import { startSshContest, type SshContest } from '../ssh/contestants.ts';
import { begin, prompt } from '../ssh/shell.ts';
import { echoes, echoing } from './terminal-latency.ts';

/** The most additional delay of a rare echo because of another session. */
const longestDelayMs = 50;
/** More than a server sends in the time of a row. */
const endless = 1_000_000_000;
const execTimeoutMs = 10 * 60_000;

/** The echo in one session while another one floods: from its server, and from its client. */
export const fairness: Row = {
  name: 'fairness',
  async run({ directory, seconds }) {
    await using contest = await startSshContest(directory);
    const { product, contestants } = contest;
    const [own] = contestants;
    if (own === undefined) throw new Error('the product is missing');
    await using shell = await own.open();
    await prompt(shell);
    await begin(shell, echoing);
    await echoes(shell, 1);
    const alone = spread(await echoes(shell, seconds));
    const fromServer = spread(await besideServer(product, () => echoes(shell, seconds)));
    const fromClient = spread(await besideClient(contest, () => echoes(shell, seconds)));
    const later = ({ p99Ms = Infinity }: typeof alone) => p99Ms - (alone.p99Ms ?? 0);
    return [
      {
        title: 'terminal: echo beside a session that floods',
        lines: [
          { who: 'alone', figures: alone },
          { who: 'beside a server with many small messages', figures: fromServer },
          { who: 'beside a client with many small frames', figures: fromClient },
        ],
        goals: [
          atMost(longestDelayMs, 'ms', 'p99 later beside the server', later(fromServer)),
          atMost(longestDelayMs, 'ms', 'p99 later beside the client', later(fromClient)),
        ],
      },
    ];
  },
};

/** Measures while a command of another session receives single bytes. */
async function besideServer<T>(product: Product, measure: () => Promise<T>): Promise<T> {
  await using servers = startSshProcess();
  const port = await servers.start({ toCommand: { kind: 'one byte', count: endless } });
  const identity = await product.call('PUT', '/api/identity', {
    name: 'The flood',
    type: 'password-only',
    username: 'nobody',
    password: 'is never asked for',
  });
  const entry = await product.call('PUT', '/api/entry', {
    name: 'flood',
    type: 'server',
    config: { protocol: 'ssh', ip: '127.0.0.1', port, hostKeyPolicy: 'accept-new' },
    identities: [identity.number('id')],
  });
  const path = `/api/connection/${entry.number('id')}/exec`;
  const flooding = product.call('POST', path, { command: 'flood', timeoutMs: execTimeoutMs }).catch(() => undefined);
  await delay(1_000);
  const result = await measure();
  await servers[Symbol.asyncDispose]();
  await flooding;
  return result;
}

/** Measures while another client, in its own process, types without end into a command that discards it. */
async function besideClient<T>({ product, entryId }: SshContest, measure: () => Promise<T>): Promise<T> {
  const opened = await product.call('POST', '/api/connection', { entryId, cols: 80, rows: 24 });
  await using client = await startTyping({
    url: `ws://127.0.0.1:${product.port}/api/ws/session/${opened.number('sessionId')}`,
    ticket: opened.string('ticket'),
    command: 'cat > /dev/null',
    count: endless,
  });
  await delay(1_000);
  const result = await measure();
  if (client.latest().code !== undefined) throw new Error('the client that floods was sent away');
  return result;
}
