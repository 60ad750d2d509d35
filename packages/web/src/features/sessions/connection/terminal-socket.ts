import {
  terminalServerFrame,
  type TerminalClientFrame,
  type TerminalServerFrame,
} from '@gatehouse/contract/connections';
import { subprotocol } from '../../../lib/socket.ts';

/** A socket that opens later is taken for lost; the ticket is good for 30 seconds. */
const openTimeoutMs = 10_000;

/** What a socket tells the terminal. */
export interface SocketListener {
  readonly onBytes: (bytes: Uint8Array) => void;
  readonly onFrame: (frame: TerminalServerFrame) => void;
  /** Called once, with the close code of RFC 6455 section 7.4. */
  readonly onClose: (code: number) => void;
}

/** One WebSocket to a terminal session; docs/terminal-protocol.md. */
export interface TerminalSocket {
  /** Input, as it is. Nothing happens where the socket is not open. */
  readonly send: (bytes: Uint8Array<ArrayBuffer>) => void;
  readonly tell: (frame: TerminalClientFrame) => void;
  /** Leaves; the session goes on, and the listener hears no more. */
  readonly leave: () => void;
}

/** Joins a session with a ticket, which is used up by it. */
export function openSocket(
  { sessionId, ticket }: { readonly sessionId: number; readonly ticket: string },
  listener: SocketListener,
): TerminalSocket {
  const socket = new WebSocket(`/api/ws/session/${sessionId}`, [subprotocol, `ticket.${ticket}`]);
  socket.binaryType = 'arraybuffer';
  const late = setTimeout(() => {
    socket.close();
  }, openTimeoutMs);
  socket.onopen = () => {
    clearTimeout(late);
  };
  socket.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) => {
    if (typeof data !== 'string') {
      listener.onBytes(new Uint8Array(data));
      return;
    }
    const frame = terminalServerFrame.safeParse(JSON.parse(data));
    // A newer server may say more than this page knows of.
    if (frame.success) listener.onFrame(frame.data);
  };
  socket.onclose = ({ code }) => {
    clearTimeout(late);
    listener.onClose(code);
  };
  const whenOpen = (data: string | Uint8Array<ArrayBuffer>) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(data);
  };
  return {
    send: whenOpen,
    tell: (frame) => {
      whenOpen(JSON.stringify(frame));
    },
    leave() {
      clearTimeout(late);
      socket.onmessage = null;
      socket.onclose = null;
      socket.close();
    },
  };
}
