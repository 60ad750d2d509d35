/** Provisional. */
export function NewEntryPage() {
  return null;
}
/** Provisional. */
export function EditEntryPage() {
  return null;
}
