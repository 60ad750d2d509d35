/** Provisional. */
export function ImportPage() {
  return null;
}
