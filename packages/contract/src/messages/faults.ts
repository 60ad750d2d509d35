import type { z } from 'zod';
import { inEnglish, say, type Message, type MessageCode, type ParamArguments } from './message.ts';

const known = new Map<string, Message>();

/** What a schema says of a value that it does not take. `faultOf` finds the message of it again, because a schema can say nothing but text. */
export function fault<C extends MessageCode>(code: C, ...params: ParamArguments<C>): string {
  const message = say(code, ...params);
  const sentence = inEnglish(message);
  known.set(sentence, message);
  return sentence;
}

/** How the schema library begins its own English, which is replaced by ours. */
const libraryWords = /^(?:Invalid input|Invalid option|Too big|Too small)/;

/** The message of a fault that a schema found. */
export function faultOf(issue: z.core.$ZodIssue): Message {
  const own = known.get(issue.message);
  if (own !== undefined) return own;
  const message = libraryWords.test(issue.message) ? libraryFault(issue) : undefined;
  return message ?? say('other_fault', { fault: issue.message });
}

const missing = ', received undefined';

function libraryFault(issue: z.core.$ZodIssue): Message | undefined {
  if (issue.code === 'invalid_type') {
    const { expected, message } = issue;
    if (message.endsWith(missing)) return say('value_missing', { expected });
    return say('type_wrong', { expected, received: message.slice(message.lastIndexOf(' ') + 1) });
  }
  if (issue.code === 'invalid_value') {
    const options = issue.values.map((value) => (typeof value === 'string' ? JSON.stringify(value) : String(value)));
    const [only = ''] = options;
    if (options.length > 1) return say('option_unknown', { options: options.join(', ') });
    return say('value_wrong', { expected: only });
  }
  if (issue.code === 'too_big')
    return say(issue.origin === 'string' ? 'too_many_characters' : 'list_too_long', { most: Number(issue.maximum) });
  if (issue.code === 'too_small')
    return say(issue.origin === 'string' ? 'too_few_characters' : 'list_too_short', { least: Number(issue.minimum) });
  return undefined;
}

/** What a schema says of a choice that is missing, for `safeParse`: the schema library would list the choices as if another one had been sent. */
export function faultOfMissing(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== 'invalid_value' || issue.input !== undefined) return undefined;
  const [value] = issue.values;
  return fault('value_missing', { expected: typeof value });
}
