const bucketsS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const name = 'gatehouse_http_request_duration_seconds';

/** The durations of an operation's answers with one status. */
interface Tally {
  readonly labels: string;
  /** Counts per bucket, excluding smaller ones; the last one has no bound. */
  readonly counts: number[];
  sumS: number;
}

/** A histogram in the Prometheus text format whose labels are looked up once per route, not per request. */
export interface RequestDurations {
  /** Returns the counter for an operation id. */
  counter(operation: string): (status: number, seconds: number) => void;
  text(): string;
}

/** Counts only after the first duration was added. */
export function createRequestDurations(): RequestDurations {
  const tallies: Tally[] = [];
  return {
    counter(operation) {
      const byStatus = new Map<number, Tally>();
      return (status, seconds) => {
        let tally = byStatus.get(status);
        if (tally === undefined) {
          tally = { labels: `operation="${operation}",status="${status}"`, counts: bucketsS.map(() => 0), sumS: 0 };
          tally.counts.push(0);
          byStatus.set(status, tally);
          tallies.push(tally);
        }
        const bucket = bucketsS.findIndex((bound) => seconds <= bound);
        const index = bucket < 0 ? bucketsS.length : bucket;
        tally.counts[index] = (tally.counts[index] ?? 0) + 1;
        tally.sumS += seconds;
      };
    },
    text: () =>
      [
        `# HELP ${name} Time from a request to the end of its answer`,
        `# TYPE ${name} histogram`,
        ...tallies.flatMap(linesOf),
        '',
      ].join('\n'),
  };
}

function linesOf({ labels, counts, sumS }: Tally): string[] {
  let total = 0;
  const buckets = counts.map((count, index) => {
    total += count;
    return `${name}_bucket{le="${bucketsS[index] ?? '+Inf'}",${labels}} ${total}`;
  });
  return [...buckets, `${name}_sum{${labels}} ${sumS}`, `${name}_count{${labels}} ${total}`];
}
