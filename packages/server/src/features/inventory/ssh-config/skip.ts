import type { Message } from '@gatehouse/contract/messages/message';

/** Why a host is not imported. */
export class Skip extends Error {
  override readonly name = 'Skip';
  readonly reason: Message;

  constructor(reason: Message) {
    super(reason.code);
    this.reason = reason;
  }
}
