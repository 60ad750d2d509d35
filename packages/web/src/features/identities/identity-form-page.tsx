/** Provisional. */
export function NewIdentityPage() {
  return null;
}
/** Provisional. */
export function EditIdentityPage() {
  return null;
}
