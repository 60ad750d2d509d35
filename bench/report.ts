import type { Figures, ContestantResult, Result } from './row.ts';

const columns = ['/s', '/CPU s', 'p50 ms', 'p99 ms', 'MB'] as const;

/** A result as lines for a terminal: the goal first, then the figures of each contestant. */
export function showResult({ title, lines, goals }: Result): string {
  const [ours] = lines;
  return [
    '',
    title,
    ...goals.map(({ aim, result, met }) => `  ${met ? 'ok  ' : 'MISS'} ${aim}: ${result}`),
    `  ${''.padEnd(34)}${columns.map((name) => name.padStart(11)).join('')}${'product/this'.padStart(14)}`,
    ...lines.map((line) => `  ${line.who.padEnd(34)}${cells(line.figures)}${ratio(ours, line).padStart(14)}`),
  ].join('\n');
}

function cells({ perSecond, perCpuSecond, p50Ms, p99Ms, megabytes }: Figures): string {
  return [perSecond, perCpuSecond, p50Ms, p99Ms, megabytes].map((value) => number(value).padStart(11)).join('');
}

/** The product's rate as a multiple of this one's, by CPU time where it is known. */
function ratio(ours: ContestantResult | undefined, { figures }: ContestantResult): string {
  if (ours === undefined || ours.figures === figures) return '';
  const pairs = [
    [ours.figures.perCpuSecond, figures.perCpuSecond],
    [ours.figures.perSecond, figures.perSecond],
    [ours.figures.p50Ms, figures.p50Ms],
    [ours.figures.megabytes, figures.megabytes],
  ];
  for (const [mine, theirs] of pairs)
    if (mine !== undefined && theirs !== undefined && theirs !== 0) return (mine / theirs).toFixed(2);
  return '';
}

function number(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '';
  if (value >= 100) return Math.round(value).toLocaleString('en-US');
  return value.toPrecision(3);
}
