import { stateFrame, statePong, type StateFrame, type StatePing } from '@gatehouse/contract/state-socket';
import { Heartbeat, type Patience } from '../lib/heartbeat.ts';
import { subprotocol } from '@gatehouse/contract/subprotocol';

/** A socket that has not opened by then counts as lost, so that the banner is shown. */
const openTimeoutMs = 10_000;

interface OpenSocketListener {
  readonly onFrame: (frame: StateFrame) => void;
  readonly onOpen: () => void;
  readonly onSilence: (isSilent: boolean) => void;
  /** It did not open, was closed, or does not answer any more. */
  readonly onClose: (code: number | undefined, wasOpen: boolean) => void;
}

/** One socket of `/api/ws/state`. */
export interface OpenStateSocket {
  /** Returns whether it did not answer. */
  readonly leaveIfSilent: () => boolean;
  readonly ask: () => void;
  /** Closes it without another call of the listener. */
  readonly leave: () => void;
}

/** Opens one socket, and watches it once it is open. */
export function openStateSocket(
  patience: Patience,
  { onFrame, onOpen, onSilence, onClose }: OpenSocketListener,
): OpenStateSocket {
  const socket = new WebSocket('/api/ws/state', [subprotocol]);
  let heartbeat: Heartbeat | undefined;
  let isSilent = false;
  const openTimer = setTimeout(() => {
    socket.close();
  }, openTimeoutMs);
  const leave = () => {
    clearTimeout(openTimer);
    heartbeat?.stop();
    socket.onopen = null;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  };
  const ping = () => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ type: 'PING' } satisfies StatePing));
  };
  socket.onopen = () => {
    clearTimeout(openTimer);
    heartbeat = new Heartbeat(
      {
        ping,
        onSilence: (sinceMs) => {
          isSilent = sinceMs !== undefined;
          onSilence(isSilent);
        },
        onDead: () => {
          leave();
          onClose(undefined, true);
        },
      },
      patience,
    );
    onOpen();
  };
  socket.onmessage = ({ data }) => {
    heartbeat?.heard();
    const message: unknown = JSON.parse(String(data));
    if (statePong.safeParse(message).success) heartbeat?.answered();
    const frame = stateFrame.safeParse(message);
    if (frame.success) onFrame(frame.data);
  };
  socket.onclose = ({ code }) => {
    const wasOpen = heartbeat !== undefined;
    leave();
    onClose(code, wasOpen);
  };
  const leaveIfSilent = () => {
    if (isSilent) leave();
    return isSilent;
  };
  return { leaveIfSilent, ask: () => heartbeat?.ask(), leave };
}
