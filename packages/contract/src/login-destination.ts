import { z } from 'zod';
import { timestamp } from './fields.ts';

/** The parts of a destination, which determine where a typed secret is sent. */
export const destinationFields = ['host', 'port', 'jumpHosts', 'username', 'hostKey'] as const;
export type DestinationField = (typeof destinationFields)[number];

/** One part of a destination that has changed. */
export const destinationChangeSchema = z
  .object({
    field: z.enum(destinationFields),
    before: z.array(z.string()).nullable().meta({
      description: 'What it was at your last login: one value, or several keys or jump hosts; null where unknown',
    }),
    by: z
      .string()
      .nullable()
      .meta({ description: 'The username of who changed it last; null where that is not known' }),
    byYou: z.boolean(),
    at: timestamp.nullable(),
  })
  .meta({ id: 'DestinationChange' });
export type DestinationChange = z.output<typeof destinationChangeSchema>;

const destination = {
  host: z.string(),
  port: z.int(),
  jumpHosts: z.array(z.string()).meta({ description: 'host:port of the jump hosts on the way, in order' }),
  username: z.string().nullable().meta({ description: 'Who is logged in as; null while that is asked for' }),
  lastLoginAt: timestamp
    .nullable()
    .meta({ description: 'When you last logged in to this entry from a terminal; null: never' }),
  changes: z.array(destinationChangeSchema).meta({
    description:
      'What of the destination was changed since then; without an earlier login, what others changed since the entry was made',
  }),
};

/** The destination of an answer to a question of a login. */
export const questionDestinationSchema = z
  .object({
    ...destination,
    hostKey: z
      .object({ algorithm: z.string(), fingerprint: z.string() })
      .nullable()
      .meta({ description: 'The host key that the server has shown; null before it has' }),
  })
  .meta({ id: 'QuestionDestination' });
export type QuestionDestination = z.output<typeof questionDestinationSchema>;

/** The destination of a login to an entry now. */
export const loginDestinationSchema = z
  .object({
    ...destination,
    hostKeys: z.array(z.string()).meta({ description: 'Fingerprints of the keys that are pinned for it' }),
    tag: z.string().meta({ description: 'Names this destination; POST /api/connection takes it as `destination`' }),
  })
  .meta({ id: 'LoginDestination' });
export type LoginDestination = z.output<typeof loginDestinationSchema>;
