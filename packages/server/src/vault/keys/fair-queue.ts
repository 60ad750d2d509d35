/** A waiting job and its account. */
interface Accountable {
  readonly accountId: number | undefined;
}

/** Decides which of the waiting jobs gets a thread. */
export interface FairQueue<Waiting extends Accountable> {
  /** Absent if each of them must wait, even with a free thread. */
  next(queue: readonly Waiting[]): Waiting | undefined;
  began(thread: unknown, accountId: number | undefined): void;
  ended(thread: unknown): void;
}

/** Next is a job of the account that was served the longest ago, unless it already has as many threads as one may have. */
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
