import type { Texts } from '../../lib/texts.ts';
import type { app as english } from './app-en.ts';
import { settings } from './settings-de.ts';
import { palette, shortcuts } from './shell-de.ts';
import { welcome } from './welcome-de.ts';

/** Die Worte des Rahmens und dessen, was alle Ansichten teilen. */
export const app: Texts<typeof english> = {
  areas: {
    servers: 'Server',
    identities: 'Identitäten',
    sessions: 'Sitzungen',
    audit: 'Audit',
    organizations: 'Organisationen',
    settings: 'Einstellungen',
  },
  shell: {
    areas: 'Hauptnavigation',
    skip: 'Zum Inhalt springen',
    openTabs_one: 'Offener Tab',
    openTabs_other: 'Offene Tabs',
    newOutput: 'mit neuer Ausgabe',
  },
  banner: {
    lost: 'Verbindung zum Server unterbrochen. Diese Seite ist möglicherweise nicht aktuell.',
    silent: 'Der Server antwortet nicht. Diese Seite ist möglicherweise nicht aktuell.',
    offline: 'Dieses Gerät ist offline. Diese Seite ist möglicherweise nicht aktuell.',
    retry: 'Erneut verbinden',
  },
  signedOut: {
    title: 'Sie wurden abgemeldet',
    text: 'Ihre Anmeldung ist beendet. Diese Seite bleibt, wie sie ist: Melden Sie sich wieder an, um weiterzuarbeiten.',
    terminals: 'Sitzungen in Terminals sind beendet; ihre Ausgabe bleibt auf dem Bildschirm.',
    keys: 'Die Tasten, die Sie seitdem gedrückt haben, wurden nirgendwohin gesendet.',
    other:
      'In diesem Browser ist jetzt {{other}} angemeldet, diese Seite gehört aber {{username}}. Wenn Sie die Seite für {{other}} laden, geht alles verloren, was nicht gespeichert ist.',
    back: 'Als {{username}} anmelden',
    load: 'Seite für {{other}} laden',
  },
  fault: {
    title: 'Diese Seite konnte nicht angezeigt werden',
    unreachable:
      'Der Server ist nicht erreichbar. Die Seite wird automatisch geladen, sobald die Verbindung wieder besteht.',
    broken: 'Auf dieser Seite ist ein unerwarteter Fehler aufgetreten.',
    again: 'Erneut versuchen',
    reload: 'Seite neu laden',
  },
  lost: {
    title: 'Nicht gefunden',
    text: 'Diese Seite existiert nicht oder Sie haben keinen Zugriff darauf.',
    back: 'Zu den Servern',
  },
  merge: {
    text: 'Ihre Änderungen beruhen auf einer älteren Version. Sie können auf die aktuelle angewendet werden.',
    apply: 'Meine Änderungen anwenden',
    title: 'Dieses Formular zeigt jetzt die aktuelle Version',
    clean: 'Ihre Änderungen wurden darauf angewendet. Prüfen Sie sie und speichern Sie dann.',
    conflicts: 'Ihre Änderungen wurden darauf angewendet. Diese Felder haben beide geändert:',
    mine: 'Ihr Wert:',
    theirs: 'Aktuell:',
    take: 'Aktuellen übernehmen',
    takeOf: 'Aktuellen Wert von {{field}} übernehmen',
    empty: 'leer',
    changed: 'geändert',
  },
  file: { choose: 'Datei auswählen', tooLarge: 'Zu groß: höchstens {{kib}} KiB.' },
  copy: { copy: 'Kopieren', done: 'Kopiert', failed: 'Kopieren fehlgeschlagen' },
  confirm: { cancel: 'Abbrechen', close: 'Schließen', type: 'Geben Sie zur Bestätigung „{{text}}“ ein' },
  sets: {
    title: 'Gespeicherte Gruppen',
    saveTitle_one: '{{count}} Tab als Gruppe speichern',
    saveTitle_other: '{{count}} Tabs als Gruppe speichern',
    name: 'Name',
    text: 'Beim Öffnen der Gruppe werden dieselben Server in denselben Bereichen verbunden. Sie wird mit Ihrem Konto gespeichert.',
    replaces: 'Ersetzt die Gruppe „{{name}}“.',
    replace: 'Ersetzen',
    full: 'Es können höchstens {{count}} Gruppen gespeichert werden.',
    save: 'Speichern',
    saved: '„{{name}}“ gespeichert',
    open: 'Öffnen',
    openNamed: 'Öffnen: „{{name}}“',
    remove: '„{{name}}“ löschen',
    removed: '„{{name}}“ gelöscht',
  },
  signOut: {
    title: 'Abmelden?',
    text_one:
      '{{count}} Ihrer Sitzungen läuft. Sitzungen, die mit dieser Anmeldung geöffnet wurden, werden beendet, in jedem Fenster dieses Browsers.',
    text_other:
      '{{count}} Ihrer Sitzungen laufen. Sitzungen, die mit dieser Anmeldung geöffnet wurden, werden beendet, in jedem Fenster dieses Browsers.',
    act: 'Abmelden',
  },
  notice: { undo: 'Rückgängig', close: 'Hinweis schließen' },
  problem: { unreachable: 'Der Server ist nicht erreichbar. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.' },
  steps: {
    title: 'Verbindungsprotokoll',
    dns: 'DNS',
    tcp: 'TCP',
    banner: 'Banner',
    kex: 'Schlüsselaustausch',
    hostkey: 'Hostschlüssel',
    auth: 'Authentifizierung',
    channel: 'Kanal',
  },
  table: {
    loading: 'Wird geladen …',
    sortBy: 'Nach {{column}} sortieren',
    select: '{{name}} auswählen',
    selectAll: 'Alle auswählen',
  },
  palette,
  settings,
  shortcuts,
  welcome,
};
