/** Ends the run with a sentence for the person at the terminal instead of a stack trace. */
export class Stop extends Error {
  constructor(message, exitCode = 1, options = {}) {
    super(message, options);
    this.exitCode = exitCode;
  }
}
