const signInPath = '/sign-in';

/** The path to go to after signing in: `wanted` where it stays on this server, else the start. Never throws. */
export function innerPath(wanted: string | undefined, origin: string): string {
  if (wanted === undefined || !URL.canParse(wanted, origin)) return '/';
  const url = new URL(wanted, origin);
  // `/.//host` stays here as a URL and leads away as a path.
  if (url.origin !== origin || url.pathname.startsWith('//')) return '/';
  // Whoever has signed in must not be asked to sign in again: what follows from that page is what was wanted first.
  if (url.pathname === signInPath) return innerPath(url.searchParams.get('next') ?? undefined, origin);
  return url.pathname + url.search + url.hash;
}
