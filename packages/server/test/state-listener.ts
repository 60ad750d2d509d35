import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { stateFrame, stateTopics, type StateTopic } from '@gatehouse/contract/state-socket';
import { WebSocket } from 'ws';
import { requireDescribedFrames } from './harness/described-frames.ts';
import type { TestGatehouse } from './harness/gatehouse.ts';

/** Longer than the server holds frames back, and than anything takes that it does before it tells. */
const quietMs = 400;
const patienceMs = 10_000;

/** A socket of /api/ws/state as its client sees it. */
export interface StateListener {
  readonly socket: WebSocket;
  /** What has come since the last call, once nothing more comes. */
  heard(): Promise<readonly StateTopic[]>;
  /** Resolves when a frame of the type has come since the last call of `heard`. */
  hears(topic: StateTopic): Promise<void>;
  /** Resolves to the code when it is closed. */
  closed(): Promise<number>;
}

export function connectState(
  { url }: Pick<TestGatehouse, 'url'>,
  headers: Readonly<Record<string, string>>,
  protocols: readonly string[] = ['gatehouse.v1'],
): WebSocket {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/ws/state`, [...protocols], { headers });
  return requireDescribedFrames(socket, 'state');
}

/** Listens with a token, and has heard what every socket hears first. */
export async function listen(gatehouse: Pick<TestGatehouse, 'url'>, token: string): Promise<StateListener> {
  const socket = connectState(gatehouse, { authorization: `Bearer ${token}` });
  const listener = follow(socket);
  await once(socket, 'open');
  for (const topic of stateTopics) await listener.hears(topic);
  await listener.heard();
  return listener;
}

export function follow(socket: WebSocket): StateListener {
  let frames: StateTopic[] = [];
  let code: number | undefined;
  let latest = performance.now();
  socket.on('error', () => undefined);
  socket.on('message', (data: Buffer) => {
    latest = performance.now();
    frames.push(stateFrame.parse(JSON.parse(data.toString())).type);
  });
  socket.on('close', (closedWith: number) => {
    code = closedWith;
  });
  const until = async <T>(what: string, look: () => T | undefined): Promise<T> => {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      if (performance.now() > deadline) throw new Error(`no ${what}: ${JSON.stringify({ frames, code })}`);
      await delay(5);
    }
  };
  return {
    socket,
    async heard() {
      const start = performance.now();
      await until('silence', () => performance.now() - Math.max(latest, start) > quietMs || undefined);
      const taken = frames;
      frames = [];
      return taken;
    },
    hears: async (topic) => {
      await until(topic, () => frames.includes(topic) || undefined);
    },
    closed: () => until('close', () => code),
  };
}
