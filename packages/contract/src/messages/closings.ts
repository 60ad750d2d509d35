import type { MessageRows } from './row.ts';

/** Why the server closes a WebSocket: the reason of the close frame, at most 123 bytes in UTF-8. */
export const closings = {
  closed_by_fault: { en: 'internal error' },
  closed_by_sign_in_end: { en: 'the sign-in has ended' },
  closed_by_session_end: { en: 'the session has ended' },
  closed_by_other_client: { en: 'another client joined the session' },
  closed_for_message: { en: 'this socket accepts no messages but pings' },
  closed_for_unknown_frame: { en: 'not a frame of this protocol' },
  closed_for_early_input: { en: 'too much input before the shell is ready' },
  closed_for_late_input: { en: 'input after its end' },
  closed_for_slowness: { en: 'the client reads too slowly' },
  closed_for_number: { en: 'too many sockets of one account' },
  closed_for_pings: { en: 'too many pings' },
} as const satisfies MessageRows;
