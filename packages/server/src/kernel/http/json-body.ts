import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { refuse, type AppError } from '../app-error.ts';

/** Deeper than any body of the contract, and safe for a recursive schema. */
const maxJsonDepth = 64;
/** Members of objects and elements of arrays in one body: several times what the largest operation of the contract needs. */
const maxJsonValues = 2_000;

const quote = 0x22;
const comma = 0x2c;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/**
 * Replaces Fastify's parsers: JSON only, an empty body is no body, whatever its type, and keys that would poison a prototype are refused. Invalid UTF-8 is refused (RFC
 * 8259 section 8.1), because it would be stored as another text than was sent, also in a password.
 */
export function addJsonParser(app: FastifyInstance): void {
  // curl -d '', wget and many libraries name a type for a body that they do not send.
  app.addHook('onRequest', (request, _reply, done) => {
    const { headers } = request.raw;
    if (headers['content-length'] === '0') Reflect.deleteProperty(headers, 'content-type');
    done();
  });
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = body as Buffer;
    // The body may hold secrets; only the parsed value is kept.
    const finish = (error: Error | null, value?: unknown) => {
      bytes.fill(0);
      done(error, value);
    };
    if (bytes.length === 0) {
      finish(null, undefined);
      return;
    }
    if (!isPlain(request.headers['content-encoding'])) {
      finish(refuse('body_compressed'));
      return;
    }
    const excess = excessOf(bytes);
    if (excess !== undefined) {
      finish(excess);
      return;
    }
    // An empty text is not well-formed, either.
    void parse(request, isUtf8(bytes) ? bytes.toString('utf8') : '', (error, value) => {
      if (error !== null) finish(refuse('body_malformed'));
      else finish(null, value);
    });
  });
}

/** RFC 9110 section 8.4. Nothing is decompressed, so that a small body stays small. */
function isPlain(contentEncoding: string | undefined): boolean {
  return contentEncoding === undefined || contentEncoding.trim().toLowerCase() === 'identity';
}

/**
 * What exceeds a limit in a JSON text, counted in its bytes before any value is created. In text that is not JSON the counts mean nothing; the parser
 * refuses it afterwards.
 */
function excessOf(bytes: Buffer): AppError | undefined {
  let depth = 0;
  let values = 0;
  for (let index = 0; index < bytes.length; index++) {
    switch (bytes[index] ?? 0) {
      case quote:
        index = endOfString(bytes, index);
        break;
      case openBracket:
      case openBrace:
        if (++depth > maxJsonDepth) return refuse('body_too_deep');
        values++;
        break;
      case closeBracket:
      case closeBrace:
        depth--;
        break;
      case comma:
        values++;
        break;
      default:
    }
    if (values > maxJsonValues) return refuse('body_too_many_values', { number: maxJsonValues });
  }
  return undefined;
}

/** The index of the quote that ends the string that begins at `start`; the end of the text if it is missing. */
function endOfString(bytes: Buffer, start: number): number {
  for (let index = start + 1; index < bytes.length; index++) {
    const byte = bytes[index];
    if (byte === quote) return index;
    if (byte === backslash) index++;
  }
  return bytes.length;
}
