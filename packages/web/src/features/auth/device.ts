/** What a browser or program says it is, as far as a person wants to know it. */
export interface Device {
  /** The browser or program: "Firefox", "curl"; empty where nothing is said. */
  readonly program: string;
  /** "Linux", "iPhone"; undefined where it is not said. */
  readonly system: string | undefined;
}

// Of browsers that name several others, the first that fits is the right one.
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

/** Reads a user agent, which a stranger may have made up: it is only ever shown as text. */
export function deviceOf(userAgent: string): Device {
  const browser = programs.find(([pattern]) => pattern.test(userAgent))?.[1];
  const [first = ''] = userAgent.trim().split(/[/\s]/, 1);
  return {
    program: browser ?? first.slice(0, longestName),
    system: systems.find(([pattern]) => pattern.test(userAgent))?.[1],
  };
}
