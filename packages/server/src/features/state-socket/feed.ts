import { stateCloseCodes } from '@gatehouse/contract/close-codes';
import { inEnglish, say } from '@gatehouse/contract/messages/message';
import { statePing, type StateFrame, type StatePong, type StateTopic } from '@gatehouse/contract/state-socket';
import type { WebSocket } from 'ws';
import { startHeartbeat } from '../../kernel/ws/heartbeat.ts';
import { createThrottle } from './throttle.ts';

/** The shortest time between two frames of a type. */
const frameEveryMs = 100;
/** The most unread bytes of a client: some hundred frames. */
const maxUnreadBytes = 16 * 1024;

/** Why a socket is closed. */
export type Closing = keyof typeof stateCloseCodes;

/** The most pings of a client in `pingPeriodMs`; one needs a few. */
const maxPings = 60;
const pingPeriodMs = 30_000;

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
  const mayPing = createAllowance();
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (gone) return;
    if (isBinary || !isPing(data)) close('speaks');
    else if (!mayPing()) close('tooManyPings');
    else if (socket.bufferedAmount <= maxUnreadBytes)
      socket.send(JSON.stringify({ type: 'PONG', data: null } satisfies StatePong));
  });
  return {
    tell(topics) {
      for (const topic of topics) pace.tell(topic);
    },
    close,
  };
}

/** Whether another ping is allowed in the current period. */
function createAllowance(): () => boolean {
  let beganAtMs = -Infinity;
  let pings = 0;
  return () => {
    const nowMs = performance.now();
    if (nowMs - beganAtMs >= pingPeriodMs) {
      beganAtMs = nowMs;
      pings = 0;
    }
    pings += 1;
    return pings <= maxPings;
  };
}

function isPing(data: Buffer): boolean {
  try {
    return statePing.safeParse(JSON.parse(data.toString('utf8'))).success;
  } catch {
    // Malformed JSON is as little a ping as JSON of another shape.
    return false;
  }
}
