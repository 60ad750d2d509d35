import type { TerminalServerFrame } from '@gatehouse/contract/terminal-frames';
import type { HostKeyCheck } from '../../../protocols/protocol.ts';
import { refuse, type AppError } from '../../../kernel/app-error.ts';

type Frame = Extract<TerminalServerFrame, { t: 'question' }>;
/** A question without its id, which it gets when it is asked. */
export type Question = Frame extends infer F ? (F extends Frame ? Omit<F, 't' | 'id'> : never) : never;

/** A person who can be asked during a login. */
export interface Person {
  /** The answers in the order of the prompts; throws `login_failed` when `signal` aborts. */
  ask(question: Question, signal: AbortSignal): Promise<readonly string[]>;
}

/** A question about one hop; its destination is added. */
export type HopQuestion = Question extends infer Q ? (Q extends Question ? Omit<Q, 'destination'> : never) : never;

/** A person who is asked about one hop, and sees with each question which one it is. */
export interface HopPerson {
  ask(question: HopQuestion, signal: AbortSignal): Promise<readonly string[]>;
  /** Later questions name this user. */
  setUsername(username: string): void;
  /** Wraps the check, to record the presented host key. */
  observe(check: HostKeyCheck): HostKeyCheck;
}

/** Pending questions, which survive the loss of a socket. */
export interface Questions extends Person {
  /** Answers the question with this id, if it is still pending. */
  answer(id: number, values: readonly string[]): void;
  /** The pending questions. */
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
