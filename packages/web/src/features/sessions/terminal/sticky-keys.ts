import { observable } from '../../../lib/observable.ts';

/** Modifiers that were touched and count for the next key, for keyboards that have none. */
export interface Sticky {
  readonly ctrl: boolean;
  readonly alt: boolean;
}

const escape = 27;
/** None is held. */
export const noModifiers: Sticky = { ctrl: false, alt: false };

/** What the extra keys of a phone hold down. */
export const sticky = observable(noModifiers);

/** What a key is together with the modifiers: Ctrl takes the upper bits off (ECMA-48), Alt puts ESC before it. */
export function withModifiers(bytes: Uint8Array<ArrayBuffer>, { ctrl, alt }: Sticky): Uint8Array<ArrayBuffer> {
  const [first] = bytes;
  const controlled = ctrl && first !== undefined && bytes.length === 1 ? Uint8Array.of(control(first)) : bytes;
  return alt ? Uint8Array.of(escape, ...controlled) : controlled;
}

function control(byte: number): number {
  const question = 0x3f;
  const del = 0x7f;
  if (byte === question) return del;
  return byte >= 0x40 && byte < del ? byte & 0x1f : byte === 0x20 ? 0 : byte;
}
