import i18next from 'i18next';

/** What the contract and the server say of a wrong field, and what the person reads instead. The groups are the numbers. */
const faults = [
  [/^must have at least 1 characters$|^must not be empty$|^Invalid input: expected \w+, received undefined$/, 'empty'],
  [/^must have at least (?<least>\d+) characters$/, 'atLeast'],
  [/^must have at most (?<most>\d+) characters$/, 'atMost'],
  [/^must be a whole number from (?<least>\d+) to (?<most>\d+)$/, 'whole'],
  [/^must be at least (?<least>\d+)$/, 'least'],
  [/^must be at most (?<most>\d+)$/, 'most'],
  [/^must be a host name or an IP address/, 'host'],
  [/^must be 3 to 32 letters/, 'username'],
  [/^must not contain (control characters|lone surrogates)/, 'control'],
  [/^is one of the most common passwords$/, 'common'],
  [/^must not be the username or the name of this product$/, 'named'],
] as const;

/** A fault of a field in the language of the page; what is not known here stays in the words of the server. */
export function faultInWords(message: string): string {
  for (const [pattern, name] of faults) {
    const match = pattern.exec(message);
    if (match !== null) return i18next.t(`faults.${name}`, { ns: 'app', ...match.groups });
  }
  return message;
}
