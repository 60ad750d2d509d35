import type { TerminalServerFrame } from '@gatehouse/contract/terminal-frames';
import { codedFields } from '@gatehouse/contract/messages/answer-fields';
import { say, type Message } from '@gatehouse/contract/messages/message';
import type { AppError } from '../../../kernel/app-error.ts';

/** Tells the clients of a session that it could not be opened, or what went wrong. */
export function problemFrame({ code, said, facts: { hostKey } }: AppError): TerminalServerFrame {
  return { t: 'error', error: code, ...codedFields('message', said), ...(hostKey && { hostKey }) };
}

/** Tells the clients of a session why it is ended. */
export function endingFrame(why: Message): TerminalServerFrame {
  return { t: 'error', error: 'session_ended', ...codedFields('message', say('session_ended', { why })) };
}
