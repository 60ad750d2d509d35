const signInPath = '/sign-in';

/** The path to go to after signing in: `wanted` if it is on this server, else the start page. Never throws. */
export function innerPath(wanted: string | undefined, origin: string): string {
  if (wanted === undefined || !URL.canParse(wanted, origin)) return '/';
  const url = new URL(wanted, origin);
  // As a URL, `/.//host` stays on this server; as a path, it leads to another host.
  if (url.origin !== origin || url.pathname.startsWith('//')) return '/';
  // After a sign-in, the sign-in page must not be shown again: its own `next` is the page that was wanted first.
  if (url.pathname === signInPath) return innerPath(url.searchParams.get('next') ?? undefined, origin);
  return url.pathname + url.search + url.hash;
}
