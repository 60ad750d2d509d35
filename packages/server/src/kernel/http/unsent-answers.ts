import type { ServerResponse } from 'node:http';

/** Smaller answers are not counted: a connection has only one at a time. */
const smallBytes = 64 * 1024;
/** The most bytes of all large answers that are not sent yet. */
const maxUnsentBytes = 128 * 1024 * 1024;
/** A client that reads nothing of a large answer for this long is disconnected. */
const stalledMs = 30_000;

interface UnsentAnswer {
  readonly response: ServerResponse;
  readonly bytes: number;
  /** Its recipient: an account, or an address. */
  readonly holder: string;
}

/** Bounds the memory of answers that clients do not read. */
export interface UnsentAnswers {
  /** Counts an answer until it is sent or its connection is closed. */
  add(response: ServerResponse, bytes: number, holder: () => string): void;
}

/** Above the limit, disconnects a client of the recipient with the most bytes, so that many slow connections of one client do not affect others. */
export function createUnsentAnswers(maxBytes = maxUnsentBytes): UnsentAnswers {
  const answers = new Set<UnsentAnswer>();
  let total = 0;
  const forget = (answer: UnsentAnswer) => {
    if (answers.delete(answer)) total -= answer.bytes;
  };
  const cutOne = () => {
    const holder = largestHolder(answers);
    const victim = answers.values().find((answer) => answer.holder === holder);
    if (victim === undefined) return;
    forget(victim);
    victim.response.destroy();
  };
  return {
    add(response, bytes, holder) {
      if (bytes <= smallBytes || response.destroyed) return;
      const answer = { response, bytes, holder: holder() };
      answers.add(answer);
      total += bytes;
      response.once('close', () => {
        forget(answer);
      });
      // Node.js resets its own timeout when the answer is sent, and counts a partial write as progress.
      response.socket?.setTimeout(stalledMs);
      // A single answer may have any size.
      while (total > maxBytes && answers.size > 1) cutOne();
    },
  };
}

function largestHolder(answers: ReadonlySet<UnsentAnswer>): string | undefined {
  const bytesOf = new Map<string, number>();
  for (const { holder, bytes } of answers) bytesOf.set(holder, (bytesOf.get(holder) ?? 0) + bytes);
  let largest: string | undefined;
  for (const [holder, bytes] of bytesOf) if (bytes > (bytesOf.get(largest ?? '') ?? 0)) largest = holder;
  return largest;
}
