/** Provisional. */
export function OrganizationPage() {
  return null;
}
