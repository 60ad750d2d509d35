import type { ProblemCode } from '../problem-status.ts';
import type { MessageRow, ParamKind } from './row.ts';
import { messageTable } from './table.ts';

type Table = typeof messageTable;

/** The stable code of a message. Clients word it themselves; the English sentence is for those that do not. */
export type MessageCode = keyof Table;

/** What a parameter can be. It never holds a secret. */
export type ParamValue = string | number | readonly string[] | Message | readonly Message[];
/** Parameters of a message, by name. */
export type MessageParams = Readonly<Record<string, ParamValue>>;

/** What is said to a person, in no language yet. Made by `say`, which checks the parameters. */
// eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- unlike an interface, it fits where plain JSON is expected
export type Message = { readonly code: MessageCode; readonly params: MessageParams };

interface ValueOfKind {
  readonly text: string;
  readonly number: number;
  readonly texts: readonly string[];
  readonly message: Message;
  readonly sentences: readonly Message[];
  readonly parts: readonly Message[];
}
type ParamsOfRow<R> = R extends { readonly params: infer P extends Readonly<Record<string, ParamKind>> }
  ? { readonly [N in keyof P]: ValueOfKind[P[N]] }
  : never;

/** The parameters of a message; `never` where it has none. */
export type ParamsOf<C extends MessageCode> = ParamsOfRow<Table[C]>;

/** The parameters as an argument, which is left out where there are none. */
export type ParamArguments<C extends MessageCode> = [ParamsOf<C>] extends [never] ? [] : [params: ParamsOf<C>];

/** A code whose message needs no parameters. */
export type PlainCode = { [C in MessageCode]: [ParamsOf<C>] extends [never] ? C : never }[MessageCode];

/** A code that is the message of a problem of its own. */
export type ProblemMessageCode = {
  [C in MessageCode]: Table[C] extends { readonly error: ProblemCode } ? C : never;
}[MessageCode];

/** Such a code of one kind of problem that needs no parameters. */
export type PlainCodeOf<E extends ProblemCode> = {
  [C in PlainCode]: Table[C] extends { readonly error: E } ? C : never;
}[PlainCode];

const rows: Readonly<Record<MessageCode, MessageRow>> = messageTable;

/** Every code there is. */
export const messageCodes = Object.keys(rows) as readonly MessageCode[];

/** Whether another version of the server or of a client knows a code that this one knows too. */
export function isMessageCode(code: string): code is MessageCode {
  return Object.hasOwn(rows, code);
}

/** What is true of every message with this code. */
export function messageRow(code: MessageCode): MessageRow {
  return rows[code];
}

/** The problem that a message stands for. */
export function problemOfMessage<C extends ProblemMessageCode>(code: C): Table[C]['error'] {
  return messageTable[code].error;
}

/** A message with what its sentence speaks of. */
export function say<C extends MessageCode>(code: C, ...[params]: ParamArguments<C>): Message {
  return { code, params: params ?? {} };
}

/** The words of a language. */
export interface Wording {
  /** Its sentence with `{{placeholders}}`; `undefined` for a code that it does not know. */
  readonly sentenceOf: (code: string) => string | undefined;
  /** Between two parts of a sentence. */
  readonly and: string;
}

const placeholder = /\{\{(\w+)\}\}/g;

/** A message as it comes from outside: of another version, its code and parameters may be unknown. */
export interface ReceivedMessage {
  readonly code: string;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
}

/** Puts a message into words; `undefined` where the language lacks them, or the message a parameter. */
export function inWords(wording: Wording, { code, params = {} }: ReceivedMessage): string | undefined {
  const sentence = wording.sentenceOf(code);
  if (sentence === undefined) return undefined;
  const kinds = isMessageCode(code) ? messageRow(code).params : undefined;
  const missing: string[] = [];
  const words = sentence.replace(placeholder, (_, name: string) => {
    const value = wordsOf(wording, Object.hasOwn(params, name) ? params[name] : undefined, kinds?.[name]);
    if (value === undefined) missing.push(name);
    return value ?? '';
  });
  return missing.length === 0 ? words : undefined;
}

function wordsOf(wording: Wording, value: unknown, kind: ParamKind | undefined): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) {
    const items: unknown[] = value;
    const words = items.map((item) => wordsOf(wording, item, undefined));
    return words.includes(undefined)
      ? undefined
      : words.join(kind === 'texts' ? ', ' : kind === 'parts' ? wording.and : ' ');
  }
  return isReceived(value) ? inWords(wording, value) : undefined;
}

function isReceived(value: unknown): value is ReceivedMessage {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string';
}

/** The language of the server's answers and logs. */
const english: Wording = {
  sentenceOf: (code) => (isMessageCode(code) ? messageRow(code).en : undefined),
  and: ' and ',
};

/** The English sentence of a message. */
export function inEnglish(message: Message): string {
  return inWords(english, message) ?? message.code;
}
