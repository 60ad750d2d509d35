import { observable } from '../../../lib/observable.ts';

/** Modifiers that were tapped and apply to the next key. */
export interface Sticky {
  readonly ctrl: boolean;
  readonly alt: boolean;
}

const escape = 27;
/** No modifier is active. */
export const noModifiers: Sticky = { ctrl: false, alt: false };

/** The active modifiers of the extra keys. */
export const sticky = observable(noModifiers);

/** Applies modifiers to a key: Ctrl clears the upper bits (ECMA-48), Alt prepends ESC. */
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
