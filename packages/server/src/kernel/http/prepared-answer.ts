import { isAscii } from 'node:buffer';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { holderOf } from './authenticate.ts';
import { codedTag, codingFor, compress, minCompressedBytes, type ContentCoding } from './content-coding.ts';
import { contentTag } from './entity-tag.ts';
import { hasAlready } from './if-none-match.ts';
import { LongAnswer } from './long-answer.ts';
import { securityHeaders } from './security-headers.ts';

/** A larger answer is sent in parts and never cached. */
const maxPreparedBytes = 8 * 1024 * 1024;
/** Up to this size, head and text body are sent in one piece; larger ones would have to be copied. */
const maxTextBytes = 16 * 1024;

/** An answer that was parsed and serialized before; sent as it is, or as 304 to a client that has it already. */
export class PreparedAnswer {
  readonly body: Buffer | string;
  /** The encoding of a text body: if `latin1` is enough, it takes half the time. */
  readonly encoding: 'latin1' | 'utf8';
  /** Of the body, in bytes. */
  readonly size: number;
  /** A strong entity tag with its quotes (RFC 9110 section 8.8.3). */
  readonly etag: string;
  /** Alternating names and values, which Node.js writes fastest; without the entity tag. */
  readonly head: { readonly whole: readonly string[]; readonly notModified: readonly string[] };
  /** By coding; compressed when the first client asks for it. */
  readonly #coded = new Map<ContentCoding, Promise<PreparedAnswer>>();

  constructor(bytes: Buffer, etag: string, coding?: ContentCoding) {
    this.body = bytes.length > maxTextBytes || coding !== undefined ? bytes : bytes.toString('utf8');
    this.encoding = isAscii(bytes) ? 'latin1' : 'utf8';
    this.size = bytes.length;
    this.etag = etag;
    const isCompressible = coding !== undefined || bytes.length >= minCompressedBytes;
    const notModified = [
      ...Object.entries(securityHeaders).flat(),
      ...['cache-control', 'private, no-cache'],
      ...(isCompressible ? ['vary', 'accept-encoding'] : []),
    ];
    const content = ['content-type', 'application/json; charset=utf-8', 'content-length', String(bytes.length)];
    const compressed = coding === undefined ? [] : ['content-encoding', coding];
    this.head = { whole: [...notModified, ...content, ...compressed], notModified };
  }

  /** The entity tag of the answer in this coding. */
  tagIn(coding: ContentCoding | undefined): string {
    return this.size < minCompressedBytes ? this.etag : codedTag(this.etag, coding);
  }

  /** The same in this coding. Small answers stay as they are. */
  async in(coding: ContentCoding | undefined): Promise<PreparedAnswer> {
    if (coding === undefined || this.size < minCompressedBytes) return this;
    const known = this.#coded.get(coding);
    if (known !== undefined) return known;
    const coded = compress(this.body, coding).then((bytes) => new PreparedAnswer(bytes, this.etag, coding));
    this.#coded.set(coding, coded);
    return coded;
  }
}

/** JSON in parts as one answer. */
export function joinParts(parts: readonly Buffer[], etag = contentTag(parts)): PreparedAnswer | LongAnswer {
  const answer = new LongAnswer(parts, etag);
  return answer.size > maxPreparedBytes ? answer : new PreparedAnswer(Buffer.concat(parts), etag);
}

/** Sends it, or 304. Bypasses Fastify's own sending, which would process each header field again for every request. */
export async function sendPrepared(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: PreparedAnswer,
): Promise<FastifyReply> {
  const coding = codingFor(request);
  const etag = answer.tagIn(coding);
  const isKnown = hasAlready(request.headers['if-none-match'], etag);
  // What the client has already need not be compressed.
  const { body, encoding, head, size } = isKnown ? answer : await answer.in(coding);
  const own = Object.entries(reply.getHeaders()).flatMap(([name, value]) => [name, String(value)]);
  const { raw } = reply.hijack();
  raw.writeHead(isKnown ? 304 : 200, [
    ...(isKnown ? head.notModified : head.whole),
    ...['etag', etag, 'x-request-id', request.id],
    ...own,
  ]);
  if (isKnown) raw.end();
  else {
    request.server.unsentAnswers.add(raw, size, () => holderOf(request));
    raw.end(body, encoding);
  }
  return reply;
}
