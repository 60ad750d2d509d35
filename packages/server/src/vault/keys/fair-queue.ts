/** A job that waits for a thread, and for whom. */
interface Accountable {
  readonly accountId: number | undefined;
}

/** Which of the waiting jobs gets a thread. */
export interface FairQueue<Waiting extends Accountable> {
  /** Absent where each of them has to wait, whatever is free. */
  next(queue: readonly Waiting[]): Waiting | undefined;
  began(thread: unknown, accountId: number | undefined): void;
  ended(thread: unknown): void;
}

/** Whose job is next: of the account that was served the longest ago, unless it has as many threads as one may have. */
export function createFairQueue<Waiting extends Accountable>(mostOfOne: number): FairQueue<Waiting> {
  const running = new Map<unknown, number | undefined>();
  const served = new Map<number, number>();
  let count = 0;
  const isHeld = (accountId: number | undefined) =>
    accountId !== undefined && [...running.values()].filter((id) => id === accountId).length >= mostOfOne;
  const lastTurn = ({ accountId = 0 }: Waiting) => served.get(accountId) ?? 0;

  return {
    next(queue) {
      if (queue.length === 0) served.clear();
      const possible = queue.filter(({ accountId }) => !isHeld(accountId));
      return possible.toSorted((one, other) => lastTurn(one) - lastTurn(other))[0];
    },
    began(thread, accountId) {
      running.set(thread, accountId);
      if (accountId !== undefined) served.set(accountId, ++count);
    },
    ended(thread) {
      running.delete(thread);
    },
  };
}
