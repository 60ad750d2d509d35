import { inWords as wordMessage, type MessageCode, type Wording } from '@gatehouse/contract/messages/message';
import { inWords as inKnownSentence } from './sentences.ts';

/** What the messages of the server say in one language, and what stands between two parts of a sentence. */
export interface MessageWords {
  readonly sentences: Readonly<Record<MessageCode, string>>;
  readonly and: string;
}

let wording: Wording = { sentenceOf: () => undefined, and: ' ' };

/** From now on the page words messages so. */
export function learnMessages({ sentences, and }: MessageWords): void {
  const bySentence: Readonly<Record<string, string>> = sentences;
  wording = { sentenceOf: (code) => (Object.hasOwn(bySentence, code) ? bySentence[code] : undefined), and };
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
  const words = typeof code === 'string' ? wordMessage(wording, { code, params }) : undefined;
  return words ?? inKnownSentence(said[field]);
}
