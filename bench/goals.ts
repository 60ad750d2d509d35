import type { Goal } from './row.ts';

/** The product's figure must reach a share of the baseline's. */
export function atLeastShare(share: number, of: string, product = 0, baseline = 0): Goal {
  const reached = baseline === 0 ? 0 : product / baseline;
  return { aim: `≥ ${percent(share)} of ${of}`, result: percent(reached), met: reached >= share };
}

/** A figure must not exceed a bound. */
export function atMost(bound: number, unit: string, what: string, figure = Infinity): Goal {
  return {
    aim: `${what} ≤ ${bound} ${unit}`,
    result: `${figure >= 100 ? figure.toFixed(0) : figure.toPrecision(figure < 1 ? 2 : 3)} ${unit}`,
    met: figure <= bound,
  };
}

/** A figure must reach a bound. */
export function atLeast(bound: number, unit: string, what: string, figure = 0): Goal {
  return { aim: `${what} ≥ ${bound} ${unit}`, result: `${figure.toPrecision(3)} ${unit}`, met: figure >= bound };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
