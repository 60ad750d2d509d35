const escape = '\u001B';

/** Answers to attribute, status, size and mode requests; focus; the mouse, in its two encodings; answers to colour and setting requests. */
const forms = [
  String.raw`\[[?>=]?[\d;]*(?:[cnRtx]|\$y)`,
  String.raw`\[[IO]`,
  String.raw`\[<[\d;]+[Mm]`,
  String.raw`\[M[^]{3}`,
  String.raw`[\]P][^]*`,
];
const report = new RegExp(`^(?:${forms.map((form) => escape + form).join('|')})+$`);

/**
 * Whether the data that the terminal emits is what it says by itself (ECMA-48, xterm control sequences) and was not typed. It belongs to one
 * server: never to the others of a broadcast, nor to a shell whose old output is shown again.
 */
export function isReport(data: string): boolean {
  return report.test(data);
}
