import type { Texts } from '../../lib/texts.ts';
import type { palette as englishPalette, shortcuts as englishShortcuts } from './shell-en.ts';

/** Die Worte der Befehlspalette. */
export const palette: Texts<typeof englishPalette> = {
  title: 'Befehlspalette',
  label: 'Server, Identitäten und Aktionen durchsuchen',
  placeholder: 'Server, Identität, user@host oder > für Aktionen',
  results: 'Ergebnisse',
  nothing: 'Keine Ergebnisse',
  move: 'navigieren',
  connect: 'verbinden',
  open: 'öffnen',
  show: 'anzeigen',
  onlyActions: 'Aktionen',
  connectTo: 'Mit {{address}} verbinden',
  kinds: { server: 'Server', identity: 'Identität', organization: 'Organisation', action: 'Aktion' },
  actions: {
    reopen: 'Geschlossenen Tab wieder öffnen',
    newServer: 'Neuer Server',
    newIdentity: 'Neue Identität',
    import: 'Aus ssh_config importieren',
    servers: 'Zu den Servern',
    identities: 'Zu den Identitäten',
    sessions: 'Zu den Sitzungen',
    audit: 'Zum Audit-Log',
    organizations: 'Zu den Organisationen',
    settings: 'Zu den Einstellungen',
    section: 'Einstellungen: {{section}}',
    theme: 'Zwischen dunklem und hellem Design wechseln',
    shortcuts: 'Tastenkürzel anzeigen',
    signOut: 'Abmelden',
  },
};

/** Die Worte der Liste der Tastenkürzel. */
export const shortcuts: Texts<typeof englishShortcuts> = {
  title: 'Tastenkürzel',
  everywhere: 'Global',
  lists: 'In Listen',
  terminal: 'Im Terminal',
  terminalNote: 'Strg+K und Strg+P ohne Umschalt werden an die entfernte Shell gesendet.',
  palette: 'Befehlspalette öffnen',
  help: 'Tastenkürzel anzeigen',
  find: 'In der Liste suchen',
  move: 'In der Liste bewegen',
  open: 'Öffnen oder verbinden',
  choose: 'Auswählen',
  close: 'Schließen oder zurück',
  copy: 'Auswahl kopieren',
  paste: 'Einfügen',
  search: 'Suchen',
  larger: 'Vergrößern',
  smaller: 'Verkleinern',
  usual: 'Zoom zurücksetzen',
  tabBeside: 'Vorheriger oder nächster Tab',
  tab: 'Zu Tab mit Nummer',
  keys: { control: 'Strg', shift: 'Umschalt', space: 'Leertaste', enter: 'Eingabe', escape: 'Esc' },
};
