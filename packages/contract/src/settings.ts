import { z } from 'zod';
import { message } from './fields.ts';
import { fault } from './messages/faults.ts';
import { operation } from './operation.ts';

const maxTextLength = 4_096;
const maxChanges = 200;

/** The name of a setting: the same in environment, configuration file and API. */
export const settingName = z.string().regex(/^[A-Z][A-Z\d_]{0,63}$/, fault('setting_name_malformed'));

const settingValue = z.union([z.number(), z.boolean(), z.string().max(maxTextLength)]);
export type SettingValue = z.output<typeof settingValue>;

/** One setting of the server. */
export const settingSchema = z
  .object({
    name: settingName,
    group: z.string().meta({ description: 'What it belongs to, for screens: `server`, `accounts`, `terminals`…' }),
    meaning: z.string(),
    kind: z.enum(['number', 'boolean', 'choice', 'text']),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    choices: z.array(z.string()).optional(),
    value: settingValue.nullable().meta({ description: 'What counts now; null for a secret' }),
    default: settingValue.nullable().meta({ description: 'What counts where no source sets it; null for a secret' }),
    source: z.enum(['environment', 'file', 'table', 'default']).meta({
      description:
        'What sets the value. `environment` beats `file` (the configuration file), `file` beats `table` (what administrators set here)',
    }),
    fixed: z.boolean().meta({
      description:
        'It cannot be changed here: environment or configuration file set it, or it is read only at the start',
    }),
    live: z.boolean().meta({ description: 'A change counts at once, without a restart' }),
  })
  .meta({ id: 'Setting' });
export type Setting = z.output<typeof settingSchema>;

export const listSettings = operation({
  id: 'setting.list',
  method: 'GET',
  path: '/api/settings',
  summary: 'The settings of this server, with where each value comes from (administrators)',
  description: 'In the order of the documentation. Values of secrets are null.',
  access: { kind: 'session' },
  result: z.array(settingSchema),
  errors: ['forbidden'],
});

export const updateSettings = operation({
  id: 'setting.update',
  method: 'PATCH',
  path: '/api/settings',
  summary: 'Change settings of this server (administrators)',
  description:
    'An object of names and values; null goes back to the default. All are changed or none. Every node uses them within seconds, without a restart. 409 where environment or configuration file set the value, 400 for what is read only at the start. Recorded in the audit log. Answers the settings as they are then.',
  access: { kind: 'session' },
  body: z
    .record(settingName, settingValue.nullable())
    .refine((changes) => Object.keys(changes).length > 0, fault('nothing_to_change'))
    .refine((changes) => Object.keys(changes).length <= maxChanges, fault('too_many_settings', { most: maxChanges })),
  result: z.object({ ...message.shape, settings: z.array(settingSchema) }),
  errors: ['forbidden', 'conflict'],
});
