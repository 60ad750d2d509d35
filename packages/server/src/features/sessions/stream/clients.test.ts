import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { say } from '@gatehouse/contract/messages/message';
import { createClients, type Clients } from './clients.ts';
import type { Sink, SinkListener, Transport } from './sink.ts';

/** A client that is not there, and what happened to it. */
interface TestClient {
  readonly transport: Transport;
  readonly happened: string[];
  listener: SinkListener | undefined;
}

let gone: Sink[];
let abandoned: number;
let clients: Clients;

beforeEach(() => {
  vi.useFakeTimers();
  gone = [];
  abandoned = 0;
  clients = createClients({
    onBytes: () => undefined,
    onControl: () => undefined,
    onGone: (client) => gone.push(client),
    onAbandoned: () => (abandoned += 1),
  });
  clients.expectFor(() => 1_000);
});

afterEach(() => {
  vi.useRealTimers();
});

function client(): TestClient {
  const happened: string[] = [];
  const made: TestClient = {
    happened,
    listener: undefined,
    transport: (listener) => {
      made.listener = listener;
      return {
        tell: ({ t }) => happened.push(t),
        send: () => undefined,
        queuedBytes: () => 0,
        isPaused: () => false,
        pause: () => undefined,
        resume: () => undefined,
        close: (reason) => happened.push(reason),
        reject: () => undefined,
      };
    },
  };
  return made;
}

test('a client takes over from one that joined as it did, and leaves those beside it', () => {
  const [first, beside, second] = [client(), client(), client()];
  const old = clients.join(first.transport, 'instead');
  clients.join(beside.transport, 'beside');
  clients.join(second.transport, 'instead');
  clients.tell({ t: 'ready', sessionId: 1, resumed: false });
  expect([first.happened, beside.happened, second.happened]).toEqual([['takenOver'], ['ready'], ['ready']]);
  expect(gone).toEqual([old]);
});

test('the time without a client begins when the last one is lost', () => {
  const [first, second] = [client(), client()];
  clients.join(first.transport, 'instead');
  clients.join(second.transport, 'beside');
  first.listener?.onLost();
  vi.advanceTimersByTime(5_000);
  expect(abandoned).toBe(0);
  second.listener?.onLost();
  vi.advanceTimersByTime(999);
  expect(abandoned).toBe(0);
  vi.advanceTimersByTime(1);
  expect(abandoned).toBe(1);
});

test('who comes in time is waited for no more, and after the end none is', () => {
  clients.join(client().transport, 'instead');
  vi.advanceTimersByTime(5_000);
  clients.close('ended', say('closed_by_session_end'));
  expect(vi.getTimerCount()).toBe(0);
  expect([abandoned, clients.all()]).toEqual([0, []]);
});
