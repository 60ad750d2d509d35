import { readFileSync } from 'node:fs';
import { say, type Message } from '@gatehouse/contract/messages/message';
import type { Secret } from '../secret.ts';

interface PasswordRules {
  /** In code points. */
  readonly minLength: number;
  readonly username: string;
}

/** Words that attackers try first here. */
const productWords = ['gatehouse'];

let commonPasswords: ReadonlySet<string> | undefined;

/** Why a new password is too weak, as the fault of a field; `undefined` if it is not. Does not take over the password. */
export function passwordFault(password: Secret, { minLength, username }: PasswordRules): Message | undefined {
  const text = password.expose((bytes) => bytes.toString('utf8'));
  if (Array.from(text).length < minLength) return say('too_few_characters', { least: minLength });
  const lower = text.toLowerCase();
  if ([username.toLowerCase(), ...productWords].some((word) => isMerely(lower, word))) return say('password_guessable');
  commonPasswords ??= readCommonPasswords();
  if (commonPasswords.has(lower)) return say('password_common');
  return undefined;
}

/** Whether the text is the word with only digits and signs around it: `anna2024!` is merely `anna`. */
function isMerely(text: string, word: string): boolean {
  const core = withoutEdges(text);
  return text === word || (core !== '' && core === withoutEdges(word));
}

function withoutEdges(text: string): string {
  return text.replace(/^[^\p{L}]+/u, '').replace(/[^\p{L}]+$/u, '');
}

function readCommonPasswords(): ReadonlySet<string> {
  const text = readFileSync(new URL('common-passwords.txt', import.meta.url), 'utf8');
  return new Set(text.split('\n').filter((line) => line !== ''));
}
