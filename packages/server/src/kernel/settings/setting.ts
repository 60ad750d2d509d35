import { inEnglish, say, type Message } from '@gatehouse/contract/messages/message';

/** What is wrong with a value, where `message` follows its name: “must be …”; or with the configuration file. Errors of fixed settings appear only on the console. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
  readonly said: Message;

  constructor(said: Message, options?: ErrorOptions) {
    super(inEnglish(said), options);
    this.said = said;
  }
}

/** How the text of a setting is parsed and checked, and how a form shows it. */
export interface SettingType<T> {
  readonly kind: 'number' | 'boolean' | 'choice' | 'text';
  readonly minimum?: number;
  readonly maximum?: number;
  readonly choices?: readonly string[];
  /** Throws `SettingError`; its message never repeats the text, which may be a secret. */
  readonly parse: (text: string) => T;
}

interface Declared<T> {
  /** The text that applies if no source sets another. */
  readonly fallback: string;
  readonly meaning: string;
  readonly type: SettingType<T>;
}

/** Read once, at the start, from the environment or the configuration file. */
export interface FixedSetting<T = unknown> extends Declared<T> {
  readonly isLive: false;
  /** Its value is never shown, and is removed from the environment after it is read. */
  readonly isSecret: boolean;
}

/** Can be changed while the server runs. Never a secret, because the table of settings is not sealed. */
export interface LiveSetting<T = unknown> extends Declared<T> {
  readonly isLive: true;
  readonly isSecret: false;
}

/** A fixed or a live setting. */
export type Setting = FixedSetting | LiveSetting;

/** Declares a setting that is read at the start. */
export function fixed<T>(declared: Declared<T> & { readonly isSecret?: boolean }): FixedSetting<T> {
  return { isSecret: false, ...declared, isLive: false };
}

/** Declares a setting that administrators can change while the server runs. */
export function live<T>(declared: Declared<T>): LiveSetting<T> {
  return { ...declared, isLive: true, isSecret: false };
}

/** A whole number within bounds, in decimal digits. */
export function wholeNumber(minimum: number, maximum: number): SettingType<number> {
  return {
    kind: 'number',
    minimum,
    maximum,
    parse(text) {
      const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
      if (number >= minimum && number <= maximum) return number;
      throw new SettingError(say('not_whole_within', { least: minimum, most: maximum }));
    },
  };
}

/** `true` or `false`. */
export const yesOrNo: SettingType<boolean> = {
  kind: 'boolean',
  parse(text) {
    if (text === 'true') return true;
    if (text === 'false') return false;
    throw new SettingError(say('not_boolean'));
  },
};

/** One of a few words. */
export function choice<T extends string>(choices: readonly T[]): SettingType<T> {
  return {
    kind: 'choice',
    choices,
    parse(text) {
      const chosen = choices.find((known) => known === text);
      if (chosen === undefined) throw new SettingError(say('not_a_choice', { choices }));
      return chosen;
    },
  };
}

/** Text that `parse` checks and reads. */
export function text<T>(parse: (text: string) => T): SettingType<T> {
  return { kind: 'text', parse };
}

/** Text that may be empty, which reads as `undefined`. */
export function optionalText<T = string>(parse: (text: string) => T): SettingType<T | undefined> {
  return text((value) => (value === '' ? undefined : parse(value)));
}

/** Any text; empty reads as `undefined`. */
export const anyText: SettingType<string | undefined> = optionalText((value) => value);
