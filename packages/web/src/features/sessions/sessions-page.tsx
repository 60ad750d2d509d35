/** Provisional. */
export function SessionsPage() {
  return null;
}
