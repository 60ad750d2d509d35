import inspector from 'node:inspector';

/**
 * Closes a debugger port that --inspect or an inherited NODE_OPTIONS opened, and prevents SIGUSR1 from opening one: through it, all secrets of this
 * process could be read. Returns whether one was open.
 */
export function closeInspector(): boolean {
  // Node.js opens the port on this signal unless something listens for it, or it runs with --disable-sigusr1.
  process.on('SIGUSR1', () => undefined);
  if (inspector.url() === undefined) return false;
  inspector.close();
  return true;
}
