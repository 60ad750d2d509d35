import type { ServerResponse } from 'node:http';

/** Smaller answers are not counted: a connection has one at a time. */
const smallBytes = 64 * 1024;
/** What large answers that were not sent yet may take in all. */
const maxUnsentBytes = 128 * 1024 * 1024;
/** A client that takes nothing of a large answer for so long is cut off. */
const stalledMs = 30_000;

interface UnsentAnswer {
  readonly response: ServerResponse;
  readonly bytes: number;
  /** Whom it is for: an account, or an address. */
  readonly holder: string;
}

/** Bounds the memory of answers that their clients do not read. */
export interface UnsentAnswers {
  /** Counts an answer that is about to be sent, until it has been sent or its connection is closed. */
  add(response: ServerResponse, bytes: number, holder: () => string): void;
}

/** Where there is too much, the holder of the most is cut off, so that many slow connections of one client do not cost another its own. */
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
      // Node.js sets its own limit anew once the answer is sent, and counts a part that leaves as progress.
      response.socket?.setTimeout(stalledMs);
      // The only one may be of any size.
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
