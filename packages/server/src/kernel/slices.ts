import { setImmediate } from 'node:timers/promises';

/** How many rows are read and serialized before others have their turn: some milliseconds of work. */
export const sliceSize = 500;

/** The items in slices, in order; other requests are served between two of them. */
export async function* inSlices<T>(items: readonly T[], size = sliceSize): AsyncGenerator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) {
    if (start > 0) await setImmediate();
    yield items.slice(start, start + size);
  }
}

const chunkSize = 5_000;

/** Ids in parts that fit into one statement: both databases bound the number of its parameters. */
export function* inChunks(ids: readonly number[]): Generator<readonly number[]> {
  for (let start = 0; start < ids.length; start += chunkSize) yield ids.slice(start, start + chunkSize);
}

/** Runs the work of one account after the other; accounts do not wait for each other. */
export type OneByOne = <T>(accountId: number, work: () => Promise<T>) => Promise<T>;

/** Bounds what one account's long lists take while they are made, however many it asks for at once. */
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
