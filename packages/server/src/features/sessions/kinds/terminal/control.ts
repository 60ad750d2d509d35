import { terminalClientFrame } from '@gatehouse/contract/terminal-frames';
import { say } from '@gatehouse/contract/messages/message';
import type { TerminalSize } from '../../../../protocols/protocol.ts';
import type { Sink } from '../../stream/sink.ts';

/** What control messages can change. */
export interface Controlled {
  resize(size: TerminalSize): void;
  answer(question: number, values: readonly string[]): void;
  acknowledge(client: Sink, bytes: number): void;
  ping(client: Sink, id: number, stream: string | undefined): void;
}

/** The control messages that a client of a terminal may send; anything else ends its connection. */
export function control(terminal: Controlled, message: unknown, from: Sink): void {
  const frame = terminalClientFrame.safeParse(message);
  if (!frame.success) {
    from.reject(say('closed_for_unknown_frame'));
    return;
  }
  switch (frame.data.t) {
    case 'resize':
      terminal.resize(frame.data);
      return;
    case 'answer':
      terminal.answer(frame.data.id, frame.data.values);
      return;
    case 'ack':
      terminal.acknowledge(from, frame.data.bytes);
      return;
    case 'ping':
      terminal.ping(from, frame.data.id, frame.data.stream);
      return;
  }
}
