import type { Texts } from '../../../lib/texts.ts';
import type { en } from './en.ts';

/** Die Worte der Ansichten dieses Bereichs. */
export const de: Texts<typeof en> = {
  text: 'Änderungen gelten sofort und auf jedem Knoten. Umgebungsvariablen und Konfigurationsdatei haben Vorrang vor dem, was hier eingestellt ist.',
  fixedText:
    'Werden beim Start gelesen. Um sie zu ändern, setzen Sie sie in der Umgebung oder in der Konfigurationsdatei und starten neu.',
  groups: {
    server: 'Server und Daten',
    connections: 'Verbindungen von Clients',
    accounts: 'Konten und Anmeldungen',
    terminals: 'Terminals',
    egress: 'Erlaubte Ziele',
    quotas: 'Kontingente',
  },
  default: 'Vorgabe: {{value}}',
  bounds: '{{least}} bis {{most}}',
  on: 'ein',
  off: 'aus',
  empty: 'leer',
  secret: 'gesetzt, wird nicht gezeigt',
  notSet: 'nicht gesetzt',
  sources: {
    environment: 'Durch die Umgebung festgelegt',
    file: 'In der Konfigurationsdatei festgelegt',
    table: 'Hier eingestellt',
  },
  unsaved: 'Nicht gespeichert',
  useDefault: 'Vorgabe verwenden',
  useDefaultOf: 'Vorgabe von {{name}} verwenden',
  save: 'Speichern',
  discard: 'Verwerfen',
  changes_one: '{{count}} ungespeicherte Änderung',
  changes_other: '{{count}} ungespeicherte Änderungen',
  saved: 'Die Einstellungen wurden gespeichert.',
};
