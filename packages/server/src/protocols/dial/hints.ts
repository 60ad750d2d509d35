import { say, type Message } from '@gatehouse/contract/messages/message';
import { sanitize } from '../untrusted-text.ts';
import type { TransportError } from './attempt.ts';

interface Machine {
  readonly host: string;
  readonly port: number;
}

/** An explained failure: what happened, and what to do about it. */
export interface Explanation {
  readonly detail: Message;
  readonly hint?: Message;
  /** The line that the hint mentions, in the form in which it goes into a file. */
  readonly line?: string;
}

/** The remote end's own words, which are untrusted, or ours if it sent none. */
export function transportWords({ kind, cause }: TransportError): Message {
  if (kind === 'late') return say('why_late');
  if (kind === 'closed') return say('why_closed');
  return cause instanceof Error ? say('why_other', { text: sanitize(cause.message) }) : say('why_broken');
}

/** Without the operating system's message, which contains the address that a name was resolved to. */
function connectWords(error: TransportError): Message {
  const code = causeCode(error);
  return /^E[A-Z]+$/.test(code) ? say('why_other', { text: code }) : transportWords(error);
}

function causeCode({ cause }: TransportError): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
}

/** Why a name could not be resolved. */
export function explainDns(error: TransportError, { host }: Pick<Machine, 'host'>): Explanation {
  if (error.kind === 'late') {
    return { detail: say('dns_late', { host }), hint: say('dns_hint_name_servers') };
  }
  return causeCode(error) === 'EAI_AGAIN'
    ? { detail: say('dns_no_answer', { host }), hint: say('dns_hint_name_servers') }
    : { detail: say('dns_unknown', { host }), hint: say('dns_hint_spelling') };
}

/** Reasons of a refused direct-tcpip channel (RFC 4254 section 5.1). */
const forwardingProhibited = 1;
const forwardingConnectFailed = 2;

/** Why no connection was made, from here or from a jump host. */
export function explainTcp(error: TransportError, { host, port }: Machine): Explanation {
  const { kind, cause } = error;
  if (kind === 'late' || causeCode(error) === 'ETIMEDOUT') {
    return {
      detail: say('tcp_late', { host, port }),
      hint: say('tcp_hint_firewall'),
    };
  }
  if (cause instanceof Error && 'reason' in cause) {
    if (cause.reason === forwardingProhibited) {
      return {
        detail: say('tcp_forwarding_denied', { host, port }),
        hint: say('tcp_hint_forwarding'),
      };
    }
    if (cause.reason === forwardingConnectFailed) {
      return {
        detail: say('tcp_forwarding_failed', { host, port }),
        hint: say('tcp_hint_jump_host_view'),
      };
    }
  }
  switch (causeCode(error)) {
    case 'ECONNREFUSED':
      return {
        detail: say('tcp_refused', { host, port }),
        hint: say('tcp_hint_nothing_listens'),
      };
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return {
        detail: say('tcp_unreachable', { host, port }),
        hint: say('tcp_hint_no_route'),
      };
    default:
      return { detail: say('tcp_failed', { host, port, why: connectWords(error) }) };
  }
}
