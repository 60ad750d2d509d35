import type { Charset } from '@gatehouse/contract/entry-config';
import { fourByteNumberOf } from './gb18030.ts';

/** A character set other than UTF-8, as the Encoding Standard defines it, except that `iso-8859-1` is itself. */
export type LegacyCharset = Exclude<Charset, 'utf-8'>;

/** What is sent for a character that the character set does not have. */
const unknown = '?'.charCodeAt(0);

const firstLead = 0x80;
const lastByte = 0xff;
const trails = range(0x40, lastByte);
const multiByte: ReadonlySet<LegacyCharset> = new Set(['euc-jp', 'shift_jis', 'euc-kr', 'gb18030', 'big5']);

/** First bytes whose characters have another encoding, which encoders prefer (Encoding Standard, index Shift_JIS pointer and Big5 pointer). */
const lateLeads: Partial<Record<LegacyCharset, readonly number[]>> = {
  'euc-jp': [0x8e],
  shift_jis: [0xed, 0xee],
  big5: range(0x81, 0xa0),
};
/** Of these, Big5 encoders prefer the last one. */
const lastInBig5 = new Set('═╞╡╪十卅');

/** The bytes of each character beyond ASCII, as one number: the first byte is the most significant. */
type Table = Map<string, number>;

const tables = new Map<LegacyCharset, Table>();

/** ICU, the library behind `TextDecoder`, takes Shift_JIS for the code page of a PC, in which three control characters have changed places. */
const rotated: ReadonlyMap<string, string> = new Map([
  ['\u001C', '\u001A'],
  ['\u007F', '\u001C'],
  ['\u001A', '\u007F'],
]);

/** The bytes of a text; question marks for characters that the character set does not have. */
export function encode(text: string, charset: LegacyCharset): Buffer {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else pushBytes(bytes, numberOf(character, code, charset));
  }
  return Buffer.from(bytes);
}

/** Decodes pieces of output; characters may be spread over them. */
export function createDecoder(charset: Charset): (bytes: Buffer, isLast?: boolean) => string {
  if (charset === 'iso-8859-1') return (bytes) => bytes.toString('latin1');
  const decoder = new TextDecoder(charset, { ignoreBOM: true });
  const decode = (bytes: Buffer, isLast = false) => decoder.decode(bytes, { stream: !isLast });
  if (charset !== 'shift_jis') return decode;
  return (bytes, isLast) => decode(bytes, isLast).replaceAll(/\p{Cc}/gu, (control) => rotated.get(control) ?? control);
}

function numberOf(character: string, code: number, charset: LegacyCharset): number {
  if (charset === 'iso-8859-1') return code <= lastByte ? code : unknown;
  let table = tables.get(charset);
  if (table === undefined) {
    table = readTable(charset);
    tables.set(charset, table);
  }
  const number = table.get(character);
  if (number !== undefined) return number;
  return (charset === 'gb18030' ? fourByteNumberOf(code) : undefined) ?? unknown;
}

function pushBytes(bytes: number[], number: number): void {
  for (const shift of [24, 16, 8]) if (number >= 2 ** shift) bytes.push((number >>> shift) & lastByte);
  bytes.push(number & lastByte);
}

/** Node.js decodes every character set and encodes none, so all possible bytes are decoded once: some 10 milliseconds. */
function readTable(charset: LegacyCharset): Table {
  const table: Table = new Map();
  const leads = range(firstLead, lastByte);
  // Decoders of GB 18030 take the byte 0x80 for a euro sign, which is no character of it.
  if (charset !== 'gb18030') addDecoded(table, charset, [leads]);
  if (!multiByte.has(charset)) return table;
  const late = lateLeads[charset] ?? [];
  addDecoded(table, charset, [leads.filter((lead) => !late.includes(lead)), trails]);
  addDecoded(table, charset, [late, trails]);
  return table;
}

/** Decodes every sequence of one byte of each list, with a line feed behind it; the first encoding of a character counts. */
function addDecoded(table: Table, charset: LegacyCharset, lists: readonly (readonly number[])[]): void {
  const sequences = lists.reduce<number[]>(
    (numbers, list) => numbers.flatMap((number) => list.map((byte) => number * 256 + byte)),
    [0],
  );
  const bytes = Buffer.alloc(sequences.length * (lists.length + 1), '\n');
  for (const [index, number] of sequences.entries())
    bytes.writeUIntBE(number, index * (lists.length + 1), lists.length);
  for (const [index, character] of new TextDecoder(charset).decode(bytes).split('\n').entries()) {
    if (character.length !== 1 || character === '\uFFFD' || character <= '\u007F') continue;
    const replaces = charset === 'big5' && lastInBig5.has(character);
    if (replaces || !table.has(character)) table.set(character, sequences[index] ?? unknown);
  }
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
