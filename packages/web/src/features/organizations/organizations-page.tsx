/** Provisional. */
export function OrganizationsPage() {
  return null;
}
