import { signedOutCloseCode, type StateFrame, type StateTopic } from '@gatehouse/contract/state-socket';
import type { WebSocket } from 'ws';
import { startHeartbeat } from '../../kernel/ws/heartbeat.ts';
import { createThrottle } from './throttle.ts';

/** The shortest time between two frames of a type. */
const frameEveryMs = 100;
/** The most unread bytes of a client: some hundred frames. */
const maxUnreadBytes = 16 * 1024;

/** Why a socket is closed (RFC 6455 section 7.4; the 4000s are ours). */
const closings = {
  stops: { code: 1001, words: 'the server stops' },
  speaks: { code: 1008, words: 'nothing is read here' },
  failed: { code: 1011, words: 'something went wrong here' },
  tooSlow: { code: 1013, words: 'reads too slowly' },
  tooMany: { code: 1013, words: 'too many sockets of one account' },
  signedOut: { code: signedOutCloseCode, words: 'the sign-in has ended' },
} as const;

export type Closing = keyof typeof closings;

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
    const { code, words } = closings[why];
    socket.close(code, words);
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
