/** Remembers every buffer that held private bytes and overwrites them all when the work is done, however it ended. */
export interface Scratch extends Disposable {
  keep<T extends Uint8Array>(bytes: T): T;
}

/** Dispose overwrites with zeros all that was kept. */
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
