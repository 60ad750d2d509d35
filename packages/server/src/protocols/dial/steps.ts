import type { Message } from '@gatehouse/contract/messages/message';
import type { Step } from '@gatehouse/contract/problem';

/** The steps of connecting: the name is resolved, then the connection is made, from here or by a jump host. */
export type DialStep = 'dns' | 'tcp';

/** The log of the steps. */
export interface DialLog {
  /** Measures `work`, and records its result or failure as a message. */
  run<T>(step: DialStep, work: () => Promise<T>, describe: (result: T) => Message): Promise<T>;
  record(step: DialStep, status: Step['status'], explanation: { readonly detail: Message }): void;
}
