import type { TerminalServerFrame } from '@gatehouse/contract/connections';
import type { HostKeyCheck } from '../../../protocols/protocol.ts';
import { refuse, type AppError } from '../../../kernel/app-error.ts';

type Frame = Extract<TerminalServerFrame, { t: 'question' }>;
/** What is asked; its id is given when it is asked. */
export type Question = Frame extends infer F ? (F extends Frame ? Omit<F, 't' | 'id'> : never) : never;

/** Somebody who can be asked while a login happens. */
export interface Person {
  /** The answers in the order of what was asked; throws `login_failed` when `signal` ends the waiting. */
  ask(question: Question, signal: AbortSignal): Promise<readonly string[]>;
}

/** What a machine asks; where the answer goes is added to it. */
export type HopQuestion = Question extends infer Q ? (Q extends Question ? Omit<Q, 'destination'> : never) : never;

/** A person who is asked on behalf of one machine, and reads with each question which one it is. */
export interface HopPerson {
  ask(question: HopQuestion, signal: AbortSignal): Promise<readonly string[]>;
  /** From now on, questions name this user. */
  setUsername(username: string): void;
  /** The check, which also notes the key that the machine shows. */
  observe(check: HostKeyCheck): HostKeyCheck;
}

/** Questions that wait for their answers, and survive a socket that is lost meanwhile. */
export interface Questions extends Person {
  /** Answers the question with this id, if it still waits. */
  answer(id: number, values: readonly string[]): void;
  /** What is still to be answered. */
  waiting(): readonly Frame[];
}

/** @param show puts a question before the person. */
export function createQuestions(show: (frame: Frame) => void): Questions {
  const pending = new Map<number, { frame: Frame; resolve: (values: readonly string[]) => void }>();
  let lastId = 0;
  return {
    async ask(question, signal) {
      if (signal.aborted) throw unanswered();
      const id = ++lastId;
      const frame: Frame = { t: 'question', id, ...question };
      const { promise, resolve, reject } = Promise.withResolvers<readonly string[]>();
      const callOff = () => {
        reject(unanswered());
      };
      signal.addEventListener('abort', callOff, { once: true });
      pending.set(id, { frame, resolve });
      show(frame);
      try {
        return await promise;
      } finally {
        signal.removeEventListener('abort', callOff);
        pending.delete(id);
      }
    },
    answer(id, values) {
      pending.get(id)?.resolve(values);
    },
    waiting: () => [...pending.values()].map(({ frame }) => frame),
  };
}

function unanswered(): AppError {
  return refuse('question_unanswered');
}
