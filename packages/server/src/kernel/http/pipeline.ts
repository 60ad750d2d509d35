import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The most unanswered requests of one connection; above it, the connection is closed. */
export const maxUnansweredRequests = 64;
/** The most bytes, headers and bodies, of waiting requests: of one connection, and of all. */
const maxWaitingBytes = 256 * 1024;
const maxWaitingBytesInAll = 32 * 1024 * 1024;
/** Node.js stops reading an unconsumed body at about this size. */
const bodyBufferBytes = 64 * 1024;

interface WaitingRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly bytes: number;
}

interface Pipeline {
  current: ServerResponse;
  readonly waiting: WaitingRequest[];
  waitingBytes: number;
}

/** The requests of each connection, one at a time. */
export interface Pipelines {
  /** Calls `handle` for a request once the answers before it have left this process. */
  readonly inTurn: (handle: RequestListener) => RequestListener;
  /** Whether a request of the connection is being answered. */
  readonly isAnswering: (socket: Socket) => boolean;
}

/**
 * Node.js emits all requests that it finds in one piece of input, up to thousands, and keeps their answers until the earlier ones are read. A client
 * that reads nothing could fill the memory. So a connection has one request in progress, and the others wait.
 */
export function createPipelines(): Pipelines {
  const pipelines = new WeakMap<Socket, Pipeline>();
  let bytesInAll = 0;

  function proceed(socket: Socket, pipeline: Pipeline, handle: RequestListener): void {
    const taken = socket.destroyed ? pipeline.waiting.splice(0) : pipeline.waiting.splice(0, 1);
    for (const { bytes } of taken) {
      pipeline.waitingBytes -= bytes;
      bytesInAll -= bytes;
    }
    const [next] = taken;
    if (next === undefined || socket.destroyed) return;
    pipeline.current = next.response;
    if (pipeline.waiting.length > 0) proceedAfter(socket, pipeline, handle);
    handle(next.request, next.response);
  }

  function proceedAfter(socket: Socket, pipeline: Pipeline, handle: RequestListener): void {
    pipeline.current.once('close', () => {
      proceed(socket, pipeline, handle);
    });
  }

  function enqueue(pipeline: Pipeline, request: IncomingMessage, response: ServerResponse): boolean {
    const bytes = bytesOf(request);
    if (
      pipeline.waiting.length + 1 >= maxUnansweredRequests ||
      pipeline.waitingBytes + bytes > maxWaitingBytes ||
      bytesInAll + bytes > maxWaitingBytesInAll
    )
      return false;
    pipeline.waiting.push({ request, response, bytes });
    pipeline.waitingBytes += bytes;
    bytesInAll += bytes;
    return true;
  }

  return {
    inTurn: (handle) => (request, response) => {
      const { socket } = request;
      if (socket.destroyed) return;
      const pipeline = pipelines.get(socket);
      if (pipeline === undefined) {
        pipelines.set(socket, { current: response, waiting: [], waitingBytes: 0 });
        handle(request, response);
      } else if (pipeline.waiting.length === 0 && isOver(pipeline.current)) {
        pipeline.current = response;
        handle(request, response);
      } else if (!enqueue(pipeline, request, response)) {
        socket.destroy();
      } else if (pipeline.waiting.length === 1) {
        proceedAfter(socket, pipeline, handle);
      }
    },
    isAnswering(socket) {
      const pipeline = pipelines.get(socket);
      return pipeline !== undefined && (pipeline.waiting.length > 0 || !isOver(pipeline.current));
    },
  };
}

function isOver(response: ServerResponse): boolean {
  return response.writableFinished || response.destroyed;
}

function bytesOf({ url = '', headers, rawHeaders }: IncomingMessage): number {
  const head = rawHeaders.reduce((sum, text) => sum + text.length, url.length);
  const declared = headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : Infinity;
  return head + Math.min(declared, bodyBufferBytes);
}
