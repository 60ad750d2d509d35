import type { Texts } from '../../../lib/texts.ts';
import type { en } from './en.ts';

/** Die Worte der Ansichten dieses Bereichs. */
export const de: Texts<typeof en> = {
  sockets: {
    asking: 'Es wird geprüft, ob Terminals den Server erreichen …',
    arrive: 'Terminals erreichen den Server',
    stay: 'Terminals erreichen den Server nicht',
    help: 'Seiten kommen hier an, WebSockets nicht. Steht ein Reverse-Proxy vor Gatehouse, muss er das Upgrade weiterreichen. Für nginx:',
    lines: 'Zeilen für nginx',
    again: 'Noch einmal prüfen',
  },
  kit: {
    title: 'Gatehouse-Notfallblatt',
    origin: '{{origin}} · Version {{version}} · erstellt am {{date}}',
    key: 'Hauptschlüssel',
    data: 'Daten',
    fingerprint: 'Fingerabdruck',
    postgres: 'PostgreSQL (DATABASE_URL)',
    environment: 'Umgebungsvariable ENCRYPTION_KEY',
    apart:
      'Bewahren Sie die Kopie getrennt von den Daten und deren Sicherungen auf: Wer beides hat, hat jedes Geheimnis; wer nur eines hat, hat nichts.',
    download: 'Notfallblatt herunterladen',
    print: 'Drucken',
    harmless:
      'Das Blatt sagt, wo der Schlüssel liegt und woran man eine Kopie erkennt. Den Schlüssel enthält es nicht.',
    confirm: 'Ich habe eine Kopie des Hauptschlüssels an einen sicheren Ort gelegt',
    confirmed: 'Bestätigt am {{date}}',
    sign: 'Die Kopie des Schlüssels liegt hier: ________________________________',
    parts: {
      key: 'Der Hauptschlüssel',
      keyText:
        'Er öffnet jedes Passwort, jeden Schlüssel und jede Passphrase, die dieser Server aufbewahrt. Dieses Blatt enthält ihn nicht. Es sagt, wo er liegt, wie man ihn kopiert und woran man eine Kopie erkennt.',
      copy: 'Den Schlüssel kopieren',
      copyFile:
        'Zeigen Sie den Schlüssel auf dem Server an und legen Sie ihn in einen Passwortmanager oder einen Tresor: 64 Zeichen, 0 bis 9 und a bis f.',
      copyEnvironment:
        'Der Server hat den Schlüssel aus seiner Umgebung. Bewahren Sie auf, was die Variable setzt: einen Geheimnisspeicher, eine Unit- oder eine Compose-Datei.',
      check: 'Eine Kopie prüfen',
      checkText:
        'Wo die Kopie liegt, in einer Datei namens master.key, gibt diese Zeile ihren Fingerabdruck aus. Es muss der obige sein. Er verrät nichts über den Schlüssel.',
      restore: 'Wiederherstellen',
      restoreSqlite:
        'Halten Sie Gatehouse an. Legen Sie die Sicherung der Datenbank und die Kopie des Schlüssels in ein leeres Verzeichnis und starten Sie dort. Ein falscher Schlüssel wird abgelehnt, bevor etwas geschrieben wird.',
      restorePostgres:
        'Halten Sie Gatehouse an. Spielen Sie die Sicherung in eine leere Datenbank ein, legen Sie die Kopie des Schlüssels in ein leeres Datenverzeichnis und starten Sie. Ein falscher Schlüssel wird abgelehnt, bevor etwas geschrieben wird.',
      lost: 'Wenn jede Kopie des Schlüssels verloren ist',
      lostText:
        'Niemand kann die gespeicherten Geheimnisse je wieder lesen, und mit einem anderen Schlüssel startet Gatehouse nicht. Die Identitäten müssen in einer neuen Installation neu eingegeben werden. Näheres: docs/operations.md.',
    },
  },
  verify: {
    title: 'Gespeicherte Daten',
    text: 'Öffnet jedes gespeicherte Geheimnis, vergleicht die Versionen mit dem Protokoll und prüft dieses. Nichts wird geändert; das Ergebnis wird protokolliert.',
    start: 'Jetzt prüfen',
    result: {
      ok: 'Alles stimmt',
      problems: 'Etwas stimmt nicht',
      incomplete: 'Stimmt, soweit es zu vergleichen war',
    },
    opened_one: '{{count}} gespeichertes Geheimnis geöffnet',
    opened_other: '{{count}} gespeicherte Geheimnisse geöffnet',
    entries_one: '{{count}} Protokolleintrag in Ordnung',
    entries_other: '{{count}} Protokolleinträge in Ordnung',
    compared_one: '{{count}} Kontrollpunkt verglichen',
    compared_other: '{{count}} Kontrollpunkte verglichen',
    place: '{{rows}} {{rowId}}, {{field}}',
    more: 'und {{count}} weitere',
    advice: 'Was zu tun ist, steht in docs/operations.md. Der Befehl verify nennt alles.',
    faults: {
      unreadable: 'lässt sich an seinem Ort nicht öffnen',
      older: 'ist älter als das zuletzt Geschriebene: Ein alter Wert wurde zurückgelegt',
      destroyed: 'wurde vernichtet: Ein alter Wert wurde zurückgelegt',
      unrecorded: 'hat eine Version, die das Protokoll nicht kennt',
      missing: 'steht im Protokoll, aber nicht in der Datenbank',
    },
  },
  about: {
    title: 'Dieser Server',
    licence: 'Freie Software unter der MIT-Lizenz.',
    connection: 'Verbindung',
    read: 'Weiterlesen',
    pages: {
      docs: { title: 'Die API', text: 'Jeder Aufruf mit seinen Feldern' },
      guide: { title: 'Erste Schritte', text: 'Mit der API, per curl' },
      llms: { title: 'Für Sprachmodelle', text: 'Ein Verzeichnis der Dokumentation' },
      openapi: { title: 'Der Vertrag', text: 'OpenAPI 3.1, für Generatoren' },
    },
  },
};
