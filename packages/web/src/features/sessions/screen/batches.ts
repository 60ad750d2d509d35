/** Parsed in about 10 ms, so that a frame is never late by much. */
export const largestBatchBytes = 64 * 1024;

type Write = (bytes: Uint8Array, onWritten: () => void) => void;

/**
 * Writes what arrives while something else is being worked off in one go: an endless output then costs a drawing for each batch and not for
 * each frame, and what somebody types is still shown at once.
 */
export function createBatches(write: Write): Write {
  const waiting: { readonly bytes: Uint8Array; readonly onWritten: () => void }[] = [];
  let isWriting = false;

  function next(): void {
    const batch = takeBatch(waiting);
    isWriting = batch.length > 0;
    if (!isWriting) return;
    write(join(batch.map(({ bytes }) => bytes)), () => {
      for (const { onWritten } of batch) onWritten();
      next();
    });
  }

  return (bytes, onWritten) => {
    waiting.push({ bytes, onWritten });
    if (!isWriting) next();
  };
}

function takeBatch<T extends { readonly bytes: Uint8Array }>(waiting: T[]): T[] {
  let size = 0;
  const first = waiting.findIndex(({ bytes }) => (size += bytes.byteLength) > largestBatchBytes);
  return waiting.splice(0, first < 0 ? waiting.length : Math.max(1, first));
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const whole = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}
