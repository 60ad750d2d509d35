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
    audit: 'Protokoll',
    organizations: 'Organisationen',
    settings: 'Einstellungen',
  },
  shell: { areas: 'Bereiche', skip: 'Zum Inhalt springen' },
  banner: { lost: 'Der Server ist nicht erreichbar. Was Sie sehen, kann veraltet sein.', retry: 'Jetzt versuchen' },
  fault: {
    title: 'Diese Ansicht kann nicht gezeigt werden',
    unreachable: 'Der Server war nicht erreichbar. Die Ansicht kommt von selbst, sobald er wieder da ist.',
    broken: 'Auf dieser Seite ist etwas schiefgegangen.',
    again: 'Noch einmal versuchen',
    reload: 'Seite neu laden',
  },
  lost: {
    title: 'Hier ist nichts',
    text: 'Diese Adresse führt nirgendwohin oder zu etwas, das Sie nicht sehen können.',
    back: 'Zu den Servern',
  },
  copy: { copy: 'Kopieren', done: 'Kopiert', failed: 'Nicht kopiert' },
  confirm: { cancel: 'Abbrechen', close: 'Schließen', type: 'Geben Sie „{{text}}“ ein, um fortzufahren' },
  notice: { undo: 'Rückgängig', close: 'Hinweis schließen' },
  problem: { unreachable: 'Der Server war nicht erreichbar.' },
  steps: {
    title: 'Verbindungsprotokoll',
    dns: 'DNS',
    tcp: 'TCP',
    banner: 'Begrüßung',
    kex: 'Schlüsseltausch',
    hostkey: 'Hostschlüssel',
    auth: 'Anmeldung',
    channel: 'Kanal',
  },
  table: {
    loading: 'Wird geladen',
    sortBy: 'Nach {{column}} sortieren',
    select: '{{name}} auswählen',
    selectAll: 'Alle auswählen',
  },
  palette,
  settings,
  shortcuts,
  welcome,
};
