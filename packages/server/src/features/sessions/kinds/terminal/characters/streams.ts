import { Transform, type Duplex, type Readable, type Writable } from 'node:stream';
import type { Backspace, Charset } from '@gatehouse/contract/entry-config';
import { createDecoder, encode } from './encoding.ts';

/** What the backspace key sends. */
export const backspaceBytes: Readonly<Record<Backspace, number>> = { del: 0x7f, 'ctrl-h': 0x08 };

/** How a server expects characters. */
export interface CharacterOptions {
  readonly charset: Charset;
  readonly backspace: Backspace;
}

/** The two directions of a terminal's stream, as clients get and send them: in UTF-8, with DEL for the backspace key. */
export function inUtf8(
  stream: Duplex,
  { charset, backspace }: CharacterOptions,
): { readonly output: Readable; readonly input: Writable } {
  const output = charset === 'utf-8' ? stream : stream.pipe(decoding(charset));
  if (charset === 'utf-8' && backspace === 'del') return { output, input: stream };
  const input = encoding({ charset, backspace });
  input.pipe(stream);
  return { output, input };
}

function decoding(charset: Charset): Transform {
  const decode = createDecoder(charset);
  return new Transform({
    transform(chunk: Buffer, _, callback) {
      callback(null, Buffer.from(decode(chunk)));
    },
    flush(callback) {
      callback(null, Buffer.from(decode(Buffer.alloc(0), true)));
    },
  });
}

function encoding({ charset, backspace }: CharacterOptions): Transform {
  const decode = createDecoder('utf-8');
  return new Transform({
    transform(chunk: Buffer, _, callback) {
      const bytes = charset === 'utf-8' ? Buffer.from(chunk) : encode(decode(chunk), charset);
      replaceByte(bytes, backspaceBytes.del, backspaceBytes[backspace]);
      callback(null, bytes);
    },
  });
}

/** No character of any of these character sets has DEL as a later byte. */
function replaceByte(bytes: Buffer, from: number, to: number): void {
  if (from === to) return;
  for (let at = bytes.indexOf(from); at >= 0; at = bytes.indexOf(from, at + 1)) bytes[at] = to;
}
