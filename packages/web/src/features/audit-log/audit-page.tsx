/** Provisional. */
export function AuditPage() {
  return null;
}
