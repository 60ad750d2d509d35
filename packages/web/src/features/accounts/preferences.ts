import { z } from 'zod';
import { tabSetSchema } from '../../workspace/sets.ts';

/** Names of the terminal's colours; `auto` follows the colour scheme of the app. */
export const terminalThemes = [
  'auto',
  'gatehouse-dark',
  'gatehouse-light',
  'solarized-dark',
  'nord',
  'high-contrast',
] as const;

/**
 * The preferences of a person for this app, stored under the key `web` of the account's preferences. Everything has a default, and values of an
 * older or newer app are never an error.
 */
export const preferencesSchema = z.object({
  /** Ids of entries, in the order in which they became favourites. */
  favourites: z.array(z.int()).catch([]),
  /** When the recovery kit was confirmed; ISO 8601. */
  recoveryKitConfirmedAt: z.string().nullable().catch(null),
  /** The keys for tabs and panes that the person has changed, by action; empty for none, because null removes a preference. */
  keys: z.record(z.string(), z.string()).catch({}),
  /** Saved sets of tabs. */
  sets: z.array(tabSetSchema).catch([]),
  terminal: z
    .object({
      theme: z.enum(terminalThemes).catch('auto'),
      fontSize: z.int().min(8).max(32).catch(13),
      scrollbackLines: z.int().min(100).max(100_000).catch(10_000),
      cursorStyle: z.enum(['block', 'bar', 'underline']).catch('block'),
      cursorBlink: z.boolean().catch(true),
      copyOnSelect: z.boolean().catch(false),
      /** Whether a paste of several lines asks first. */
      pasteGuard: z.boolean().catch(true),
      bell: z.boolean().catch(false),
    })
    .catch({
      theme: 'auto',
      fontSize: 13,
      scrollbackLines: 10_000,
      cursorStyle: 'block',
      cursorBlink: true,
      copyOnSelect: false,
      pasteGuard: true,
      bell: false,
    }),
});
export type Preferences = z.output<typeof preferencesSchema>;
