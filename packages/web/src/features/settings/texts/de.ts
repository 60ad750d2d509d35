import type { Texts } from '../../../lib/texts.ts';
import type { en } from './en.ts';

/** Die Worte der Ansichten dieses Bereichs. */
export const de: Texts<typeof en> = {
  text: 'Änderungen gelten sofort auf allen Knoten. Umgebungsvariablen und die Konfigurationsdatei haben Vorrang vor den hier gesetzten Werten.',
  fixedText:
    'Werden nur beim Start gelesen. Um sie zu ändern, setzen Sie sie in der Umgebung oder in der Konfigurationsdatei und starten den Server neu.',
  groups: {
    server: 'Server und Daten',
    connections: 'Client-Verbindungen',
    accounts: 'Konten und Anmeldungen',
    terminals: 'Terminals',
    egress: 'Erlaubte Ziele',
    quotas: 'Kontingente',
  },
  default: 'Standard: {{value}}',
  bounds: '{{least}} bis {{most}}',
  on: 'ein',
  off: 'aus',
  empty: 'leer',
  secret: 'gesetzt, ausgeblendet',
  notSet: 'nicht gesetzt',
  sources: {
    environment: 'Durch Umgebungsvariable gesetzt',
    file: 'In der Konfigurationsdatei gesetzt',
    table: 'Hier gesetzt',
  },
  unsaved: 'Nicht gespeichert',
  useDefault: 'Auf Standard zurücksetzen',
  useDefaultOf: '{{name}} auf Standard zurücksetzen',
  save: 'Speichern',
  discard: 'Verwerfen',
  changes_one: '{{count}} ungespeicherte Änderung',
  changes_other: '{{count}} ungespeicherte Änderungen',
  saved: 'Einstellungen gespeichert.',
};
