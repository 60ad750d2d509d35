import {
  terminalServerFrame,
  type TerminalClientFrame,
  type TerminalServerFrame,
} from '@gatehouse/contract/terminal-frames';
import { subprotocol } from '@gatehouse/contract/subprotocol';

/** A socket that has not opened by then counts as lost; a ticket is valid for 30 seconds. */
const openTimeoutMs = 10_000;

/** The events of a terminal socket. */
export interface SocketListener {
  readonly onOpen: () => void;
  readonly onBytes: (bytes: Uint8Array) => void;
  readonly onFrame: (frame: TerminalServerFrame) => void;
  /** Called once, with the close code of RFC 6455 section 7.4. */
  readonly onClose: (code: number) => void;
}

/** One WebSocket to a terminal session; docs/terminal-protocol.md. */
export interface TerminalSocket {
  /** Sends input unchanged; dropped while the socket is not open. */
  readonly send: (bytes: Uint8Array<ArrayBuffer>) => void;
  /** How many bytes of what was sent are still in the browser. */
  readonly bufferedBytes: () => number;
  readonly sendFrame: (frame: TerminalClientFrame) => void;
  /** Closes the socket without another call of the listener; the session continues. */
  readonly detach: () => void;
}

/** Joins a session with a ticket, which is valid once. */
export function openSocket(
  { sessionId, ticket }: { readonly sessionId: number; readonly ticket: string },
  listener: SocketListener,
): TerminalSocket {
  const socket = new WebSocket(`/api/ws/session/${sessionId}`, [subprotocol, `ticket.${ticket}`]);
  socket.binaryType = 'arraybuffer';
  const openTimer = setTimeout(() => {
    socket.close();
  }, openTimeoutMs);
  socket.onopen = () => {
    clearTimeout(openTimer);
    listener.onOpen();
  };
  socket.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) => {
    if (typeof data !== 'string') {
      listener.onBytes(new Uint8Array(data));
      return;
    }
    const frame = terminalServerFrame.safeParse(JSON.parse(data));
    // A newer server may send frames that this page does not know.
    if (frame.success) listener.onFrame(frame.data);
  };
  socket.onclose = ({ code }) => {
    clearTimeout(openTimer);
    listener.onClose(code);
  };
  const sendIfOpen = (data: string | Uint8Array<ArrayBuffer>) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(data);
  };
  return {
    send: sendIfOpen,
    bufferedBytes: () => socket.bufferedAmount,
    sendFrame: (frame) => {
      sendIfOpen(JSON.stringify(frame));
    },
    detach() {
      clearTimeout(openTimer);
      socket.onmessage = null;
      socket.onclose = null;
      socket.close();
    },
  };
}
