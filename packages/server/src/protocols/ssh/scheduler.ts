/** How long all connections together may process input in one turn of the event loop. */
const turnMs = 8;
/** The part of one connection that waited for its turn, so that several are served per turn. */
const shareMs = 2;
/** What a connection that does not wait may use, once, of an exhausted turn: an echo must not be late because others flood. */
const leastMs = 1;
/** Shorter work is not counted: most turns handle one keystroke. */
const negligibleMs = 0.25;

/** Shares the event loop between connections, so that none blocks it with the input of its remote end. */
export interface Scheduler {
  /** Adds a connection. */
  join(): Share;
}

/** The part of one connection. */
export interface Share {
  /** When work that begins now has to stop, on the clock of `performance`. */
  begin(): number;
  /** Work that began at `startedMs` has stopped. */
  end(startedMs: number): void;
  /** Calls `work` in one of the next turns, with the time at which it has to stop. */
  wait(work: (untilMs: number) => void): void;
}

/** One per process, for all connections. */
export function createScheduler(): Scheduler {
  let turnEndsMs: number | undefined;
  let waiting: ((untilMs: number) => void)[] = [];
  let isScheduled = false;
  let turn = 0;

  const schedule = () => {
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(takeTurn);
  };
  const takeTurn = () => {
    isScheduled = false;
    turnEndsMs = undefined;
    turn += 1;
    if (waiting.length === 0) return;
    const endsMs = performance.now() + turnMs;
    turnEndsMs = endsMs;
    schedule();
    const now = waiting;
    waiting = [];
    let served = 0;
    // At least one, so that there is progress on any machine.
    while (served < now.length && (served === 0 || performance.now() < endsMs)) {
      now[served]?.(Math.min(endsMs, performance.now() + shareMs));
      served += 1;
    }
    waiting = [...now.slice(served), ...waiting];
  };

  const begin = (isFirst: boolean) => {
    const now = performance.now();
    if (turnEndsMs === undefined) return now + turnMs;
    return isFirst ? Math.max(turnEndsMs, now + leastMs) : turnEndsMs;
  };
  const end = (startedMs: number) => {
    if (turnEndsMs !== undefined || performance.now() - startedMs < negligibleMs) return;
    turnEndsMs = startedMs + turnMs;
    schedule();
  };
  const wait = (work: (untilMs: number) => void) => {
    waiting.push(work);
    schedule();
  };
  return {
    join() {
      let lastTurn: number | undefined;
      return {
        begin() {
          const isFirst = lastTurn !== turn;
          lastTurn = turn;
          return begin(isFirst);
        },
        end,
        wait,
      };
    },
  };
}
