import { z } from 'zod';
import {
  inEnglish,
  messageCodes,
  type Message,
  type MessageCode,
  type MessageParams,
  type PlainCode,
} from './message.ts';

/** The code of a message, on the wire. */
const code = z
  .enum(messageCodes as [MessageCode, ...MessageCode[]])
  .meta({ id: 'MessageCode', description: 'Says which sentence it is, for clients that word it themselves' });

const texts = z.array(z.string()).readonly();
const scalar = z.union([z.string(), z.number()]);

/** A message within a message has none within itself. */
const part = z.object({ code, params: z.record(z.string(), z.union([scalar, texts])) });

/** The parameters of a message, on the wire. */
const params: z.ZodType<MessageParams, MessageParams> = z
  .record(z.string(), z.union([scalar, texts, part, z.array(part).readonly()]))
  .meta({ id: 'MessageParams', description: 'What stands for the {{placeholders}} of the sentence, by name' });

/** What a client of another version does not know is left out, so that the sentence stands. */
const optionalCode = code.optional().catch(undefined);
const optionalParams = params.optional().catch(undefined);

type CodedShape<F extends string> = Record<`${F}Code`, typeof optionalCode> &
  Record<`${F}Params`, typeof optionalParams>;

/** The fields beside a sentence of an answer by which a client words it: `detailCode` and `detailParams` beside `detail`. */
export function coded<const F extends string>(field: F): CodedShape<F> {
  return { [`${field}Code`]: optionalCode, [`${field}Params`]: optionalParams } as CodedShape<F>;
}

/** A sentence of an answer with its code and, where it has some, its parameters. */
export type CodedFields<F extends string> = Record<F, string> &
  Record<`${F}Code`, MessageCode> &
  Partial<Record<`${F}Params`, MessageParams>>;

/** Fills the fields that `coded` declares, and the sentence that they stand beside. */
export function codedFields<const F extends string>(field: F, message: Message): CodedFields<F> {
  const { code: messageCode, params: given } = message;
  return {
    [field]: inEnglish(message),
    [`${field}Code`]: messageCode,
    ...(Object.keys(given).length > 0 && { [`${field}Params`]: given }),
  } as CodedFields<F>;
}

/** The `message` of a success: what was done. */
export function acknowledge(code: PlainCode): CodedFields<'message'> {
  return codedFields('message', { code, params: {} });
}
