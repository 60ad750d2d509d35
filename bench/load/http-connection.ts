import { connect, type Socket } from 'node:net';

const endOfHead = '\r\n\r\n';

/** The answer to one request: its status and how many bytes its body had. */
export interface Answered {
  readonly status: number;
  readonly bodyBytes: number;
}

/**
 * One keep-alive connection that sends one request at a time. It understands only the answers of the measured servers (with a content-length, or
 * without a body), so that the generator takes as little as possible of the cores that it shares with the server.
 */
export class HttpConnection {
  readonly #socket: Socket;
  #head: Buffer = Buffer.alloc(0);
  #missing = 0;
  #answer: Answered | undefined;
  #onAnswer: ((answer: Answered) => void) | undefined;

  constructor(port: number, onError: (error: Error) => void) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.on('error', onError);
    this.#socket.on('data', (chunk) => {
      this.#read(chunk);
    });
    this.#socket.on('close', () => {
      if (this.#onAnswer !== undefined) onError(new Error('the server closed a connection'));
    });
  }

  /** Sends a whole request, head and body; `onAnswer` is called once. */
  send(request: string, onAnswer: (answer: Answered) => void): void {
    this.#onAnswer = onAnswer;
    this.#socket.write(request);
  }

  close(): void {
    this.#onAnswer = undefined;
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    if (this.#answer === undefined) {
      const bytes = this.#head.length === 0 ? chunk : Buffer.concat([this.#head, chunk]);
      const end = bytes.indexOf(endOfHead);
      if (end < 0) {
        this.#head = bytes;
        return;
      }
      this.#head = Buffer.alloc(0);
      this.#answer = parseHead(bytes.toString('latin1', 0, end));
      this.#missing = this.#answer.bodyBytes - (bytes.length - end - endOfHead.length);
    } else this.#missing -= chunk.length;
    if (this.#missing > 0) return;
    const answer = this.#answer;
    this.#answer = undefined;
    this.#onAnswer?.(answer);
  }
}

function parseHead(head: string): Answered {
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  return { status: Number(head.slice(9, 12)), bodyBytes: Number(length ?? 0) };
}
