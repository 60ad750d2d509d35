import type { Texts } from '../../../lib/texts.ts';
import type { formEn } from './form-en.ts';

/** Die Worte des Formulars für einen Server. */
export const formDe: Texts<typeof formEn> = {
  new: 'Neuer Server',
  cancel: 'Abbrechen',
  save: 'Server speichern',
  saveAndConnect: 'Speichern und verbinden',
  name: 'Name',
  location: 'Eigentümer',
  onlyYou: 'Nur Sie können ihn sehen.',
  everybodyIn: 'Alle in {{organization}} können ihn sehen.',
  host: 'Hostname oder IP-Adresse',
  hostExample: '10.0.4.11 oder web-1.example.org',
  port: 'Port',
  username: 'Benutzername',
  usernameHint: 'optional, ersetzt den der Identität',
  identities: 'Identitäten',
  identitiesHint: 'werden in dieser Reihenfolge versucht',
  identitiesEmpty:
    'Keine. Die Standardidentität des Ordners oder der Organisation wird verwendet, oder Sie werden beim Verbinden gefragt.',
  addIdentity: 'Identität hinzufügen …',
  noMoreIdentities: 'Keine Treffer',
  default: 'Standard',
  more: 'Route, Hostschlüssel, Notizen',
  jumpHosts: 'Jump-Hosts',
  jumpHostsHint: 'in dieser Reihenfolge, von Gatehouse zum Server',
  jumpHostsEmpty: 'Keine. Direkte Verbindung zum Server.',
  addJumpHost: 'Jump-Host hinzufügen …',
  noMoreJumpHosts: 'Keine Treffer',
  jumpsMissing:
    'Der Befehl verwendet Jump-Hosts, die noch nicht hinzugefügt sind: {{names}}. Fügen Sie sie zuerst als Server hinzu und wählen Sie sie dann hier aus.',
  policy: 'Hostschlüssel-Richtlinie',
  policyInherited: 'Geerbt',
  policyInheritedText:
    'Verwendet die Richtlinie des nächsten Ordners, der eine hat, sonst die der Organisation, sonst „Fragen“.',
  legacy: 'Unsichere alte Algorithmen anbieten',
  legacyText:
    'Nur für Geräte, die nichts anderes unterstützen. Ein Angreifer im Netzwerk kann die Daten unter Umständen lesen oder verändern.',
  notes: 'Notizen',
  notesHint: 'sichtbar für alle, die den Server sehen können',
  icon: 'Symbol',
  icons: {
    none: 'Kein Symbol',
    server: 'Server',
    database: 'Datenbank',
    cloud: 'Cloud',
    router: 'Router',
    switch: 'Switch',
    firewall: 'Firewall',
    desktop: 'Desktop',
    board: 'Platine',
    container: 'Container',
    printer: 'Drucker',
  },
  pick: {
    moveUp: '{{name}} nach oben',
    moveDown: '{{name}} nach unten',
    remove: '{{name}} entfernen',
    moved: '{{name}} auf Position {{position}} von {{count}} verschoben.',
    drag: 'Zum Sortieren ziehen',
  },
  leave: {
    title: 'Änderungen verwerfen?',
    text: 'Ihre Änderungen gehen verloren.',
    act: 'Verwerfen',
  },
  overtaken: {
    title: 'Dieser Server wurde inzwischen geändert',
    text: 'Ihre Änderungen beruhen auf einer älteren Version und können nicht gespeichert werden. Laden Sie die aktuelle Version; Ihre Änderungen gehen verloren.',
    reload: 'Aktuelle Version laden',
  },
  readOnly: {
    title: 'Sie können diesen Server verwenden, aber nicht ändern',
    text: 'Der Eigentümer der Organisation legt fest, wer ihre Server ändern kann.',
    back: 'Zurück zum Server',
  },
};
