import { request, type Agent, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

const timeoutMs = 30_000;

/** A request as it goes over the wire: nothing is added to the path, and a body may be anything. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | Buffer | undefined;
  readonly agent?: Agent;
  readonly localAddress?: string;
}

export interface WireAnswer {
  readonly status: number;
  /** Name, value, name, value… as they came. */
  readonly rawHeaders: readonly string[];
  readonly contentType: string;
  readonly text: string;
}

/** Sends one request to the server at `url`. */
export async function send(url: string, { method, path, headers, body, ...rest }: WireRequest): Promise<WireAnswer> {
  const { hostname, port } = new URL(url);
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    // Node frames no body of a DELETE by itself.
    const framed = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const sent = request({ hostname, port, method, path, headers: { ...framed, ...headers }, ...rest }, resolve);
    sent.setTimeout(timeoutMs, () => sent.destroy(new Error(`no answer to ${method} ${path}`)));
    sent.on('error', reject);
    sent.end(body);
  });
  const text = (await buffer(answer)).toString();
  const contentType = answer.headers['content-type'] ?? '';
  return { status: answer.statusCode ?? 0, rawHeaders: answer.rawHeaders, contentType, text };
}

/** The same with JSON in and out; `token` is sent as a bearer token. */
export async function callJson(
  url: string,
  { token, body, headers, ...rest }: Omit<WireRequest, 'body'> & { readonly token?: string; readonly body?: unknown },
): Promise<{ readonly status: number; readonly body: unknown }> {
  const answer = await send(url, {
    ...rest,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: answer.status, body: JSON.parse(answer.text) as unknown };
}

/** Everything of an answer that a caller can see, without what names the moment and the request. */
export function comparable({ status, rawHeaders, text }: WireAnswer): string {
  const headers = rawHeaders.flatMap((name, index) =>
    index % 2 === 1 || ['x-request-id', 'date'].includes(name.toLowerCase())
      ? []
      : [`${name}: ${rawHeaders[index + 1] ?? ''}`],
  );
  return [status, ...headers, text.replace(/"requestId":"[\w-]{36}"/, '"requestId":"…"')].join('\n');
}
