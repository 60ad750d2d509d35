/** The last four-byte sequence of the basic plane. They are numbered in the order of their characters (Encoding Standard, section 10.2). */
const lastPointer = 39_419;
const firstBeyondBasicPlane = { code: 0x1_00_00, pointer: 189_000 };
/** The one character that is out of order since 2005, and that whose place it has. */
const outOfOrder = { code: 0xe7c7, place: 0x1e3f };

/** The four bytes of a character without shorter encoding, as one number; undefined if it has none. Node.js only decodes, so its pointer is searched for. */
export function fourByteNumberOf(code: number): number | undefined {
  if (code >= firstBeyondBasicPlane.code)
    return numberAt(code - firstBeyondBasicPlane.code + firstBeyondBasicPlane.pointer);
  const decoder = new TextDecoder('gb18030');
  const wanted = code === outOfOrder.code ? outOfOrder.place : code;
  let first = 0;
  let last = lastPointer;
  while (first < last) {
    const middle = Math.floor((first + last) / 2);
    if (placeOf(decoder, middle) < wanted) first = middle + 1;
    else last = middle;
  }
  return placeOf(decoder, first) === wanted ? numberAt(first) : undefined;
}

/** Where the character of a pointer is in the order. */
function placeOf(decoder: TextDecoder, pointer: number): number {
  const code = decoder.decode(bytesAt(pointer)).codePointAt(0) ?? 0;
  return code === outOfOrder.code ? outOfOrder.place : code;
}

function numberAt(pointer: number): number {
  return bytesAt(pointer).readUInt32BE();
}

function bytesAt(pointer: number): Buffer {
  const [first, rest] = [Math.floor(pointer / 12_600), pointer % 12_600];
  const [second, third, fourth] = [Math.floor(rest / 1_260), Math.floor((rest % 1_260) / 10), rest % 10];
  return Buffer.from([first + 0x81, second + 0x30, third + 0x81, fourth + 0x30]);
}
