import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { answering, refusal, withSockets, type FakeSocket, type Sent } from '../../../../test/rendering/network.ts';
import { serverDetail } from '../../../../test/rendering/samples.ts';
import { TerminalConnection } from './terminal-connection.ts';
import { typedCredentials, type TypedCredential } from './typed-credentials.ts';

const target = { entryId: 4, name: 'web-1' };
const typed: TypedCredential = { direct: { username: 'root', password: 'secret' }, destination: 'tag-1' };
const ticketOf = (sessionId: number) => ({ sessionId, ticket: `t${sessionId}`, expiresAt: '2026-03-04T10:00:00.000Z' });
const linked = serverDetail(4, { links: [{ identityId: 3, position: 1, suspended: false }] });

let sockets: readonly FakeSocket[];
let sent: readonly Sent[];
let answers: Map<string, (body: unknown) => unknown>;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  sockets = withSockets();
  answers = new Map<string, (body: unknown) => unknown>([
    ['GET /api/entry/4', () => linked],
    ['POST /api/connection', () => Response.json(ticketOf(12), { status: 201 })],
    ['POST /api/connection/12/ticket', () => ticketOf(12)],
    ['DELETE /api/connection/12', () => ({ message: 'done' })],
  ]);
  sent = answering(({ method, path, body }) => answers.get(`${method} ${path}`)?.(body) ?? refusal(404, 'not_found'));
});
afterEach(() => {
  typedCredentials.forgetAll();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

interface Played {
  readonly connection: TerminalConnection;
  readonly written: string[];
  readonly prepared: number[];
  readonly done: (() => void)[];
  readonly saved: boolean[];
}

function connectionTo(options: { readonly identityId?: number; readonly sessionId?: number } = {}): Played {
  const { identityId, sessionId } = options;
  const written: string[] = [];
  const prepared: number[] = [];
  const done: (() => void)[] = [];
  const saved: boolean[] = [];
  const connection = new TerminalConnection({
    target: { ...target, ...(identityId === undefined ? {} : { identityId }) },
    sessionId,
    size: () => ({ cols: 100, rows: 30 }),
    isShown: () => true,
    sink: {
      write: (bytes, onWritten) => {
        written.push(new TextDecoder().decode(bytes));
        done.push(onWritten);
      },
      startReplay: () => void written.push('<replay>'),
    },
    onSession: (id) => void prepared.push(id),
    onToBeSaved(toBeSaved, wasRefused) {
      expect(toBeSaved).toEqual({ ...typed, saveAs: 'Mine' });
      saved.push(wasRefused);
      return Promise.resolve(wasRefused ? undefined : 9);
    },
  });
  return { connection, written, prepared, done, saved };
}

/** Lets everything happen that waits for nothing but answers. */
const settle = () => vi.advanceTimersByTimeAsync(0);
const phaseOf = ({ connection }: Played) => connection.progress.get().phase;
const asked = () => sent.map(({ method, path }) => `${method} ${path}`);
const bodies = () => sent.filter(({ path }) => path === '/api/connection').map(({ body }) => body);
const framesTo = (socket: FakeSocket) =>
  socket.sent.filter((data) => typeof data === 'string').map((data) => JSON.parse(data) as object);

function socketAt(index: number): FakeSocket {
  const socket = sockets.at(index);
  if (socket === undefined) throw new Error('there is no socket');
  return socket;
}

async function opened(options?: Parameters<typeof connectionTo>[0]): Promise<Played> {
  const played = connectionTo(options);
  played.connection.open();
  await settle();
  socketAt(-1).open();
  socketAt(-1).say({ t: 'ready', sessionId: 12, resumed: false });
  return played;
}

describe('opening', () => {
  test('takes what the server has stored, and shows the terminal when it is there', async () => {
    const played = await opened();
    expect(asked()).toEqual(['GET /api/entry/4', 'POST /api/connection']);
    expect(bodies()).toEqual([{ entryId: 4, cols: 100, rows: 30 }]);
    expect(socketAt(0)).toMatchObject({ url: '/api/ws/session/12', protocols: ['gatehouse.v1', 'ticket.t12'] });
    expect(phaseOf(played)).toEqual({ kind: 'open' });
    expect(played.prepared).toEqual([12]);
    expect(framesTo(socketAt(0))).toEqual([{ t: 'resize', cols: 100, rows: 30 }]);
  });

  test('with a chosen identity does not look what else there is', async () => {
    await opened({ identityId: 7 });
    expect(asked()).toEqual(['POST /api/connection']);
    expect(bodies()).toMatchObject([{ identityId: 7 }]);
  });

  test('asks the person where nothing is stored', async () => {
    answers.set('GET /api/entry/4', () => serverDetail(4));
    const played = connectionTo();
    played.connection.open();
    await settle();
    expect(phaseOf(played)).toEqual({ kind: 'asks' });
    expect(bodies()).toEqual([]);
  });

  test('does not ask where the folder above has an identity', async () => {
    const inherited = { identityId: 3, from: 'folder', id: 1, suspended: false } as const;
    answers.set('GET /api/entry/4', () => serverDetail(4, { inherited }));
    await opened();
    expect(bodies()).toHaveLength(1);
  });

  test('asks where the server says that a credential is missing', async () => {
    answers.set('POST /api/connection', () => refusal(409, 'credential_required'));
    const played = connectionTo({ identityId: 7 });
    played.connection.open();
    await settle();
    expect(phaseOf(played)).toEqual({ kind: 'asks' });
  });

  test.each([
    ['forbidden', 403],
    ['link_suspended', 409],
    ['too_many_requests', 429],
  ])('says why it was refused: %s', async (error, status) => {
    answers.set('POST /api/connection', () => refusal(status, error));
    const played = connectionTo();
    played.connection.open();
    await settle();
    expect(phaseOf(played)).toMatchObject({ kind: 'failed', failure: { error, message: `because of ${error}` } });
  });

  test('says that the server was not reached', async () => {
    answers.set('POST /api/connection', () => Promise.reject(new TypeError('fetch failed')));
    const played = connectionTo();
    played.connection.open();
    await settle();
    expect(phaseOf(played)).toMatchObject({ kind: 'failed', failure: { error: 'unreachable' } });
  });
});

describe('what a person typed', () => {
  test('is sent with the destination that was shown, and named by its user alone', async () => {
    const { connection } = connectionTo();
    connection.open(typed);
    await settle();
    expect(bodies()).toEqual([{ entryId: 4, cols: 100, rows: 30, directIdentity: typed.direct, destination: 'tag-1' }]);
    expect(connection.typedUsername).toBe('root');
  });

  test('is taken again for the same server as long as it is remembered', async () => {
    typedCredentials.keep(4, typed);
    await opened();
    expect(bodies()).toMatchObject([{ directIdentity: typed.direct }]);
    expect(asked()).not.toContain('GET /api/entry/4');
  });

  test('is forgotten, and asked for again, where the server leads elsewhere now', async () => {
    typedCredentials.keep(4, typed);
    answers.set('POST /api/connection', () => refusal(409, 'conflict'));
    const played = connectionTo();
    played.connection.open();
    await settle();
    expect(phaseOf(played)).toEqual({ kind: 'asks' });
    expect(typedCredentials.get(4)).toBeUndefined();
  });

  test('is forgotten where the server did not take it: it would be refused each time', async () => {
    typedCredentials.keep(4, typed);
    const played = connectionTo();
    played.connection.open();
    await settle();
    socketAt(0).open();
    socketAt(0).say({ t: 'step', step: 'auth', status: 'failed', ms: 3, detail: 'refused' });
    expect(typedCredentials.get(4)).toBe(typed);
    socketAt(0).say({ t: 'error', error: 'login_failed', message: 'refused' });
    expect(phaseOf(played)).toMatchObject({ kind: 'failed' });
    expect(typedCredentials.get(4)).toBeUndefined();
  });

  const refused = { t: 'step', step: 'auth', status: 'failed', ms: 3, detail: 'refused' };
  const ready = { t: 'ready', sessionId: 12, resumed: false };

  test.each([
    ['is saved once, and then used as an identity, when the login has succeeded', [ready, ready], [false], 9],
    [
      'is not saved where the login fails',
      [refused, { t: 'error', error: 'login_failed', message: '' }],
      [],
      undefined,
    ],
    ['is reported as refused where the server took something else instead', [refused, ready], [true], undefined],
  ])('%s', async (_, frames, wasRefused, identityId) => {
    const { connection, saved } = connectionTo();
    connection.open({ ...typed, saveAs: 'Mine' });
    await settle();
    socketAt(0).open();
    for (const frame of frames) socketAt(0).say(frame);
    await settle();
    expect(saved).toEqual(wasRefused);
    connection.open();
    await settle();
    expect(bodies().at(-1)).toMatchObject(identityId === undefined ? { directIdentity: typed.direct } : { identityId });
  });

  test('stays remembered where a jump host or the network was at fault', async () => {
    typedCredentials.keep(4, typed);
    connectionTo().connection.open();
    await settle();
    socketAt(0).open();
    socketAt(0).say({ t: 'step', step: 'auth', status: 'failed', ms: 3, detail: 'refused', hop: 'gate:22' });
    socketAt(0).say({ t: 'error', error: 'login_failed', message: 'refused' });
    expect(typedCredentials.get(4)).toBe(typed);
  });
});

describe('an earlier attempt', () => {
  test('that is answered late is ended, and does not take the place of the later one', async () => {
    const waiting = Promise.withResolvers<Response>();
    answers.set('POST /api/connection', () => waiting.promise);
    const played = connectionTo({ identityId: 7 });
    played.connection.open();
    await settle();
    played.connection.ask();
    waiting.resolve(Response.json(ticketOf(12), { status: 201 }));
    await settle();
    expect(phaseOf(played)).toEqual({ kind: 'asks' });
    expect(asked()).toContain('DELETE /api/connection/12');
    expect([sockets.length, played.prepared]).toEqual([0, []]);
  });

  test('that is refused late says nothing any more', async () => {
    const waiting = Promise.withResolvers<Response>();
    answers.set('POST /api/connection', () => waiting.promise);
    const played = connectionTo({ identityId: 7 });
    played.connection.open();
    await settle();
    played.connection.ask();
    waiting.resolve(refusal(403, 'forbidden'));
    await settle();
    expect(phaseOf(played)).toEqual({ kind: 'asks' });
  });
});

describe('a lost socket', () => {
  test('is found again by itself, with what came meanwhile from its beginning', async () => {
    const played = await opened();
    socketAt(0).end();
    expect(phaseOf(played)).toMatchObject({ kind: 'lost', attempt: 1 });
    await vi.advanceTimersByTimeAsync(600);
    expect(asked()).toContain('POST /api/connection/12/ticket');
    socketAt(1).open();
    socketAt(1).say({ t: 'ready', sessionId: 12, resumed: true });
    expect(phaseOf(played)).toEqual({ kind: 'open' });
    expect(played.written).toEqual(['<replay>']);
  });

  test.each([
    ['the server is not reached', () => Promise.reject(new TypeError('fetch failed'))],
    ['it is about to stop', () => refusal(503, 'unavailable')],
    ['it has had too many requests', () => refusal(429, 'too_many_requests')],
    ['it got the request too slowly', () => refusal(408, 'request_timeout')],
    ['it took too long', () => refusal(504, 'timed_out')],
  ])('is tried again, later each time, where %s', async (_, answer) => {
    answers.set('POST /api/connection/12/ticket', answer);
    const played = await opened();
    socketAt(0).end();
    await vi.advanceTimersByTimeAsync(40_000);
    const tries = asked().filter((request) => request.endsWith('ticket')).length;
    expect(tries).toBeGreaterThanOrEqual(5);
    expect(tries).toBeLessThanOrEqual(12);
    expect(phaseOf(played)).toMatchObject({ kind: 'lost' });
  });

  test.each([
    [404, 'not_found', 'session_gone'],
    [403, 'forbidden', 'forbidden'],
    [401, 'unauthenticated', 'unauthenticated'],
  ])('is given up where the server answers %d %s', async (status, error, failure) => {
    answers.set('POST /api/connection/12/ticket', () => refusal(status, error));
    const played = await opened();
    socketAt(0).end();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(phaseOf(played)).toMatchObject({ kind: 'failed', failure: { error: failure } });
    expect(asked().filter((request) => request.endsWith('ticket'))).toHaveLength(1);
  });

  test('is joined at once when the person does not want to wait, and only once', async () => {
    const played = await opened();
    socketAt(0).end();
    played.connection.join();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(asked().filter((request) => request.endsWith('ticket'))).toHaveLength(1);
  });

  test.each([
    [4001, { kind: 'elsewhere' }],
    [1000, { kind: 'exited', code: null, signal: null }],
  ])('that closed with %d is not opened again', async (code, phase) => {
    const played = await opened();
    socketAt(0).end(code);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(phaseOf(played)).toEqual(phase);
    expect(sockets).toHaveLength(1);
  });

  test('that never opens is given up and tried again', async () => {
    const played = connectionTo({ sessionId: 12 });
    played.connection.join();
    await settle();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(socketAt(0).readyState).toBe(2);
    socketAt(0).end();
    expect(phaseOf(played)).toMatchObject({ kind: 'lost' });
  });
});

describe('what goes through', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  test('output is acknowledged when it has been processed, not when it arrived', async () => {
    const { written, done } = await opened();
    socketAt(0).say(new Uint8Array(bytes('x'.repeat(300_000))).buffer);
    expect(written).toEqual(['x'.repeat(300_000)]);
    const acks = () => framesTo(socketAt(0)).filter((frame) => 't' in frame && frame.t === 'ack');
    expect(acks()).toEqual([]);
    for (const finish of done) finish();
    await settle();
    expect(acks()).toEqual([{ t: 'ack', bytes: 300_000 }]);
  });

  test('input, sizes and answers go to the socket that is open, and nowhere else', async () => {
    const { connection } = await opened();
    connection.send(bytes('ls\r'));
    connection.resize({ cols: 80, rows: 24 });
    connection.answer(1, ['yes']);
    expect(framesTo(socketAt(0)).slice(1)).toEqual([
      { t: 'resize', cols: 80, rows: 24 },
      { t: 'answer', id: 1, values: ['yes'] },
    ]);
    expect(socketAt(0).sent).toContainEqual(bytes('ls\r'));
    const before = socketAt(0).sent.length;
    socketAt(0).end();
    connection.send(bytes('lost'));
    expect(socketAt(0).sent).toHaveLength(before);
  });

  test('a frame of a later version is ignored', async () => {
    const played = await opened();
    socketAt(0).say({ t: 'clipboard', text: 'x' });
    expect(phaseOf(played)).toEqual({ kind: 'open' });
  });
});

describe('the end', () => {
  test('ends the session on the server, and nothing comes back', async () => {
    const played = await opened();
    played.connection.end();
    await settle();
    expect(asked().at(-1)).toBe('DELETE /api/connection/12');
    socketAt(0).say(new Uint8Array([120]).buffer);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([played.written, sockets.length]).toEqual([[], 1]);
  });

  test('of a session that is over asks for nothing', async () => {
    const played = await opened();
    socketAt(0).say({ t: 'exit', code: 0, signal: null });
    played.connection.end();
    await settle();
    expect(asked()).not.toContain('DELETE /api/connection/12');
  });

  test('detaching lets the session wait until a client joins it', async () => {
    const played = await opened();
    played.connection.detach();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked()).not.toContain('DELETE /api/connection/12');
    expect([sockets.length, socketAt(0).readyState]).toEqual([1, 2]);
  });

  test('that the server does not hear of needs no words', async () => {
    answers.set('DELETE /api/connection/12', () => Promise.reject(new TypeError('fetch failed')));
    const played = await opened();
    played.connection.end();
    await expect(settle()).resolves.toBeDefined();
  });
});
