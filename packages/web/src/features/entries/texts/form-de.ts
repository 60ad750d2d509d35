import type { Texts } from '../../../lib/texts.ts';
import type { formEn } from './form-en.ts';

/** Die Worte des Formulars für einen Server. */
export const formDe: Texts<typeof formEn> = {
  new: 'Neuer Server',
  cancel: 'Abbrechen',
  save: 'Server speichern',
  saveAndConnect: 'Speichern und verbinden',
  name: 'Name',
  place: 'Wohin er gehört',
  onlyYou: 'Nur Sie sehen ihn.',
  everybodyIn: 'Alle in {{organization}} sehen ihn.',
  host: 'Hostname oder Adresse',
  hostExample: '10.0.4.11 oder web-1.example.org',
  port: 'Port',
  username: 'Benutzername',
  usernameHint: 'optional, anstelle dessen der Identität',
  identities: 'Identitäten',
  identitiesHint: 'in der Reihenfolge, in der sie angeboten werden',
  identitiesEmpty:
    'Keine: Es gilt die des Ordners oder der Organisation. Wo es keine gibt, werden Sie beim Verbinden gefragt.',
  addIdentity: 'Identität hinzufügen …',
  noMoreIdentities: 'Keine andere Identität heißt so.',
  default: 'Standard',
  more: 'Weg dorthin, Hostschlüssel, Notizen',
  jumpHosts: 'Sprunghosts',
  jumpHostsHint: 'von hier zum Server, in dieser Reihenfolge',
  jumpHostsEmpty: 'Keine: Der Server wird unmittelbar erreicht.',
  addJumpHost: 'Sprunghost hinzufügen …',
  noMoreJumpHosts: 'Kein anderer SSH-Server heißt so.',
  jumpsMissing:
    'Der Befehl nennt Sprunghosts, die nicht unter Ihren Servern sind: {{names}}. Fügen Sie sie zuerst hinzu und wählen Sie sie dann hier.',
  policy: 'Hostschlüssel',
  policyInherited: 'Wie Ordner oder Organisation es sagen, sonst fragen',
  policyInheritedText:
    'Es gilt, was der nächste Ordner sagt, der etwas sagt, sonst was die Organisation sagt. Sagt niemand etwas, werden Sie bei unbekannten Schlüsseln gefragt.',
  legacy: 'Verfahren anbieten, die nicht mehr sicher sind',
  legacyText:
    'Nur für Geräte, die nichts anderes können: Wer unterwegs mithört, kann unter Umständen lesen oder ändern, was gesendet wird.',
  notes: 'Notizen',
  notesHint: 'alle, die den Server sehen, lesen sie',
  icon: 'Symbol',
  icons: {
    none: 'Kein Symbol',
    server: 'Server',
    database: 'Datenbank',
    cloud: 'Cloud',
    router: 'Router',
    switch: 'Switch',
    firewall: 'Firewall',
    desktop: 'Arbeitsplatz',
    board: 'Platine',
    container: 'Container',
    printer: 'Drucker',
  },
  pick: {
    moveUp: '{{name}} nach oben',
    moveDown: '{{name}} nach unten',
    remove: '{{name}} entfernen',
    moved: '{{name}} ist jetzt Nummer {{position}} von {{count}}.',
    drag: 'Ziehen, um die Reihenfolge zu ändern',
  },
  leave: {
    title: 'Ohne Speichern verlassen?',
    text: 'Was Sie in diesem Formular geändert haben, geht verloren.',
    act: 'Ohne Speichern verlassen',
  },
  overtaken: {
    title: 'Jemand hat diesen Server inzwischen geändert',
    text: 'Speichern würde das rückgängig machen. Sehen Sie sich den Server an, wie er jetzt ist; was Sie hier geändert haben, geht dann verloren.',
    reload: 'Zeigen, wie er jetzt ist',
  },
  readOnly: {
    title: 'Sie dürfen diesen Server benutzen, nicht ändern',
    text: 'Wer ihre Server ändern darf, entscheidet der Eigentümer der Organisation.',
    back: 'Zurück zum Server',
  },
};
