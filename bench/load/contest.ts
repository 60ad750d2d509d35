import { spread } from '../latency.ts';
import { cpuSecondsOf } from '../process-figures.ts';
import type { Figures, ContestantResult } from '../row.ts';
import { putLoad, type LoadOptions } from './load.ts';

const rounds = 3;
/** The time until the compiler has optimized a server; before that, its threads take as much as the requests. */
export const warmUpSeconds = 3;

/** A server under load. */
export interface Contestant {
  readonly who: string;
  readonly port: number;
  readonly pid: number;
  readonly requests: readonly string[];
  readonly expectedStatus?: number;
}

interface Contest {
  readonly contestants: readonly Contestant[];
  readonly connections: number;
  /** For each contestant, all rounds together. */
  readonly seconds: number;
}

/** Measures the contestants in turns, so that other load on the machine affects all alike; each gets the same requests. */
export async function contest({ contestants, connections, seconds }: Contest): Promise<readonly ContestantResult[]> {
  const order = (requests: readonly string[], forSeconds: number): LoadOptions => ({
    requests,
    connections,
    seconds: forSeconds,
    repeat: true,
  });
  for (const { port, requests, expectedStatus } of contestants)
    await putLoad(port, order(requests, warmUpSeconds), expectedStatus);
  const totals = contestants.map(() => new LoadTotal());
  for (let round = 0; round < rounds; round++)
    for (const [index, contestant] of contestants.entries())
      await totals[index]?.measure(contestant, order(contestant.requests, seconds / rounds));
  return contestants.map(({ who }, index) => ({ who, figures: totals[index]?.figures() ?? {} }));
}

/** The sum of several runs of load on one server. */
export class LoadTotal {
  readonly #latenciesMs: number[] = [];
  #seconds = 0;
  #cpuSeconds = 0;

  async measure({ pid, port, expectedStatus }: Contestant, order: LoadOptions): Promise<void> {
    const before = cpuSecondsOf(pid);
    const report = await putLoad(port, order, expectedStatus);
    this.#cpuSeconds += cpuSecondsOf(pid) - before;
    this.#seconds += report.seconds;
    for (const latency of report.latenciesMs) this.#latenciesMs.push(latency);
  }

  figures(): Figures {
    const count = this.#latenciesMs.length;
    return {
      perSecond: count / this.#seconds,
      perCpuSecond: this.#cpuSeconds === 0 ? undefined : count / this.#cpuSeconds,
      ...spread(this.#latenciesMs),
    };
  }
}
