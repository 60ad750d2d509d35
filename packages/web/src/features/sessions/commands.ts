/** A server to open a terminal on, and the identity to log in with where it is not its default. */
export interface TerminalTarget {
  entryId: number;
  name: string;
  identityId?: number;
}

/** Opens a tab for the server; returns the tab's id, for `/terminals/$tabId`. */
export function openTerminal(target: TerminalTarget): string {
  return String(target.entryId);
}
