import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answering, refusal, withSockets, type FakeSocket } from '../../../../test/rendering/network.ts';
import { TerminalConnection } from './terminal-connection.ts';

let sockets: readonly FakeSocket[];

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  sockets = withSockets();
  const ticket = { sessionId: 12, ticket: 't12', expiresAt: '2026-03-04T10:00:00.000Z' };
  answering(({ method, path }) => {
    if (path === '/api/connection/12/ticket') return ticket;
    return method === 'POST' ? Response.json(ticket, { status: 201 }) : refusal(404, 'not_found');
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const bytes = (text: string) => new TextEncoder().encode(text);
const phaseOf = ({ connection }: { connection: TerminalConnection }) => connection.progress.get().phase;

function socketAt(index: number): FakeSocket {
  const socket = sockets.at(index);
  if (socket === undefined) throw new Error('there is no socket');
  return socket;
}

/** A terminal with a shell. */
async function opened() {
  const connection = new TerminalConnection({
    target: { entryId: 4, name: 'web-1', identityId: 7 },
    sessionId: undefined,
    size: () => ({ cols: 100, rows: 30 }),
    isShown: () => true,
    sink: { write: () => undefined, startReplay: () => undefined },
    onSession: () => undefined,
    onToBeSaved: () => Promise.resolve(undefined),
  });
  connection.open();
  await vi.advanceTimersByTimeAsync(0);
  socketAt(0).open();
  socketAt(0).say({ t: 'ready', sessionId: 12, resumed: false });
  return { connection };
}

test('is shown after three seconds, and its session is joined again after some more', async () => {
  const played = await opened();
  socketAt(0).answersPings = false;
  await vi.advanceTimersByTimeAsync(8_500);
  expect(phaseOf(played)).toMatchObject({ kind: 'open', silentSinceMs: 1_005_000 });
  await vi.advanceTimersByTimeAsync(6_000);
  expect(phaseOf(played)).toMatchObject({ kind: 'lost' });
  expect(socketAt(1).url).toBe('/api/ws/session/12');
});

test('is noticed sooner when something was typed', async () => {
  const played = await opened();
  socketAt(0).answersPings = false;
  played.connection.send(bytes('x'));
  await vi.advanceTimersByTimeAsync(3_100);
  expect(phaseOf(played)).toMatchObject({ kind: 'open', silentSinceMs: 1_000_000 });
  socketAt(0).say({ t: 'pong', id: 1, input: 1 });
  expect(phaseOf(played)).toEqual({ kind: 'open' });
});

test('gets what was typed and not counted once more, and nothing twice', async () => {
  const played = await opened();
  played.connection.send(bytes('abc'));
  socketAt(0).answersPings = false;
  await vi.advanceTimersByTimeAsync(5_500);
  played.connection.send(bytes('def'));
  await vi.advanceTimersByTimeAsync(9_000);
  socketAt(1).answersPings = false;
  socketAt(1).open();
  socketAt(1).say({ t: 'ready', sessionId: 12, resumed: true });
  played.connection.send(bytes('g'));
  expect(socketAt(1).sent.filter((data) => data instanceof Uint8Array)).toEqual([]);
  // "d" arrived, its answer did not.
  socketAt(1).say({ t: 'pong', id: 2, input: 4 });
  expect(socketAt(1).sent.filter((data) => data instanceof Uint8Array)).toEqual([bytes('ef'), bytes('g')]);
});
