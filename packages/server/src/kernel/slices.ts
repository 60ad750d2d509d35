import { setImmediate } from 'node:timers/promises';

/** How many rows are read and serialized before other requests are served: some milliseconds of work. */
export const sliceSize = 500;

/** The items in slices, in order; other requests are served between slices. */
export async function* inSlices<T>(items: readonly T[], size = sliceSize): AsyncGenerator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) {
    if (start > 0) await setImmediate();
    yield items.slice(start, start + size);
  }
}

const chunkSize = 5_000;

/** Splits ids for use in statements: both databases limit the number of parameters. */
export function* inChunks(ids: readonly number[]): Generator<readonly number[]> {
  for (let start = 0; start < ids.length; start += chunkSize) yield ids.slice(start, start + chunkSize);
}

/** Runs the work of each account sequentially; accounts do not wait for each other. */
export type OneByOne = <T>(accountId: number, work: () => Promise<T>) => Promise<T>;

/** Bounds the memory for long lists: each account has one in preparation at a time. */
export function createOneByOne(): OneByOne {
  const last = new Map<number, Promise<void>>();
  return (accountId, work) => {
    const result = (last.get(accountId) ?? Promise.resolve()).then(work);
    const over = result.then(
      () => undefined,
      () => undefined,
    );
    last.set(accountId, over);
    void over.then(() => {
      if (last.get(accountId) === over) last.delete(accountId);
    });
    return result;
  };
}
