import type { Texts } from '../../lib/texts.ts';
import type { en } from './en.ts';

/** Die Texte der Tabs und Bereiche. */
export const de: Texts<typeof en> = {
  tabs: {
    label: 'Offene Terminals',
    close: '{{name}} schließen',
    closeHint:
      'Beendet die Sitzung nach 10 Sekunden; bis dahin lässt es sich rückgängig machen. Beim Schließen des Browsers läuft sie noch eine Weile weiter.',
    add: 'Weiteren Server öffnen',
    rename: 'Tab-Name',
    split: 'Teilen',
    splitRight: 'Nach rechts teilen',
    splitBelow: 'Nach unten teilen',
    splitFrom: 'Daneben öffnen, aus Tab',
    menu: 'Terminal-Aktionen',
    moveLeft: 'Tab nach links',
    moveRight: 'Tab nach rechts',
    separate: 'In neuen Tab verschieben',
    state: {
      new: 'nicht verbunden',
      asks: 'Eingabe erforderlich',
      connecting: 'wird verbunden',
      joining: 'wird verbunden',
      open: 'verbunden',
      silent: 'keine Antwort',
      lost: 'Verbindung unterbrochen',
      elsewhere: 'in einem anderen Fenster offen',
      exited: 'beendet',
      failed: 'fehlgeschlagen',
    },
  },
  closed: {
    one: '{{name}} geschlossen',
    tabs_one: '{{count}} Tab geschlossen',
    tabs_other: '{{count}} Tabs geschlossen',
  },
  closing: {
    titleOne: '{{name}} schließen?',
    title: '{{count}} Terminals schließen?',
    act: 'Schließen',
    fullScreen: 'Ein Programm nutzt den ganzen Bildschirm. Dort nicht gespeicherter Text geht verloren.',
    isFullScreen: 'Vollbildprogramm',
    more_one: 'und {{count}} weiteres',
    more_other: 'und {{count}} weitere',
  },
  menu: {
    rename: 'Tab umbenennen',
    duplicate: 'Duplizieren',
    reopen: 'Geschlossenen Tab wieder öffnen',
    broadcast: 'Eingabe an alle Bereiche senden',
    stopBroadcast: 'Senden an alle Bereiche beenden',
  },
  area: {
    tree: 'Server',
    openTree: 'Server anzeigen',
    closeTree: 'Server ausblenden',
    closed: 'Terminal geschlossen',
    closedText: 'Wählen Sie einen Server aus, um ein neues zu öffnen.',
    toServers: 'Zu den Servern',
    loading: 'Terminal wird geladen …',
  },
  pane: {
    close: 'Bereich schließen',
    divider: 'Größe der Bereiche ändern',
    nextPane: 'Nächster Bereich',
    broadcast: 'Eingaben gehen an alle {{count}} Bereiche',
    broadcastStop: 'Beenden',
  },
  unknown: {
    title: 'Dieser Bereich kann nicht angezeigt werden',
    text: 'Er ist von einer Art, die diese Version der App nicht kennt: {{kind}}.',
    close: 'Bereich schließen',
  },
  status: {
    label: 'Verbindung',
  },
};
