/** The parts of a user agent that are useful to a person. */
export interface Device {
  /** The browser or program: "Firefox", "curl"; empty if unknown. */
  readonly program: string;
  /** "Linux", "iPhone"; undefined if unknown. */
  readonly system: string | undefined;
}

// Many browsers also name others; the first match in this order is right.
const programs: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.* Safari\//, 'Safari'],
];

const systems: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows\b/, 'Windows'],
  [/\b(Macintosh|Mac OS X)\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

const longestName = 40;

/** Reads a user agent. It may be forged, so it is only shown as text. */
export function deviceOf(userAgent: string): Device {
  const browser = programs.find(([pattern]) => pattern.test(userAgent))?.[1];
  const [first = ''] = userAgent.trim().split(/[/\s]/, 1);
  return {
    program: browser ?? first.slice(0, longestName),
    system: systems.find(([pattern]) => pattern.test(userAgent))?.[1],
  };
}
