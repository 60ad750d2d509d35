import type { DataReport, ShownSecretProblem } from '@gatehouse/contract/site';

const faults: Readonly<Record<ShownSecretProblem['fault'], string>> = {
  unreadable: 'cannot be decrypted in its row',
  older: 'is older than the last version in the audit log: an old value was restored',
  destroyed: 'was destroyed according to the audit log: an old value was restored',
  unrecorded: 'has a version that is not in the audit log',
  missing: 'is in the audit log, but not in the database',
};

const results: Readonly<Record<DataReport['result'], string>> = {
  ok: 'No problem was found.',
  problems: 'Problems were found. See docs/operations.md.',
  incomplete: 'No problem was found, but the end of the audit log could not be compared with a checkpoint.',
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
