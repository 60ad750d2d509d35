import type { Caller } from '../../kernel/caller.ts';
import type { Auth } from '../auth/service.ts';

/** Whether the sign-in of a caller goes on. Having a socket open is no use of it. */
export interface SignInWatch {
  /** Calls back if the sign-in has ended. Cheap: it looks only when that would be so unless it was used meanwhile. */
  check(): Promise<void>;
  /** The same, where it may have been ended unheard. */
  recheck(): Promise<void>;
}

/** `onEnded` is called once, when the sign-in has expired or was ended. */
export function watchSignIn(auth: Pick<Auth, 'clock' | 'endsAt'>, caller: Caller, onEnded: () => void): SignInWatch {
  let endsAt = -Infinity;
  let checking = false;
  async function check(): Promise<void> {
    if (checking || auth.clock() < endsAt) return;
    checking = true;
    try {
      endsAt = await auth.endsAt(caller);
    } finally {
      checking = false;
    }
    if (auth.clock() >= endsAt) onEnded();
  }
  return {
    check,
    recheck() {
      endsAt = -Infinity;
      return check();
    },
  };
}
