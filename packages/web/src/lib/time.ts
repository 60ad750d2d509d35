const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** The reader's own region of the language, for the order of day and month and the like. */
function regionOf(language: string): string {
  return navigator.languages.find((tag) => tag.startsWith(`${language}-`)) ?? language;
}

/** "2 minutes ago", in the language of the page; `now` in milliseconds. */
export function ago(timestamp: string, language: string, now = Date.now()): string {
  const seconds = Math.round((Date.parse(timestamp) - now) / 1000);
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
  for (const [unit, size] of units)
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  return format.format(0, 'second');
}

/** Date and time in full, in the language and the time zone of the reader. */
export function moment(timestamp: string, language: string): string {
  return new Intl.DateTimeFormat(regionOf(language), { dateStyle: 'medium', timeStyle: 'medium' }).format(
    new Date(timestamp),
  );
}

/** The day alone: "4 March 2026". */
export function day(timestamp: string, language: string): string {
  return new Intl.DateTimeFormat(regionOf(language), { dateStyle: 'long' }).format(new Date(timestamp));
}
