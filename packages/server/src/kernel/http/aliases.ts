/** Existing clients call these resources in the plural; both spellings are one route. */
const plural =
  /^\/api\/(identit|entr)ies(?=[/?]|$)|^\/api\/(folder|organization|account|session|connection)s(?=[/?]|$)/;

/** The documented, singular spelling of a request's URL. */
export function canonicalUrl(url: string): string {
  // Most requests use the documented spelling, and a replacement costs more than a look.
  if (!plural.test(url)) return url;
  return url.replace(plural, (_, y: string | undefined, s: string | undefined) =>
    y === undefined ? `/api/${s ?? ''}` : `/api/${y}y`,
  );
}
