import type { entries as rows } from '@gatehouse/contract/messages/entries';

/** Servers, folders and their host keys. */
export const entries: Readonly<Record<keyof typeof rows, string>> = {
  link_confirmation_denied: 'Nur wer diese Identität verwaltet, darf bestätigen, wo sie verwendet wird.',
  server_changed_again: 'Der Server wurde erneut geändert. Prüfen Sie ihn noch einmal, bevor Sie bestätigen.',
  server_changed: 'Der Server wurde geändert, seit Sie ihn gelesen haben.',
  server_creation_denied: 'Sie dürfen dieser Organisation keine Server oder Ordner hinzufügen.',
  server_change_denied: 'Sie dürfen die Server und Ordner dieser Organisation nicht ändern.',
  host_key_replacement_denied: 'Sie dürfen den Hostschlüssel dieses Servers nicht ersetzen.',
  pinned_key_unknown: 'Der Hostschlüssel von „{{name}}“ ist unbekannt.',
  pinned_key_changed: 'Der Hostschlüssel von „{{name}}“ ist nicht der hinterlegte.',
  default_identities_denied: 'Standardidentitäten setzt nur, wer die Identitäten dieses Eigentümers verwaltet.',
  jump_hosts_too_long: 'Die Kette der Jump-Hosts von „{{server}}“ ist zu lang oder führt im Kreis.',
  jump_host_gone: 'Ein Jump-Host von „{{server}}“ wurde gelöscht, oder Sie haben keinen Zugriff darauf.',
  jump_host_not_ssh: 'Der Jump-Host „{{server}}“ ist kein SSH-Server.',
};
