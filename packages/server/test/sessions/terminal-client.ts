import { once } from 'node:events';
import {
  terminalServerFrame,
  type TerminalClientFrame,
  type TerminalServerFrame,
} from '@gatehouse/contract/terminal-frames';
import { WebSocket } from 'ws';
import { requireDescribedFrames } from '../harness/described-frames.ts';
import type { Person, TestGatehouse } from '../harness/gatehouse.ts';

type Kind = TerminalServerFrame['t'];
type FrameOf<T extends Kind> = Extract<TerminalServerFrame, { t: T }>;

const patienceMs = 60_000;

/** A terminal as its browser sees it. */
export interface TestTerminal {
  readonly sessionId: number;
  readonly socket: WebSocket;
  readonly frames: readonly TerminalServerFrame[];
  /** All output so far. */
  output(): string;
  received(): number;
  /** The first frame of a kind, once it has come; of questions, the one after the last that was taken. */
  frame<T extends Kind>(kind: T): Promise<FrameOf<T>>;
  question(): Promise<FrameOf<'question'>>;
  answer(...values: readonly string[]): Promise<void>;
  type(text: string): void;
  tell(frame: TerminalClientFrame): void;
  /** Resolves when the output has the text. */
  says(text: string | RegExp): Promise<void>;
  /** Resolves to code and reason once it is closed. */
  closed(): Promise<{ readonly code: number; readonly reason: string }>;
}

interface Options {
  /** Acknowledges what it gets, as a browser that keeps up does. */
  readonly acknowledges?: boolean;
}

/** What POST /api/connection answered. */
export interface Ticket {
  readonly sessionId: number;
  readonly ticket: string;
}

export async function requestTerminal(person: Person, body: Readonly<Record<string, unknown>>): Promise<Ticket> {
  const answer = await person.call('POST', '/api/connection', body);
  if (answer.status !== 201) throw new Error(`POST /api/connection: ${answer.status} ${JSON.stringify(answer.body)}`);
  return { sessionId: Number(answer.at('sessionId')), ticket: String(answer.at('ticket')) };
}

/** Opens a terminal and joins it; does not wait until it is ready. */
export async function openTerminal(
  gatehouse: TestGatehouse,
  person: Person,
  body: Readonly<Record<string, unknown>>,
  options: Options = {},
): Promise<TestTerminal> {
  return joinTerminal(gatehouse, await requestTerminal(person, body), options);
}

export async function rejoinTerminal(
  gatehouse: TestGatehouse,
  person: Person,
  sessionId: number,
  options: Options = {},
): Promise<TestTerminal> {
  const answer = await person.call('POST', `/api/connection/${sessionId}/ticket`);
  if (answer.status !== 200) throw new Error(`rejoin: ${answer.status} ${JSON.stringify(answer.body)}`);
  return joinTerminal(gatehouse, { sessionId, ticket: String(answer.at('ticket')) }, options);
}

export function connectSocket(
  gatehouse: Pick<TestGatehouse, 'url'>,
  { sessionId, ticket }: Ticket,
  headers: Readonly<Record<string, string>> = {},
  channel: 'terminal' | 'command' = 'terminal',
): WebSocket {
  const url = `${gatehouse.url.replace('http', 'ws')}/api/ws/session/${sessionId}`;
  return requireDescribedFrames(new WebSocket(url, ['gatehouse.v1', `ticket.${ticket}`], { headers }), channel);
}

/** The status with which an upgrade is refused; 101 when it is not. */
export async function upgradeStatus(socket: WebSocket): Promise<number> {
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.once('unexpected-response', (request, response) => {
      resolve(response.statusCode ?? 0);
      request.destroy();
    });
    socket.once('open', () => {
      resolve(101);
      socket.close();
    });
  });
}

/** Joins a session with a ticket. */
export async function joinTerminal(
  gatehouse: Pick<TestGatehouse, 'url'>,
  ticket: Ticket,
  { acknowledges = true }: Options = {},
): Promise<TestTerminal> {
  const socket = connectSocket(gatehouse, ticket);
  const frames: TerminalServerFrame[] = [];
  const chunks: Buffer[] = [];
  let received = 0;
  let questionsTaken = 0;
  let closing: { code: number; reason: string } | undefined;
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (!isBinary) {
      frames.push(terminalServerFrame.parse(JSON.parse(data.toString())));
      return;
    }
    received += data.length;
    chunks.push(data);
    if (acknowledges) socket.send(JSON.stringify({ t: 'ack', bytes: data.length }));
  });
  socket.on('close', (code: number, reason: Buffer) => {
    closing = { code, reason: reason.toString() };
  });
  await once(socket, 'open');
  socket.on('error', () => undefined);

  const output = () => Buffer.concat(chunks).toString();
  const until = async <T>(what: string, look: () => T | undefined): Promise<T> => {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      if (Date.now() > deadline || (closing !== undefined && what !== 'close'))
        throw new Error(`no ${what}: ${JSON.stringify({ frames, closing })} ${output().slice(-500)}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const isKind =
    <T extends Kind>(kind: T) =>
    (frame: TerminalServerFrame): frame is FrameOf<T> =>
      frame.t === kind;
  const tell = (frame: TerminalClientFrame) => {
    socket.send(JSON.stringify(frame));
  };
  const question = async () => {
    const found = await until('question', () => frames.filter(isKind('question'))[questionsTaken]);
    questionsTaken += 1;
    return found;
  };
  return {
    sessionId: ticket.sessionId,
    socket,
    frames,
    output,
    received: () => received,
    frame: (kind) => until(kind, () => frames.find(isKind(kind))),
    question,
    async answer(...values) {
      tell({ t: 'answer', id: (await question()).id, values: [...values] });
    },
    type: (text) => {
      socket.send(Buffer.from(text));
    },
    tell,
    says: async (text) => {
      await until(
        String(text),
        () => (typeof text === 'string' ? output().includes(text) : text.test(output())) || undefined,
      );
    },
    closed: () => until('close', () => closing),
  };
}
