import type { Caller } from '../../kernel/caller.ts';
import type { Auth } from '../auth/service.ts';

/** Watches whether the sign-in of a caller has ended. An open socket does not count as use. */
export interface SignInWatch {
  /** Calls back if the sign-in has ended. Cheap: reads the database only when it would have expired without further use. */
  check(): Promise<void>;
  /** The same, if its end may have been missed. */
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
