import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { holderOf } from './authenticate.ts';
import { codedTag, codingFor, createCompressor } from './content-coding.ts';
import { hasAlready } from './if-none-match.ts';

/** JSON that was parsed and serialized in slices; sent as fast as the client reads it. */
export class LongAnswer {
  readonly parts: readonly Buffer[];
  /** In bytes. */
  readonly size: number;
  /** A strong entity tag with its quotes, if the operation has them. */
  readonly etag: string | undefined;

  constructor(parts: readonly Buffer[], etag?: string) {
    this.parts = parts;
    this.size = parts.reduce((sum, { length }) => sum + length, 0);
    this.etag = etag;
  }
}

/** Sends a long answer, or 304 to a client that has it already. */
export function sendLong(
  request: FastifyRequest,
  reply: FastifyReply,
  { parts, size, etag }: LongAnswer,
): FastifyReply {
  const coding = codingFor(request);
  void reply.header('vary', 'accept-encoding');
  if (etag !== undefined) {
    const tag = codedTag(etag, coding);
    void reply.header('etag', tag).header('cache-control', 'private, no-cache');
    if (hasAlready(request.headers['if-none-match'], tag)) return reply.code(304).send();
  }
  // In memory until it is sent, although it is a stream.
  request.server.unsentAnswers.add(reply.raw, size, () => holderOf(request));
  void reply.code(200).type('application/json; charset=utf-8');
  const content = Readable.from(parts, { objectMode: false });
  if (coding === undefined) return reply.header('content-length', size).send(content);
  return reply.header('content-encoding', coding).send(content.pipe(createCompressor(coding, size)));
}
