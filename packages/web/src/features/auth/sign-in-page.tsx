/** Provisional. */
export function SignInPage() {
  return null;
}
