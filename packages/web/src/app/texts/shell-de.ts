import type { Texts } from '../../lib/texts.ts';
import type { palette as englishPalette, shortcuts as englishShortcuts } from './shell-en.ts';

/** Die Worte der Befehlspalette. */
export const palette: Texts<typeof englishPalette> = {
  title: 'Befehlspalette',
  label: 'Server, Identitäten und Aktionen suchen',
  placeholder: 'Server, Identität, benutzer@host, > Aktion',
  results: 'Ergebnisse',
  nothing: 'Nichts gefunden.',
  move: 'wählen',
  connect: 'verbinden',
  open: 'öffnen',
  show: 'zeigen',
  onlyActions: 'Aktionen',
  connectTo: 'Mit {{address}} verbinden',
  kinds: { server: 'Server', identity: 'Identität', organization: 'Organisation', action: 'Aktion' },
  actions: {
    newServer: 'Neuer Server',
    newIdentity: 'Neue Identität',
    import: 'Aus ssh_config importieren',
    servers: 'Zu den Servern',
    identities: 'Zu den Identitäten',
    sessions: 'Zu den Sitzungen',
    audit: 'Zum Protokoll',
    organizations: 'Zu den Organisationen',
    settings: 'Zu den Einstellungen',
    section: 'Einstellungen: {{section}}',
    theme: 'Zwischen dunkel und hell wechseln',
    shortcuts: 'Tastenkürzel zeigen',
    signOut: 'Abmelden',
  },
};

/** Die Worte der Liste der Tastenkürzel. */
export const shortcuts: Texts<typeof englishShortcuts> = {
  title: 'Tastenkürzel',
  everywhere: 'Überall',
  lists: 'In Listen',
  terminal: 'Im Terminal',
  terminalNote: 'Ohne Umschalttaste gehen Strg+K und Strg+P an die Shell, die sie selbst verwendet.',
  palette: 'Befehlspalette öffnen',
  help: 'Diese Liste zeigen',
  find: 'Liste durchsuchen',
  move: 'Bewegen',
  open: 'Öffnen, verbinden',
  choose: 'Auswählen',
  close: 'Schließen, zurück',
  copy: 'Auswahl kopieren',
  paste: 'Einfügen',
  search: 'Suchen',
  larger: 'Größere Schrift',
  smaller: 'Kleinere Schrift',
  usual: 'Übliche Größe',
  tabBeside: 'Voriger oder nächster Tab',
  tab: 'Zu einem Tab',
  keys: { control: 'Strg', shift: 'Umschalt', space: 'Leertaste', enter: 'Eingabe', escape: 'Esc' },
};
