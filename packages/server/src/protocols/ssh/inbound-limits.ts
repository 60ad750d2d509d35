import { say } from '@gatehouse/contract/messages/message';
import { LoginFailure } from './hints.ts';

/** Message numbers (RFC 4250 section 4.1.2). */
const message = {
  kexInit: 20,
  authenticationQuestion: 60,
  globalRequest: 80,
  channelOpen: 90,
  channelOpenConfirmation: 91,
  channelRequest: 98,
} as const;

/** Requests of a server that must be answered: keepalives come every few seconds at most. */
const requestsPerSecond = 20;
const requestsAtOnce = 200;
/** OpenSSH exchanges keys every gigabyte; an exchange takes some milliseconds of the event loop. */
const keyExchangesPerSecond = 1;
const keyExchangesAtOnce = 60;
/** A login needs a dozen messages, and one more for each round of questions. */
const maxMessagesBeforeLogin = 1_000;
/** ssh2 allocates as many prompts as a message announces. */
const maxAnnouncedPrompts = 1_000;
/** Every server takes 32 KiB (RFC 4253 section 6.1), small devices some less. A paste must not become one packet for each byte. */
const minChannelPacketBytes = 512;

const suspicious = say('server_suspicious_hint');

/** The state of the connection that the limits depend on. */
export interface InboundState {
  isAuthenticated(): boolean;
  /** The authentication method that the server answers now. */
  method(): string | undefined;
  /** Answers a global request with a refusal. */
  refuseGlobalRequest(): void;
  /** Sends an ignored message. */
  sendIgnore(): void;
}

/** Checks a message before it is handled. Throws `LoginFailure` for what no honest server sends; returns `drop` if it is finished. */
export type Admit = (payload: Buffer) => 'handle' | 'drop';

/** Limits what the server of one connection may request, send and announce. */
export function limitInbound(state: InboundState, now: () => number = () => performance.now()): Admit {
  const requests = createAllowance(requestsPerSecond, requestsAtOnce, now);
  const exchanges = createAllowance(keyExchangesPerSecond, keyExchangesAtOnce, now);
  let beforeLogin = 0;
  const takeRequest = () => {
    if (!requests.take()) throw tooManyRequests();
  };
  return (payload) => {
    if (!state.isAuthenticated() && ++beforeLogin > maxMessagesBeforeLogin) throw tooMuchBeforeLogin();
    switch (payload[0] ?? 0) {
      case message.kexInit:
        if (!exchanges.take()) throw tooManyKeyExchanges();
        return 'handle';
      case message.authenticationQuestion:
        if (state.method() === 'keyboard-interactive') requireFewPrompts(payload);
        return 'handle';
      case message.globalRequest:
        // Global requests are refused; ssh2 itself would check any number of host keys that a server announces (hostkeys-00@openssh.com).
        takeRequest();
        // Without data to send, TCP acknowledges after 40 ms, and a server that waits for that delays the following data.
        if (wantsReply(payload, 1)) state.refuseGlobalRequest();
        else state.sendIgnore();
        return 'drop';
      case message.channelOpen:
        takeRequest();
        return 'handle';
      case message.channelOpenConfirmation:
        requireUsablePackets(payload);
        return 'handle';
      case message.channelRequest:
        if (wantsReply(payload, 1 + 4)) takeRequest();
        return 'handle';
      default:
        return 'handle';
    }
  };
}

interface Allowance {
  /** False if the allowance is used up. */
  take(): boolean;
}

/** A burst of `atOnce`, and `perSecond` sustained. */
function createAllowance(perSecond: number, atOnce: number, now: () => number): Allowance {
  let left = atOnce;
  let countedAtMs = now();
  return {
    take() {
      const nowMs = now();
      left = Math.min(atOnce, left + ((nowMs - countedAtMs) / 1000) * perSecond);
      countedAtMs = nowMs;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}

/** Whether a reply is wanted: the byte after the name of the request, which begins at `at` (RFC 4254 sections 4 and 5.4). */
function wantsReply(payload: Buffer, at: number): boolean {
  const flag = skipString(payload, at);
  return payload[flag] !== undefined && payload[flag] !== 0;
}

/** The position after the string at `at`; beyond the end if it is incomplete. */
function skipString(payload: Buffer, at: number): number {
  return at + 4 > payload.length ? payload.length : at + 4 + payload.readUInt32BE(at);
}

/** SSH_MSG_USERAUTH_INFO_REQUEST: name, instruction, language, number of prompts (RFC 4256 section 3.2). */
function requireFewPrompts(payload: Buffer): void {
  const at = skipString(payload, skipString(payload, skipString(payload, 1)));
  if (at + 4 <= payload.length && payload.readUInt32BE(at) > maxAnnouncedPrompts) throw tooMuchBeforeLogin();
}

/** Recipient, sender, initial window, maximum packet size (RFC 4254 section 5.1). */
function requireUsablePackets(payload: Buffer): void {
  const at = 1 + 3 * 4;
  if (at + 4 > payload.length || payload.readUInt32BE(at) >= minChannelPacketBytes) return;
  throw new LoginFailure({
    detail: say('packets_too_small', { bytes: minChannelPacketBytes }),
    hint: suspicious,
  });
}

function tooManyRequests(): LoginFailure {
  return new LoginFailure({
    detail: say('server_requests_too_many', { count: requestsPerSecond }),
    hint: suspicious,
  });
}

function tooManyKeyExchanges(): LoginFailure {
  return new LoginFailure({
    detail: say('rekeying_too_often', { count: keyExchangesAtOnce }),
    hint: say('rekeying_hint'),
  });
}

/** A server that sends more before authentication than a login can need. */
export function tooMuchBeforeLogin(): LoginFailure {
  return new LoginFailure({ detail: say('server_sends_too_much'), hint: suspicious });
}
