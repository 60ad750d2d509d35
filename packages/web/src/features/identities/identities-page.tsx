/** Provisional. */
export function IdentitiesPage() {
  return null;
}
