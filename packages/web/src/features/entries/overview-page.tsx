/** Provisional. */
export function OverviewPage() {
  return null;
}
