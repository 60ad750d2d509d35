import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the bare server answers with. */
export interface HttpOptions {
  /** `cached`: the same bytes again; `stringify`: made from the parsed body each time; `not-modified`: 304 and no body. */
  readonly kind: 'cached' | 'stringify' | 'not-modified';
  readonly body: string;
}

process.once('message', ({ kind, body }: HttpOptions) => {
  const server = createServer((_request, response) => {
    answer(response);
  });
  const answer = answers[kind](body);
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
});

const answers: Record<HttpOptions['kind'], (body: string) => (response: ServerResponse) => void> = {
  cached(body) {
    const bytes = Buffer.from(body);
    return (response) => {
      sendBytes(response, bytes);
    };
  },
  stringify(body) {
    const value: unknown = JSON.parse(body);
    return (response) => {
      sendBytes(response, Buffer.from(JSON.stringify(value)));
    };
  },
  'not-modified': () => (response) => {
    response.writeHead(304, { etag: '"of-the-list"' });
    response.end();
  },
};

function sendBytes(response: ServerResponse, bytes: Buffer): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
  response.end(bytes);
}
