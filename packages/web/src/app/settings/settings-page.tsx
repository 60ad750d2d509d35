/** Provisional. */
export function SettingsPage() {
  return null;
}
