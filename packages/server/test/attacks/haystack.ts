/** Of how many bytes of a secret a trace counts as a hit. */
const windowBytes = 8;
const inBase64 = 10;
const bitmapBits = 22;

/** A secret that must not be found, and what to call it in a report. */
export interface Needle {
  readonly name: string;
  readonly bytes: Buffer;
}

interface Form {
  readonly name: string;
  readonly window: Buffer;
}

/** Looks for every window of every needle, in every form, in one pass over the hay. */
export interface Searcher {
  /** What was found, each as `needle in form at offset`. */
  readonly search: (hay: Buffer) => string[];
  readonly windows: number;
}

export function createSearcher(needles: readonly Needle[]): Searcher {
  const forms = needles.flatMap(formsOf);
  const bitmap = new Uint8Array(1 << bitmapBits);
  const byHead = new Map<string, Form[]>();
  for (const form of forms) {
    bitmap[slot(form.window, 0)] = 1;
    const head = form.window.toString('latin1', 0, windowBytes);
    const same = byHead.get(head);
    if (same === undefined) byHead.set(head, [form]);
    else same.push(form);
  }
  return {
    windows: forms.length,
    search(hay) {
      const found: string[] = [];
      for (let at = 0; at + windowBytes <= hay.length; at++) {
        if (bitmap[slot(hay, at)] !== 1) continue;
        for (const { name, window } of byHead.get(hay.toString('latin1', at, at + windowBytes)) ?? [])
          if (hay.subarray(at, at + window.length).equals(window)) found.push(`${name} at ${at}`);
      }
      return found;
    },
  };
}

/** A place in the bitmap for four bytes: multiplication spreads them (Knuth, volume 3, section 6.4). */
function slot(bytes: Buffer, at: number): number {
  return Math.imul(bytes.readUInt32LE(at), 0x9e3779b1) >>> (32 - bitmapBits);
}

function formsOf({ name, bytes }: Needle): Form[] {
  const text = bytes.toString('utf8');
  const encoded: readonly [string, Buffer, number][] = [
    ['raw', bytes, windowBytes],
    ['reversed', Buffer.from(bytes.toReversed()), windowBytes],
    ['hex', Buffer.from(bytes.toString('hex')), 2 * windowBytes],
    ['upper-case hex', Buffer.from(bytes.toString('hex').toUpperCase()), 2 * windowBytes],
    ...[0, 1, 2].flatMap((offset) => base64Forms(bytes, offset)),
    ...(Buffer.from(text).equals(bytes) ? textForms(text) : []),
  ];
  return encoded.flatMap(([form, whole, length]) =>
    Array.from({ length: Math.max(0, whole.length - length + 1) }, (_, at) => ({
      name: `${name} in ${form}`,
      window: whole.subarray(at, at + length),
    })),
  );
}

function textForms(text: string): [string, Buffer, number][] {
  return [
    ['URL-encoded', Buffer.from(encodeURIComponent(text)), windowBytes],
    ['JSON-escaped', Buffer.from(JSON.stringify(text).slice(1, -1)), windowBytes],
    ['UTF-16', Buffer.from(text, 'utf16le'), 2 * windowBytes],
    ['UTF-16, big-endian', Buffer.from(text, 'utf16le').swap16(), 2 * windowBytes],
  ];
}

/** As it stands in the base64 of something longer, `offset` bytes behind a boundary; characters that share bits with others are left out. */
function base64Forms(bytes: Buffer, offset: number): [string, Buffer, number][] {
  const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
  const first = Math.ceil((offset * 8) / 6);
  const end = Math.floor((padded.length * 8) / 6);
  return (['base64', 'base64url'] as const).map((form) => [
    `${form} + ${offset}`,
    Buffer.from(padded.toString(form).slice(first, end)),
    inBase64,
  ]);
}
