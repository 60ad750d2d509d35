import { signedOutCloseCode } from '@gatehouse/contract/state-socket';
import type { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { answering, refusal, withSockets, type FakeSocket } from '../../test/rendering/network.ts';
import { newClient } from '../../test/rendering/rendered.tsx';
import { person } from '../../test/rendering/samples.ts';
import { stateSocket } from './state-socket.ts';
import { whenSignedOut } from './query-client.ts';

/** Whatever a busy machine takes. */
const patience = { timeout: 30_000 };

/** As long as a retry may be put off. */
const longestRetryMs = 15_000 * 1.5;

let sockets: readonly FakeSocket[];
let browser: EventTarget;
let client: QueryClient;
let end: () => void;
let signedOutCount: number;

beforeEach(() => {
  vi.useFakeTimers();
  sockets = withSockets();
  browser = new EventTarget();
  vi.stubGlobal('window', browser);
  client = newClient();
  signedOutCount = 0;
  whenSignedOut(() => signedOutCount++);
  end = stateSocket.start(client);
});
afterEach(() => {
  end();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function last(): FakeSocket {
  const socket = sockets.at(-1);
  if (socket === undefined) throw new Error('there is no socket');
  return socket;
}

/** Keys of the lists that screens show, and of what is no list of these. */
const keys = [
  ['accounts', 'me'],
  ['audit-log', 'list'],
  ['entries', 'one', 4],
  ['entries', 'recent'],
  ['entries', 'tree'],
  ['identities', 'list'],
  ['identities', 'usage', 7],
  ['organizations', 'members', 3],
  ['sessions', 'list'],
  ['sessions', 'one', 12],
];

/** Longer than frames are gathered, in milliseconds. */
const gatheredMs = 100;

function staleKeys(): string[] {
  vi.advanceTimersByTime(gatheredMs);
  return keys.filter((key) => client.getQueryState(key)?.isInvalidated === true).map((key) => key.join(' '));
}

describe('a frame', () => {
  beforeEach(() => {
    for (const key of keys) client.setQueryData(key, 'read');
    last().open();
  });

  test.each([
    ['IDENTITIES', ['identities list', 'identities usage 7']],
    ['ENTRIES', ['entries one 4', 'entries recent', 'entries tree', 'identities list', 'identities usage 7']],
    ['CONNECTIONS', ['entries recent', 'sessions list', 'sessions one 12']],
    [
      'ORGANIZATIONS',
      [
        'entries one 4',
        'entries recent',
        'entries tree',
        'identities list',
        'identities usage 7',
        'organizations members 3',
      ],
    ],
  ])('of %s has these read again: %j', (type, stale) => {
    last().say({ type, data: null });
    expect(staleKeys()).toEqual(stale);
  });

  test.each([{ type: 'SNIPPETS', data: null }, { type: 'ENTRIES', data: { id: 4 } }, {}, [], 'ENTRIES', null])(
    '%j, of another version, has nothing read again',
    (frame) => {
      last().say(frame);
      expect(staleKeys()).toEqual([]);
    },
  );
});

describe('the socket', () => {
  test('is opened once, and says when it is there', () => {
    expect(stateSocket.state()).toBe('connecting');
    last().open();
    expect(stateSocket.state()).toBe('live');
    stateSocket.retry();
    expect(sockets).toMatchObject([{ url: '/api/ws/state', protocols: ['gatehouse.v1'] }]);
  });

  test('is opened again when it is lost, later each time, and soon after it was there', () => {
    last().open();
    const waits: number[] = [];
    for (let times = 0; times < 8; times++) {
      last().end();
      expect(stateSocket.state()).toBe('lost');
      const before = sockets.length;
      const since = Date.now();
      while (sockets.length === before) vi.advanceTimersByTime(50);
      waits.push(Date.now() - since);
    }
    expect(waits[0]).toBeLessThanOrEqual(800);
    expect(Math.max(...waits)).toBeLessThanOrEqual(longestRetryMs + 50);
    expect(Math.min(...waits.slice(6))).toBeGreaterThanOrEqual(7_000);
    last().open();
    last().end();
    vi.advanceTimersByTime(800);
    expect(sockets).toHaveLength(10);
  });

  test('that opens late is taken for lost', () => {
    vi.advanceTimersByTime(10_000);
    expect(last().readyState).toBe(2);
    last().end();
    expect(stateSocket.state()).toBe('lost');
  });

  test('is opened at once when the person asks, or the network is back', () => {
    last().open();
    last().end();
    stateSocket.retry();
    expect(sockets).toHaveLength(2);
    last().end();
    browser.dispatchEvent(new Event('online'));
    expect(sockets).toHaveLength(3);
    vi.advanceTimersByTime(longestRetryMs);
    expect(sockets).toHaveLength(3);
  });

  test('tells those who listen of each change once', () => {
    const states: string[] = [];
    const stop = stateSocket.subscribe(() => states.push(stateSocket.state()));
    last().open();
    last().end();
    stateSocket.retry();
    last().end();
    stateSocket.retry();
    last().open();
    stop();
    last().end();
    expect(states).toEqual(['live', 'lost', 'live']);
  });

  test('is not opened any more once it is not wanted', () => {
    last().open();
    end();
    last().end();
    vi.advanceTimersByTime(longestRetryMs);
    browser.dispatchEvent(new Event('online'));
    stateSocket.retry();
    expect(sockets).toHaveLength(1);
    expect([stateSocket.state(), last().readyState]).toEqual(['connecting', 3]);
  });

  test('an end that is told of late does not count for the socket after it', () => {
    last().open();
    const first = last();
    first.end();
    stateSocket.retry();
    last().open();
    first.end();
    expect(stateSocket.state()).toBe('live');
  });
});

describe('a sign-in that has ended', () => {
  test('is told of by the close code', () => {
    last().open();
    last().end(signedOutCloseCode);
    expect(signedOutCount).toBe(1);
    vi.advanceTimersByTime(longestRetryMs);
    expect(sockets).toHaveLength(1);
  });

  test('is asked for where the socket is refused, because a browser does not say why', async () => {
    answering(() => refusal(401, 'unauthenticated'));
    last().end();
    await vi.waitFor(() => expect(signedOutCount).toBe(1), patience);
  });

  test.each([
    ['the server is away', () => refusal(503, 'unavailable')],
    ['the person is signed in', () => person()],
  ])('is not believed where %s', async (_, answer) => {
    const sent = answering(answer);
    last().end();
    await vi.waitFor(() => expect(sent).toHaveLength(1), patience);
    await vi.advanceTimersByTimeAsync(0);
    expect([signedOutCount, stateSocket.state()]).toEqual([0, 'lost']);
  });

  test('is not asked for where the socket was there before it was lost', () => {
    const sent = answering(() => person());
    last().open();
    last().end();
    expect(sent).toEqual([]);
  });
});
