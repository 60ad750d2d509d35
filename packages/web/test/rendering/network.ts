import { vi } from 'vitest';

/** A request as it left the app. */
export interface Sent {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly body: unknown;
  readonly headers: Headers;
}

/** What the remote end answers: a body with 200, or a response of its own. */
type Answer = (sent: Sent) => unknown;

/** Stands for the server: answers what the app sends by `fetch`, and keeps it. Undone by `vi.unstubAllGlobals`. */
export function answering(answer: Answer): readonly Sent[] {
  const all: Sent[] = [];
  vi.stubGlobal('fetch', async (path: string, { method = 'GET', headers, body }: RequestInit = {}) => {
    const sent = {
      method,
      path,
      body: typeof body === 'string' ? (JSON.parse(body) as unknown) : undefined,
      headers: new Headers(headers),
    };
    all.push(sent);
    const answered = await answer(sent);
    return answered instanceof Response ? answered : Response.json(answered);
  });
  return all;
}

/** The answer of a server that refuses; `facts` beside what each problem has. */
export function refusal(status: number, error: string, facts: Readonly<Record<string, unknown>> = {}): Response {
  return Response.json({ code: status, error, message: `because of ${error}`, requestId: 'r-1', ...facts }, { status });
}

/** The sockets that the app has opened since `withSockets`; a test plays the remote end of each. */
export class FakeSocket {
  static readonly OPEN = 1;
  readonly OPEN = 1;
  static readonly all: FakeSocket[] = [];
  readonly url: string;
  readonly protocols: readonly string[];
  /** Without pings, which are answered as the server does it. */
  readonly sent: unknown[] = [];
  answersPings = true;
  binaryType = 'blob';
  bufferedAmount = 0;
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  onerror: (() => void) | null = null;

  constructor(url: string, protocols: readonly string[] = []) {
    this.url = url;
    this.protocols = protocols;
    FakeSocket.all.push(this);
  }

  send(data: unknown): void {
    if (typeof data === 'string' && /"(t|type)":"ping"/i.test(data)) this.#ping(data);
    else this.sent.push(data);
  }

  #ping(data: string): void {
    if (!this.answersPings) return;
    const { t, id } = JSON.parse(data) as { t?: string; id?: number };
    const input = this.sent.reduce((sum: number, sent) => sum + (sent instanceof Uint8Array ? sent.byteLength : 0), 0);
    this.say(t === 'ping' ? { t: 'pong', id, input } : { type: 'PONG', data: null });
  }

  /** As a browser does it: the end is told of later. */
  close(): void {
    if (this.readyState < 2) this.readyState = 2;
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  say(data: unknown): void {
    this.onmessage?.({ data: data instanceof ArrayBuffer ? data : JSON.stringify(data) });
  }

  end(code = 1006): void {
    this.readyState = 3;
    if (code === 1006) this.onerror?.();
    this.onclose?.({ code });
  }
}

/** Has the app open sockets that go nowhere. Undone by `vi.unstubAllGlobals`. */
export function withSockets(): readonly FakeSocket[] {
  FakeSocket.all.length = 0;
  vi.stubGlobal('WebSocket', FakeSocket);
  return FakeSocket.all;
}
