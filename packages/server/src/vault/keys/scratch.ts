/** Tracks every buffer that contained private bytes and overwrites all of them when the work is done, also if it failed. */
export interface Scratch extends Disposable {
  keep<T extends Uint8Array>(bytes: T): T;
}

/** Disposing overwrites all tracked buffers with zeros. */
export function createScratch(): Scratch {
  const kept: Uint8Array[] = [];
  return {
    keep(bytes) {
      kept.push(bytes);
      return bytes;
    },
    [Symbol.dispose]() {
      for (const bytes of kept) bytes.fill(0);
    },
  };
}
