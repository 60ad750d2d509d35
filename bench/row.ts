/** The figures of one contestant of a row. Rates are per second of wall clock and per second of the server's CPU time. */
export interface Figures {
  readonly perSecond?: number | undefined;
  readonly perCpuSecond?: number | undefined;
  readonly p50Ms?: number | undefined;
  readonly p99Ms?: number | undefined;
  /** Of memory, or per second of data where `perSecond` counts megabytes. */
  readonly megabytes?: number | undefined;
}

/** One contestant of a row: the product or what it is compared with. */
export interface ContestantResult {
  readonly who: string;
  readonly figures: Figures;
}

/** A goal, and how the product compares with it. */
export interface Goal {
  readonly aim: string;
  /** The product's figure in the terms of the goal. */
  readonly result: string;
  readonly met: boolean;
}

/** The printed result of a measurement: the product comes first. */
export interface Result {
  readonly title: string;
  readonly lines: readonly ContestantResult[];
  readonly goals: readonly Goal[];
}

export interface Settings {
  /** How long each contestant is measured, without the warm-up. */
  readonly seconds: number;
  /** The directory for files of rows; removed at the end of the run. */
  readonly directory: string;
}

/** A measurement; `--only` can name it. */
export interface Row {
  readonly name: string;
  /** Takes minutes: runs with `--long`, or if it is named. */
  readonly long?: boolean;
  run(settings: Settings): Promise<readonly Result[]>;
}

/** A row that this machine cannot run; the sentence says what it lacks. */
export class RowSkipped extends Error {
  override readonly name = 'RowSkipped';
}
