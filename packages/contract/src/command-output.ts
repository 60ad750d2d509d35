import { z } from 'zod';

/** How the bytes of a command are written in JSON. */
export const outputEncodings = ['utf8', 'base64'] as const;
export type OutputEncoding = (typeof outputEncodings)[number];

/** What a command printed. */
export const commandOutputSchema = z.object({
  stdout: z.string(),
  stderr: z.string(),
  encoding: z.enum(outputEncodings).meta({ description: 'How `stdout` and `stderr` are written' }),
  truncated: z.boolean().meta({ description: 'Whether a stream was longer than 1 MiB; the rest was dropped' }),
  lossy: z.boolean().meta({
    description: 'Whether bytes that are no UTF-8 became U+FFFD. With the encoding `base64` nothing is lost',
  }),
});
export type CommandOutput = z.output<typeof commandOutputSchema>;
