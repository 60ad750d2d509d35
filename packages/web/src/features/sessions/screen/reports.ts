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
 * Whether data of the emulator is a report that it sends by itself (ECMA-48, xterm control sequences), not typed input. A report belongs to one
 * server: it is not broadcast, and not sent while old output is shown again.
 */
export function isReport(data: string): boolean {
  return report.test(data);
}
