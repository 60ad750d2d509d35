import { say } from '@gatehouse/contract/messages/message';
import { LoginFailure } from './hints.ts';

/** How many keepalives go unanswered before a server counts as unreachable. */
const maxUnanswered = 3;

/** Notices that a server is unreachable. */
export interface Keepalive {
  /** A message has arrived. Any message proves that the server is there: some servers never answer a keepalive. */
  heard(): void;
  /** Ends it; nothing may be heard afterwards. */
  stop(): void;
}

/** What a keepalive needs of a connection. */
export interface KeepaliveOptions {
  /** How long a server may send nothing, in milliseconds. */
  readonly silenceMs: number;
  /** Sends a request that the server has to answer. */
  readonly ping: () => void;
  /** Called once, after the server has sent nothing for `silenceMs`. */
  readonly onSilence: (failure: LoginFailure) => void;
}

/** Begins to send keepalives while the server sends nothing. */
export function startKeepalive({ silenceMs, ping, onSilence }: KeepaliveOptions): Keepalive {
  let unanswered = 0;
  const timer = setInterval(
    () => {
      if (unanswered < maxUnanswered) {
        ping();
        unanswered += 1;
        return;
      }
      clearInterval(timer);
      onSilence(unreachable(silenceMs));
    },
    silenceMs / (maxUnanswered + 1),
  );
  return {
    heard() {
      unanswered = 0;
      timer.refresh();
    },
    stop() {
      clearInterval(timer);
    },
  };
}

function unreachable(silenceMs: number): LoginFailure {
  return new LoginFailure({
    detail: say('server_silent', { seconds: Math.ceil(silenceMs / 1000) }),
    hint: say('server_silent_hint'),
  });
}
