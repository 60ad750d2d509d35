/** First and last name; empty if the account has none. */
export function fullName({ first_name, last_name }: { first_name: string | null; last_name: string | null }): string {
  return `${first_name ?? ''} ${last_name ?? ''}`.trim();
}
