/** Exit codes of every command, as sysexits.h names them. */
export const exitUsage = 64;
/** Exit code of a command that failed: `EX_SOFTWARE` of sysexits.h. */
export const exitFailure = 70;
/** Exit code for a wrong configuration: `EX_CONFIG` of sysexits.h. */
export const exitConfig = 78;

/** Prints a line on standard output. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Prints an error on standard error. */
export function complain(text: string): void {
  process.stderr.write(`${text}\n`);
}
