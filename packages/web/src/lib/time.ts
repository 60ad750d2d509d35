const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** The reader's own region of the language, for the order of day and month and the like. */
function regionOf(language: string): string {
  return navigator.languages.find((tag) => tag.startsWith(`${language}-`)) ?? language;
}

/** Formats are expensive to create, and a list of thousands needs one in every row. */
function once<T>(make: (language: string) => T): (language: string) => T {
  const made = new Map<string, T>();
  return (language) => {
    const known = made.get(language);
    if (known !== undefined) return known;
    const format = make(language);
    made.set(language, format);
    return format;
  };
}

const relative = once((language) => new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' }));
const inFull = once(
  (language) => new Intl.DateTimeFormat(regionOf(language), { dateStyle: 'medium', timeStyle: 'medium' }),
);
const dayAlone = once((language) => new Intl.DateTimeFormat(regionOf(language), { dateStyle: 'long' }));

/** "2 minutes ago", in the language of the page; `now` in milliseconds. */
export function ago(timestamp: string, language: string, now = Date.now()): string {
  const seconds = Math.round((Date.parse(timestamp) - now) / 1000);
  const format = relative(language);
  for (const [unit, size] of units)
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  return format.format(0, 'second');
}

/** Date and time in full, in the language and the time zone of the reader. */
export function moment(timestamp: string, language: string): string {
  return inFull(language).format(new Date(timestamp));
}

/** The day alone: "4 March 2026". */
export function day(timestamp: string, language: string): string {
  return dayAlone(language).format(new Date(timestamp));
}
