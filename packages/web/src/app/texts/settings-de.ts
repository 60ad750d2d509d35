import type { Texts } from '../../lib/texts.ts';
import type { settings as english } from './settings-en.ts';

/** Die Worte der Einstellungen, die zur App selbst gehören. */
export const settings: Texts<typeof english> = {
  list: 'Abschnitte',
  back: 'Einstellungen',
  you: 'Sie',
  server: 'Server',
  sections: {
    profile: 'Profil',
    security: 'Sicherheit',
    'api-keys': 'API-Schlüssel',
    appearance: 'Darstellung',
    terminal: 'Terminal',
    users: 'Benutzer',
    'recovery-kit': 'Notfallblatt',
    about: 'Über Gatehouse',
  },
};
