/** Provisional. */
export function WelcomePage() {
  return null;
}
