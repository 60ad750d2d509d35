import { inEnglish, isMessageCode } from '@gatehouse/contract/messages/message';

const suffix = 'Code';

/**
 * Throws unless each sentence of an answer is the English of the code and the parameters beside it, and the message of the answer has a code:
 * clients word messages by them.
 */
export function requireCodedSentences(body: unknown): void {
  if (isObject(body) && typeof body['message'] === 'string' && !('messageCode' in body))
    throw new Error(`a message without a code: ${body['message']}`);
  if (Array.isArray(body) || isObject(body)) for (const value of Object.values(body)) requireCodedSentences(value);
  if (isObject(body)) for (const name of Object.keys(body)) requireSentence(body, name);
}

function requireSentence(body: Readonly<Record<string, unknown>>, name: string): void {
  const field = name.slice(0, -suffix.length);
  const [code, sentence, params = {}] = [body[name], body[field], body[`${field}Params`]];
  if (!name.endsWith(suffix) || typeof code !== 'string' || typeof sentence !== 'string' || !isMessageCode(code))
    return;
  const expected = inEnglish({ code, params: params as never });
  if (sentence !== expected) throw new Error(`${field} is “${sentence}”, and its code ${code} means “${expected}”`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
