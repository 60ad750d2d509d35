import type { access as rows } from '@gatehouse/contract/messages/access';

/** Why a use of a server is not authorized. */
export const access: Readonly<Record<keyof typeof rows, string>> = {
  connection_denied: 'Sie dürfen sich nicht über SSH mit Servern dieser Organisation verbinden.',
  identity_use_denied: 'Sie dürfen sich nicht über SSH mit den Identitäten dieser Organisation anmelden.',
  link_changed:
    '„{{server}}“ ist nicht mehr so, wie „{{identity}}“ dafür bestätigt wurde: Ein Konto, das diese Identität nicht verwaltet, hat Adresse, Benutzernamen, Jump-Hosts, Hostschlüssel oder Algorithmen geändert oder den Hostschlüssel angenommen. Erst muss ein Konto, das sie verwaltet, die Verknüpfung bestätigen.',
  link_host_key_unconfirmed:
    'Der Hostschlüssel von „{{server}}“ wurde durch eine Regel angenommen, die kein Konto gewählt hat, das „{{identity}}“ verwaltet. Vergleichen Sie den Schlüssel, und verknüpfen Sie dann die Identität mit dem Server, um ihn zu bestätigen.',
  identity_not_linked: '„{{identity}}“ ist nicht mit „{{server}}“ verknüpft, und Sie verwalten sie nicht.',
  protocol_unsupported: '„{{server}}“ verwendet {{protocol}}; diese Version meldet sich über SSH an.',
  server_leads_elsewhere: 'Das Ziel von „{{server}}“ hat sich geändert. Prüfen Sie es, bevor Sie sich anmelden.',
  jump_host_without_identity: 'Der Jump-Host „{{server}}“ hat keine Identität, die Sie verwenden können.',
  jump_host_unconfirmed:
    'Der Jump-Host „{{server}}“ wurde geändert; ein Konto, das seine Identität verwaltet, muss das bestätigen.',
};
