import type { Texts } from '../../../lib/texts.ts';
import type { en } from './en.ts';

/** Die Worte der Ansichten dieses Bereichs. */
export const de: Texts<typeof en> = {
  sockets: {
    asking: 'WebSocket-Verbindung wird geprüft …',
    arrive: 'WebSocket-Verbindung funktioniert',
    stay: 'WebSocket-Verbindung fehlgeschlagen',
    help: 'Terminals benötigen WebSockets. Wenn Gatehouse hinter einem Reverse-Proxy läuft, muss dieser den Upgrade-Header weiterleiten. Für nginx:',
    lines: 'nginx-Konfiguration',
    again: 'Erneut prüfen',
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
      'Bewahren Sie die Kopie getrennt von den Daten und deren Sicherungen auf: Jedes für sich ist nutzlos, beides zusammen öffnet alles.',
    download: 'Notfallblatt herunterladen',
    print: 'Drucken',
    harmless:
      'Das Notfallblatt beschreibt, wo der Schlüssel gespeichert ist und wie sich eine Kopie prüfen lässt. Den Schlüssel selbst enthält es nicht.',
    confirm: 'Ich habe eine Kopie des Hauptschlüssels an einem sicheren Ort gespeichert',
    confirmed: 'Bestätigt am {{date}}',
    sign: 'Aufbewahrungsort der Kopie: ________________________________',
    parts: {
      key: 'Hauptschlüssel',
      keyText:
        'Der Hauptschlüssel entschlüsselt alle Passwörter, Schlüssel und Passphrasen, die auf diesem Server gespeichert sind. Dieses Blatt enthält ihn nicht. Es beschreibt, wo er gespeichert ist, wie man ihn kopiert und wie man eine Kopie prüft.',
      copy: 'Den Schlüssel kopieren',
      copyFile:
        'Zeigen Sie den Schlüssel auf dem Server an und speichern Sie ihn in einem Passwortmanager oder legen Sie ihn in einen Tresor: 64 Zeichen, 0 bis 9 und a bis f.',
      copyEnvironment:
        'Der Server liest den Schlüssel aus seiner Umgebung. Sichern Sie, was die Variable setzt: einen Secret-Store, eine Unit-Datei oder eine Compose-Datei.',
      check: 'Kopie prüfen',
      checkText:
        'Führen Sie diesen Befehl dort aus, wo die Kopie als master.key gespeichert ist. Er gibt den Fingerabdruck aus, der mit dem obigen übereinstimmen muss. Der Fingerabdruck verrät nichts über den Schlüssel.',
      restore: 'Wiederherstellen',
      restoreSqlite:
        'Stoppen Sie Gatehouse. Legen Sie die Sicherung der Datenbank und die Kopie des Schlüssels in ein leeres Verzeichnis und starten Sie Gatehouse dort. Ein falscher Schlüssel wird abgelehnt, bevor etwas geschrieben wird.',
      restorePostgres:
        'Stoppen Sie Gatehouse. Spielen Sie die Sicherung in eine leere Datenbank ein, legen Sie die Kopie des Schlüssels in ein leeres Datenverzeichnis und starten Sie Gatehouse. Ein falscher Schlüssel wird abgelehnt, bevor etwas geschrieben wird.',
      lost: 'Wenn alle Kopien des Schlüssels verloren sind',
      lostText:
        'Die gespeicherten Geheimnisse sind nicht wiederherstellbar, und mit einem anderen Schlüssel startet Gatehouse nicht. Richten Sie eine neue Installation ein und geben Sie die Identitäten erneut ein. Näheres: docs/operations.md.',
    },
  },
  verify: {
    title: 'Gespeicherte Daten',
    text: 'Entschlüsselt jedes gespeicherte Geheimnis, vergleicht die Versionen mit dem Audit-Log und prüft das Audit-Log. Es wird nichts geändert; das Ergebnis wird im Audit-Log festgehalten.',
    start: 'Jetzt prüfen',
    result: {
      ok: 'Keine Probleme gefunden',
      problems: 'Probleme gefunden',
      incomplete: 'Keine Probleme gefunden, aber nicht alles konnte verglichen werden',
    },
    opened_one: '{{count}} gespeichertes Geheimnis entschlüsselt',
    opened_other: '{{count}} gespeicherte Geheimnisse entschlüsselt',
    entries_one: '{{count}} Eintrag im Audit-Log geprüft',
    entries_other: '{{count}} Einträge im Audit-Log geprüft',
    compared_one: '{{count}} Kontrollpunkt verglichen',
    compared_other: '{{count}} Kontrollpunkte verglichen',
    place: '{{rows}} {{rowId}}, {{field}}',
    more: 'und {{count}} weitere',
    advice: 'Was zu tun ist, steht in docs/operations.md. Der Befehl verify listet alle Probleme auf.',
    faults: {
      unreadable: 'kann an seinem Speicherort nicht entschlüsselt werden',
      older: 'ist älter als die zuletzt aufgezeichnete Version: Ein alter Wert wurde wiederhergestellt',
      destroyed: 'wurde vernichtet, aber ein alter Wert wurde wiederhergestellt',
      unrecorded: 'hat eine Version, die nicht im Audit-Log steht',
      missing: 'steht im Audit-Log, aber nicht in der Datenbank',
    },
  },
  about: {
    title: 'Dieser Server',
    licence: 'Freie Software unter der MIT-Lizenz.',
    connection: 'Verbindung',
    read: 'Dokumentation',
    pages: {
      docs: { title: 'API-Referenz', text: 'Alle Operationen mit ihren Feldern' },
      guide: { title: 'Erste Schritte', text: 'Die API mit curl verwenden' },
      llms: { title: 'llms.txt', text: 'Dokumentationsverzeichnis für Sprachmodelle' },
      openapi: { title: 'OpenAPI', text: 'OpenAPI-3.1-Beschreibung, für Codegeneratoren' },
      asyncapi: { title: 'AsyncAPI', text: 'AsyncAPI-3.0-Beschreibung der WebSockets, für Codegeneratoren' },
    },
  },
};
