/** Keeps output for sinks that join later. */
export interface Replay {
  push(chunk: Buffer): void;
  /** A copy of what shows the same as all output so far, or the latest part of it. Later output continues it. */
  read(): Buffer;
}
