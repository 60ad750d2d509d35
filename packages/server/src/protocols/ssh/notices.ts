import { say } from '@gatehouse/contract/messages/message';
import { TransportError } from '../dial/attempt.ts';
import { transportWords, type Explanation } from '../dial/hints.ts';
import { sanitize, sanitizeLines } from '../untrusted-text.ts';
import type { Handshake } from './handshake.ts';
import { LoginFailure } from './hints.ts';
import { onRequestWithoutPrompts } from './ssh2-internals.ts';
import type { StepLog } from './steps.ts';

/** What a log shows of the messages of a server before authentication, in bytes and messages. */
const maxBytes = 64 * 1024;
const maxCount = 20;
/** A reason is a sentence or two. */
const maxReasonLength = 400;

/** What PAM and sshd say of an account whose time is over, in English, German, French and Spanish. */
const expired = /account[^.]*expired|konto[^.]*abgelaufen|compte[^.]*expiré|cuenta[^.]*(?:caducad|expirad)/iu;

/** The messages of a server in a login: banners (RFC 4252 section 5.4), and requests without prompts (RFC 4256 section 3.2). */
export interface Notices {
  /** From now on, a message may be the reason of a refusal. */
  begin(): void;
  /** The failure with what the server said about it. */
  explain(error: unknown): unknown;
}

/** Shows them in the connection log, without control characters. */
export function showNotices({ handshake, log }: { readonly handshake: Handshake; readonly log: StepLog }): Notices {
  let left = maxBytes;
  let count = 0;
  let isReason = false;
  let reason: string | undefined;
  const show = (message: string) => {
    const bytes = Buffer.from(message).subarray(0, left);
    const text = sanitizeLines(bytes.toString());
    left -= bytes.length;
    count += 1;
    if (text === '' || count > maxCount) return;
    log.record('auth', 'ok', { detail: say('auth_banner', { text }) });
    if (isReason) reason = sanitize(text, maxReasonLength);
  };
  handshake.client.on('banner', show);
  onRequestWithoutPrompts(handshake.client, show);
  return {
    begin() {
      isReason = true;
    },
    explain(error) {
      if (reason === undefined) return error;
      const explanation = explain(error, reason);
      return explanation === undefined ? error : new LoginFailure(explanation, error);
    },
  };
}

function explain(error: unknown, reason: string): Explanation | undefined {
  const hasExpired = expired.test(reason);
  if (error instanceof LoginFailure && hasExpired) return { ...error.explanation, hint: say('account_expired_hint') };
  if (!(error instanceof TransportError) || error.kind === 'late') return undefined;
  return {
    detail: say('auth_ended', { why: transportWords(error) }),
    hint: hasExpired ? say('account_expired_hint') : say('auth_ended_said_hint', { text: reason }),
  };
}
