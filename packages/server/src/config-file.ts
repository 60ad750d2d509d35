import { readFileSync, statSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { say } from '@gatehouse/contract/messages/message';
import { findSetting } from './kernel/settings/registry.ts';
import { SettingError } from './kernel/settings/setting.ts';

const maxBytes = 64 * 1024;
/** An assignment, a comment, or nothing. */
const lineForm = /^\s*(#.*|(export\s+)?[A-Z][A-Z\d_]*\s*=.*)?$/;
const othersCanRead = 0o077;

/**
 * Reads `NAME=value` lines, `#` comments and quotes like a .env file. Resolves to nothing if the file is missing and `isRequired` is false. Throws
 * `SettingError` with a sentence that names the file and never quotes a line, which may contain a secret.
 */
export function readConfigFile(path: string, isRequired: boolean): ReadonlyMap<string, string> {
  const content = read(path, isRequired);
  if (content === undefined) return new Map();
  const line = content.split(/\r?\n/).findIndex((each) => !lineForm.test(each));
  if (line >= 0) throw new SettingError(say('config_line_malformed', { path, line: line + 1 }));
  const values = new Map(
    Object.entries(parseEnv(content)).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, value] as const],
    ),
  );
  for (const name of values.keys()) {
    const found = findSetting(name);
    if (found === undefined) throw new SettingError(say('config_setting_unknown', { path, name }));
    if (found.setting.isSecret && (statSync(path).mode & othersCanRead) !== 0)
      throw new SettingError(say('config_secret_exposed', { path, name }));
  }
  return values;
}

function read(path: string, isRequired: boolean): string | undefined {
  try {
    const bytes = readFileSync(path);
    if (bytes.length > maxBytes) throw new SettingError(say('config_file_too_large', { path, bytes: maxBytes }));
    return bytes.toString('utf8');
  } catch (cause) {
    if (cause instanceof SettingError) throw cause;
    if (!isRequired && (cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new SettingError(say('config_file_unreadable', { path }), { cause });
  }
}
