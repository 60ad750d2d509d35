import { stateCloseCodes } from '@gatehouse/contract/close-codes';
import { inEnglish, say } from '@gatehouse/contract/messages/message';
import type { StateFrame, StateTopic } from '@gatehouse/contract/state-socket';
import type { WebSocket } from 'ws';
import { startHeartbeat } from '../../kernel/ws/heartbeat.ts';
import { createThrottle } from './throttle.ts';

/** The shortest time between two frames of a type. */
const frameEveryMs = 100;
/** The most unread bytes of a client: some hundred frames. */
const maxUnreadBytes = 16 * 1024;

/** Why a socket is closed. */
export type Closing = keyof typeof stateCloseCodes;

/** The connection to one listening client. */
export interface Feed {
  readonly tell: (topics: readonly StateTopic[]) => void;
  readonly close: (why: Closing) => void;
}

/** Takes over an admitted socket; `onGone` is called once when it ends, for any reason. */
export function createFeed(socket: WebSocket, onGone: () => void): Feed {
  const stopHeartbeat = startHeartbeat(socket);
  const pace = createThrottle<StateTopic>(frameEveryMs, send);
  let gone = false;

  function leave(): void {
    if (gone) return;
    gone = true;
    stopHeartbeat();
    pace.stop();
    onGone();
  }
  function close(why: Closing): void {
    leave();
    const { code, reasons } = stateCloseCodes[why];
    socket.close(code, inEnglish(say(reasons[0])));
  }
  function send(type: StateTopic): void {
    if (socket.bufferedAmount > maxUnreadBytes) close('tooSlow');
    else if (socket.readyState === socket.OPEN) socket.send(JSON.stringify({ type, data: null } satisfies StateFrame));
  }

  socket.once('close', leave);
  socket.on('message', () => {
    if (!gone) close('speaks');
  });
  return {
    tell(topics) {
      for (const topic of topics) pace.tell(topic);
    },
    close,
  };
}
