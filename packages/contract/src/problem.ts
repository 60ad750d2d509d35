import { z } from 'zod';
import { coded } from './messages/answer-fields.ts';
import { problemStatus, type ProblemCode } from './problem-status.ts';
import { commandOutputSchema } from './command-output.ts';
import { quotaSchema } from './quotas.ts';

/** One line of a connection log. `hop` is absent for the target itself and names the jump host otherwise. */
export const stepSchema = z
  .object({
    step: z.string().meta({
      description:
        'Named by the protocol. First `dns` and `tcp`, which reach the machine; then, of SSH, `banner`, `kex`, `hostkey`, `auth`, `channel`',
    }),
    status: z.enum(['ok', 'failed', 'skipped']),
    ms: z.number().nonnegative().meta({ description: 'How long the step took, in milliseconds' }),
    detail: z.string(),
    ...coded('detail'),
    hint: z.string().optional().meta({ description: 'What to do about a failure' }),
    ...coded('hint'),
    line: z.string().optional().meta({ description: 'The line that the hint speaks of, to be copied as it is' }),
    hop: z.string().optional().meta({ description: 'host:port of the jump host that the step belongs to' }),
  })
  .meta({ id: 'LoginStep' });
export type Step = z.output<typeof stepSchema>;

/** The facts of a host key that a person compares. */
export const hostKeyFactsSchema = z
  .object({
    algorithm: z.string(),
    fingerprint: z.string().meta({ description: 'SHA256:… as OpenSSH prints it' }),
    publicKey: z.string().meta({ description: 'The line that PUT …/host-keys accepts' }),
  })
  .meta({ id: 'HostKey' });
export type HostKeyFacts = z.output<typeof hostKeyFactsSchema>;

/** One fault of a request: the path of the field, as `config.port`, and what is wrong with it. */
export const problemDetailSchema = z
  .object({ path: z.string(), message: z.string(), ...coded('message') })
  .meta({ id: 'ProblemDetail' });
export type ProblemDetail = z.output<typeof problemDetailSchema>;

/** The most faults in one answer: clients correct these and send again. */
export const maxProblemDetails = 20;

/** The body of every failed request. */
export const problemSchema = z.object({
  code: z.number().int().meta({ description: 'The HTTP status' }),
  message: z.string().meta({ description: 'A sentence for a person' }),
  ...coded('message'),
  error: z.enum(Object.keys(problemStatus) as [ProblemCode, ...ProblemCode[]]),
  details: z.array(problemDetailSchema).max(maxProblemDetails).optional(),
  requestId: z.string(),
  steps: z.array(stepSchema).optional().meta({ description: 'How far a login came' }),
  hostKey: z
    .object({
      entryId: z.number().int(),
      host: z.string(),
      port: z.number().int(),
      offered: hostKeyFactsSchema,
      pinned: z.array(hostKeyFactsSchema),
    })
    .meta({ id: 'HostKeyDecision' })
    .optional()
    .meta({ description: 'The host key that waits for a decision, and what is pinned now' }),
  output: commandOutputSchema.optional().meta({ description: 'What a command printed before it failed' }),
  quota: quotaSchema.optional().meta({
    description: 'Of `quota_exceeded`: the limit that was reached and the setting that changes it',
  }),
});
export type Problem = z.output<typeof problemSchema>;
