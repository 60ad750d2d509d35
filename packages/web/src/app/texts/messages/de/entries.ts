import type { entries as rows } from '@gatehouse/contract/messages/entries';

/** Servers, folders and their host keys. */
export const entries: Readonly<Record<keyof typeof rows, string>> = {
  link_confirmation_denied: 'Nur wer diese Identität verwaltet, darf bestätigen, wo sie verwendet wird.',
  server_changed_again: 'Der Server wurde noch einmal geändert. Sehen Sie ihn sich wieder an, bevor Sie bestätigen.',
  server_creation_denied: 'Sie dürfen keine Server oder Ordner in diese Organisation legen.',
  server_change_denied: 'Sie dürfen die Server und Ordner dieser Organisation nicht ändern.',
  host_key_replacement_denied: 'Sie dürfen den Hostschlüssel dieses Servers nicht ersetzen.',
  pinned_key_unknown: 'Der Hostschlüssel von „{{name}}“ ist nicht bekannt.',
  pinned_key_changed: 'Der Hostschlüssel von „{{name}}“ ist nicht der bekannte.',
  default_identities_denied: 'Standardidentitäten setzt nur, wer die Identitäten dieses Eigentümers verwaltet.',
  jump_hosts_too_long: 'Die Route zu „{{server}}“ führt über zu viele Jump-Hosts oder zu einem zurück.',
  jump_host_gone: 'Ein Jump-Host auf der Route zu „{{server}}“ fehlt, oder Sie können ihn nicht sehen.',
  jump_host_not_ssh: 'Der Jump-Host „{{server}}“ ist kein SSH-Server.',
};
