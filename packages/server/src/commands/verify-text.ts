import type { DataReport, ShownSecretProblem } from '@gatehouse/contract/site';

const faults: Readonly<Record<ShownSecretProblem['fault'], string>> = {
  unreadable: 'does not open in its place',
  older: 'is older than the version that the audit log recorded last: an old value was put back',
  destroyed: 'was destroyed according to the audit log: an old value was put back',
  unrecorded: 'has a version that the audit log does not know',
  missing: 'is in the audit log, and not in the database',
};

const results: Readonly<Record<DataReport['result'], string>> = {
  ok: 'Everything fits.',
  problems: 'Something does not fit. docs/operations.md says what to do.',
  incomplete: 'What could be compared fits. The end of the audit log could not be compared with anything.',
};

/** The report as text. */
export function reportText({ result, secrets, audit }: DataReport): string {
  const { comparison, compared, newest, forged } = audit.checkpoints;
  return [
    `Stored secrets   ${count(secrets.opened)} opened, ${count(secrets.problemCount)} with a problem`,
    ...secrets.problems.map(({ rows, rowId, field, fault }) => `  ${rows} ${rowId}, ${field}: ${faults[fault]}`),
    `Audit log        ${count(audit.entries)} entries in order${audit.firstBad === null ? '' : `, entry ${audit.firstBad} is not`}`,
    `Checkpoints      ${checkpointText(comparison, compared, newest)}${forged === 0 ? '' : `; ${count(forged)} not signed by this installation`}`,
    ...(audit.problem === null ? [] : [`  ${audit.problem}`]),
    '',
    results[result],
  ].join('\n');
}

function checkpointText(
  comparison: DataReport['audit']['checkpoints']['comparison'],
  compared: number,
  newest: number,
): string {
  if (compared === 0) return comparison === 'match' ? 'none needed yet' : 'none to compare with';
  return `${count(compared)} compared, the longest of ${count(newest)} entries`;
}

function count(number: number): string {
  return number.toLocaleString('en');
}
