import { splitArguments } from './ssh-arguments.ts';

/** What an ssh(1) command says about its destination, not yet checked. */
export interface SshCommand {
  readonly destination: string;
  readonly port: string | undefined;
  readonly username: string | undefined;
  readonly jumps: string | undefined;
  /** Where to connect instead of the name in the destination. */
  readonly hostName: string | undefined;
  /** Where -W forwards input and output to. */
  readonly forward: string | undefined;
  /** The file of -F. */
  readonly configFile: string | undefined;
  readonly proxyCommand: string | undefined;
  /** What runs on the server. */
  readonly command: readonly string[];
}

/** The options of ssh(1) that take an argument; they are ignored, except for -p, -l, -J and a few -o. */
const optionsWithArgument = 'BbcDEeFIiJLlmOoPpQRSWw';

type Setting = Exclude<keyof SshCommand, 'destination' | 'command'>;

/** The first value counts, whichever option it comes from. */
type Settings = Partial<Record<Setting, string | undefined>>;

const optionSettings: Readonly<Record<string, Setting>> = {
  p: 'port',
  l: 'username',
  J: 'jumps',
  W: 'forward',
  F: 'configFile',
};
const configSettings: Readonly<Record<string, Setting>> = {
  port: 'port',
  user: 'username',
  proxyjump: 'jumps',
  hostname: 'hostName',
  proxycommand: 'proxyCommand',
};

/**
 * Reads the words after `ssh` as ssh(1) does: options before and behind the destination, up to a remote command. The user name and the port of the
 * destination are settings at its place, of which the first counts. Undefined if ssh would refuse the options.
 */
export function readSshCommand(
  words: readonly string[],
  readDestination: (text: string) => Settings | undefined,
): SshCommand | undefined {
  const settings: Settings = {};
  const before = readOptions(words, settings);
  const destination = before?.rest[0];
  if (before === undefined || destination === undefined) return undefined;
  const named = readDestination(destination);
  if (named === undefined) return undefined;
  for (const key of ['username', 'port'] as const) keepFirst(settings, key, named[key]);
  const rest = before.rest.slice(1);
  const behind = before.terminated ? { rest } : readOptions(rest, settings);
  if (behind === undefined) return undefined;
  const { port, username, jumps, hostName, forward, configFile, proxyCommand } = settings;
  return { destination, port, username, jumps, hostName, forward, configFile, proxyCommand, command: behind.rest };
}

interface Options {
  /** The words from the first that is no option. */
  readonly rest: readonly string[];
  /** `--` ended the options: behind the destination there are none. */
  readonly terminated: boolean;
}

function readOptions(words: readonly string[], settings: Settings): Options | undefined {
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (word === '--') return { rest: words.slice(index + 1), terminated: true };
    if (!word.startsWith('-') || word === '-') return { rest: words.slice(index), terminated: false };
    const flag = Array.from(word.slice(1)).findIndex((letter) => optionsWithArgument.includes(letter));
    if (flag === -1) continue;
    const attached = word.slice(flag + 2);
    const value = attached === '' ? words[++index] : attached;
    if (value === undefined || !takeOption(settings, word.charAt(flag + 1), value)) return undefined;
  }
  return { rest: [], terminated: false };
}

/** Whether ssh would take the option. */
function takeOption(settings: Settings, letter: string, value: string): boolean {
  if (letter === 'o') return takeConfig(settings, value);
  const setting = optionSettings[letter];
  // ssh takes one list of jump hosts, not two -J.
  if (setting === 'jumps' && settings.jumps !== undefined) return false;
  if (setting !== undefined) keepFirst(settings, setting, value);
  return true;
}

/** A line of ssh_config(5). */
function takeConfig(settings: Settings, line: string): boolean {
  const [, keyword = '', rest = ''] = /^\s*(\w+)(?:[ \t]*=[ \t]*|[ \t]+)(.*?)\s*$/.exec(line) ?? [];
  const setting = configSettings[keyword.toLowerCase()];
  if (setting === undefined) return true;
  const words = setting === 'jumps' || setting === 'proxyCommand' ? [rest] : splitArguments(rest);
  if (words?.length !== 1) return false;
  keepFirst(settings, setting, words[0]);
  return true;
}

function keepFirst(settings: Settings, setting: Setting, value: string | undefined): void {
  if (value !== undefined) settings[setting] ??= value;
}

const word = /(?:[^\s"'\\]|\\[^]|"(?:[^"\\]|\\[^])*"|'[^']*')+/g;
const quoted = /"((?:[^"\\]|\\[^])*)"|'([^']*)'|\\([^])/g;

/**
 * Splits as a shell does: quotes and backslashes protect spaces, a backslash at the end of a line joins it with the next. A backslash before a letter
 * is kept: people write `CORP\alice` in shells of Windows, and in no shell is there a reason to escape a letter.
 */
export function shellWords(text: string): string[] {
  const words = text.replace(/\\\r?\n/g, ' ').match(word) ?? [];
  return words.map((one) =>
    one.replace(quoted, (_, double?: string, single?: string, escaped?: string) => {
      if (double !== undefined) return double.replace(/\\([\\"$`])/g, '$1');
      if (single !== undefined) return single;
      return /^\w$/.test(escaped ?? '') ? `\\${escaped ?? ''}` : (escaped ?? '');
    }),
  );
}
