import type { TerminalServerFrame } from '@gatehouse/contract/connections';
import { AppError } from '../../kernel/app-error.ts';

type Frame = Extract<TerminalServerFrame, { t: 'question' }>;
/** What is asked; its id is given when it is asked. */
export type Question = Frame extends infer F ? (F extends Frame ? Omit<F, 't' | 'id'> : never) : never;

/** Somebody who can be asked while a login happens. */
export interface Person {
  /** The answers in the order of what was asked; throws `login_failed` when `signal` ends the waiting. */
  ask(question: Question, signal: AbortSignal): Promise<readonly string[]>;
}

/** Questions that wait for their answers, and survive a socket that is lost meanwhile. */
export interface Questions extends Person {
  /** Answers the question with this id; false if none with it waits. */
  answer(id: number, values: readonly string[]): boolean;
  /** What is still to be answered. */
  waiting(): readonly Frame[];
}

/** @param show puts a question before the person. */
export function createQuestions(show: (frame: Frame) => void): Questions {
  const pending = new Map<number, { frame: Frame; answer: (values: readonly string[]) => void }>();
  let lastId = 0;
  return {
    async ask(question, signal) {
      const id = ++lastId;
      const frame: Frame = { t: 'question', id, ...question };
      try {
        return await new Promise<readonly string[]>((resolve, reject) => {
          const stop = () => {
            reject(new AppError('login_failed', 'Nobody answered in time.'));
          };
          if (signal.aborted) {
            stop();
            return;
          }
          signal.addEventListener('abort', stop, { once: true });
          pending.set(id, { frame, answer: resolve });
          show(frame);
        });
      } finally {
        pending.delete(id);
      }
    },
    answer(id, values) {
      const question = pending.get(id);
      question?.answer(values);
      return question !== undefined;
    },
    waiting: () => [...pending.values()].map(({ frame }) => frame),
  };
}
