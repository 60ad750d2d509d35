/** Provisional. */
export function EntryPage() {
  return null;
}
