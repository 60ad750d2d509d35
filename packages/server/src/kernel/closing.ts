/** What must be closed, in the order in which it was opened; `close` goes backwards and goes on when one of them fails. */
export interface ClosingStack {
  /** Remembers how to close something and hands it back. */
  use<T extends AsyncDisposable>(resource: T): T;
  defer(close: () => void | Promise<void>): void;
  /** Closes everything once; throws the failures together. */
  close(): Promise<void>;
}

// Node 22 has no AsyncDisposableStack yet.
export function createClosingStack(): ClosingStack {
  const pending: (() => void | PromiseLike<void>)[] = [];
  return {
    use(resource) {
      pending.push(() => resource[Symbol.asyncDispose]());
      return resource;
    },
    defer(close) {
      pending.push(close);
    },
    async close() {
      const failures: unknown[] = [];
      for (let close = pending.pop(); close !== undefined; close = pending.pop()) {
        try {
          await close();
        } catch (failure) {
          failures.push(failure);
        }
      }
      if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be closed.');
    },
  };
}
