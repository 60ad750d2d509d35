import type { closings as rows } from '@gatehouse/contract/messages/closings';

/** Why the server closes a WebSocket. */
export const closings: Readonly<Record<keyof typeof rows, string>> = {
  closed_by_fault: 'interner Fehler',
  closed_by_sign_in_end: 'die Anmeldung ist beendet',
  closed_by_session_end: 'die Sitzung ist beendet',
  closed_by_other_client: 'ein anderer Client hat sich mit der Sitzung verbunden',
  closed_for_message: 'dieser Socket nimmt außer Pings keine Nachrichten an',
  closed_for_unknown_frame: 'kein Frame dieses Protokolls',
  closed_for_early_input: 'zu viel Eingabe, bevor die Shell bereit ist',
  closed_for_late_input: 'Eingabe nach ihrem Ende',
  closed_for_slowness: 'der Client liest zu langsam',
  closed_for_number: 'zu viele Sockets eines Kontos',
  closed_for_pings: 'zu viele Pings',
};
