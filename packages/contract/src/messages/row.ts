import type { ProblemCode } from '../problem-status.ts';

/**
 * What stands for a placeholder of a sentence: text or a number as it is; `texts`, which are joined with commas; another message; `sentences`, which
 * follow each other; or `parts` of a sentence, which are joined with “and”.
 */
export type ParamKind = 'text' | 'number' | 'texts' | 'message' | 'sentences' | 'parts';

/** One message: its English sentence with `{{placeholders}}`, what stands for each of them, and the problem that it is the message of, if it is one. */
export interface MessageRow {
  readonly en: string;
  readonly params?: Readonly<Record<string, ParamKind>>;
  readonly error?: ProblemCode;
}

/** Messages by code. */
export type MessageRows = Readonly<Record<string, MessageRow>>;
