import { codedFields } from '@gatehouse/contract/messages/answer-fields';
import type { Message } from '@gatehouse/contract/messages/message';
import type { Step } from '@gatehouse/contract/problem';
import { AppError } from '../../kernel/app-error.ts';
import type { Interaction } from '../protocol.ts';
import { TransportError } from '../dial/attempt.ts';
import type { Explanation } from '../dial/hints.ts';
import { explain, LoginFailure, type Circumstances } from './hints.ts';
import type { SshStep } from './ssh-step.ts';

/** The connection log of one hop. All hops of a login write to the same list. */
export interface StepLog {
  /** Measures `work`, records its result as a message, and converts its failure to an error for the caller. */
  run<T>(step: SshStep, work: () => Promise<T>, describe: (result: T) => Message): Promise<T>;
  /** Records what `run` does not: a step that was skipped, or one of several attempts. Its duration starts at `run` or the last record. */
  record(step: SshStep, status: Step['status'], explanation: Explanation): void;
}

/** Starts the log of one hop. Results are appended to `steps`; `label` names a jump host and is absent for the target. */
export function startLog(
  steps: Step[],
  interaction: Interaction,
  about: Circumstances,
  label: string | undefined,
): StepLog {
  let markedAt = performance.now();
  const record: StepLog['record'] = (name, status, explanation) => {
    const now = performance.now();
    const ms = Math.round((now - markedAt) * 10) / 10;
    markedAt = now;
    const { detail, hint, line } = explanation;
    const step: Step = {
      step: name,
      status,
      ms,
      ...codedFields('detail', detail),
      ...(hint && codedFields('hint', hint)),
      ...(line !== undefined && { line }),
      ...(label !== undefined && { hop: label }),
    };
    steps.push(step);
    interaction.onStep(step);
  };
  return {
    record,
    async run(step, work, describe) {
      markedAt = performance.now();
      try {
        const result = await work();
        record(step, 'ok', { detail: describe(result) });
        return result;
      } catch (error) {
        const explanation = explain(step, error, about);
        record(step, 'failed', explanation);
        throw withSteps(error, explanation, [...steps]);
      }
    },
  };
}

/** The error for the caller: our own refusals keep their code, transport errors become `login_failed`, anything else is a bug and stays unchanged. */
function withSteps(error: unknown, explanation: Explanation, steps: Step[]): unknown {
  if (error instanceof AppError) {
    return new AppError(error.code, error.said, {
      ...(error.details && { details: error.details }),
      ...(error.retryAfterS !== undefined && { retryAfterS: error.retryAfterS }),
      facts: { ...error.facts, steps },
      cause: error,
    });
  }
  if (error instanceof LoginFailure || error instanceof TransportError) {
    return new AppError('login_failed', explanation.detail, { facts: { steps }, cause: error });
  }
  return error;
}
