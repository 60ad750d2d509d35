import type { Message } from '@gatehouse/contract/messages/message';
import type { Step } from '@gatehouse/contract/problem';

/** The steps of reaching a machine: its name is looked up, then it is connected to, from here or by a jump host. */
export type DialStep = 'dns' | 'tcp';

/** Where the steps of dialling are written. */
export interface DialLog {
  /** Measures `work`, records its result in words, and its failure. */
  run<T>(step: DialStep, work: () => Promise<T>, describe: (result: T) => Message): Promise<T>;
  record(step: DialStep, status: Step['status'], explanation: { readonly detail: Message }): void;
}
