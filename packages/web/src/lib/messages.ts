import { inWords, type MessageCode, type Wording } from '@gatehouse/contract/messages/message';

/** What the messages of the server say in one language, and what stands between two parts of a sentence. */
export interface MessageWords {
  readonly sentences: Readonly<Record<MessageCode, string>>;
  readonly and: string;
  /** What settings of the server mean, by their names; absent for the language of the server. */
  readonly settings?: Readonly<Record<string, string>>;
}

let wording: Wording = { sentenceOf: () => undefined, and: ' ' };
let meanings: Readonly<Record<string, string>> = {};

/** From now on the page words messages so. */
export function learnMessages({ sentences, and, settings = {} }: MessageWords): void {
  const bySentence: Readonly<Record<string, string>> = sentences;
  wording = { sentenceOf: (code) => (Object.hasOwn(bySentence, code) ? bySentence[code] : undefined), and };
  meanings = settings;
}

/** A sentence of an answer, with its code and its parameters beside it: `detailCode` and `detailParams` beside `detail`. */
export type Said<F extends string> = Readonly<Record<F, string>> &
  Readonly<Partial<Record<`${F}Code`, string | undefined>>> &
  Readonly<Partial<Record<`${F}Params`, Readonly<Record<string, unknown>> | undefined>>>;

/** A sentence of an answer in the language of the page; the sentence as it is where this page does not know its code. */
export function worded<const F extends string>(said: Said<F>, field: F): string {
  const fields: Readonly<Record<string, unknown>> = said;
  const { [`${field}Code`]: code, [`${field}Params`]: given } = fields;
  const params = typeof given === 'object' && given !== null ? { ...given } : {};
  const words = typeof code === 'string' ? inWords(wording, { code, params }) : undefined;
  return words ?? said[field];
}

/** What a setting means in the language of the page; in the words of the server where this page does not know the setting. */
export function meaningOf({ name, meaning }: { readonly name: string; readonly meaning: string }): string {
  return (Object.hasOwn(meanings, name) ? meanings[name] : undefined) ?? meaning;
}
