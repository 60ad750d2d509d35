import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { withSockets, type FakeSocket } from '../../../test/rendering/network.ts';
import { socketArrives } from './socket-check.ts';

let sockets: readonly FakeSocket[];

beforeEach(() => {
  vi.useFakeTimers();
  sockets = withSockets();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Begins a check; the far end does what it does, and what was found comes with whether the socket was closed. */
async function check(act: (socket: FakeSocket, abort: () => void) => void) {
  const controller = new AbortController();
  const arrived = socketArrives(controller.signal);
  const [socket] = sockets;
  if (socket === undefined) throw new Error('no socket was opened');
  act(socket, () => controller.abort());
  return { arrived: await arrived, isClosing: socket.readyState >= 2 };
}

describe('whether WebSockets arrive', () => {
  test('is found by opening one, as the app opens its own', async () => {
    expect(await check((socket) => socket.open())).toEqual({ arrived: true, isClosing: true });
    expect(sockets).toMatchObject([{ url: '/api/ws/state', protocols: ['gatehouse.v1'] }]);
  });

  test.each<[string, (socket: FakeSocket, abort: () => void) => void]>([
    ['a proxy refuses it', (socket) => socket.end()],
    ['nothing answers', () => vi.advanceTimersByTime(5_000)],
    ['the person has left', (_, abort) => abort()],
  ])('is denied where %s', async (_, act) => {
    expect(await check(act)).toMatchObject({ arrived: false, isClosing: true });
  });

  test('is not denied for an answer that takes its time', async () => {
    const found = await check((socket) => {
      vi.advanceTimersByTime(4_900);
      socket.open();
    });
    expect(found.arrived).toBe(true);
  });

  test('leaves no timer behind', async () => {
    await check((socket) => socket.open());
    expect(vi.getTimerCount()).toBe(0);
  });
});
