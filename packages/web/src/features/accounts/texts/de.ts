import type { Texts } from '../../../lib/texts.ts';
import type { en } from './en.ts';

/** Die Worte der Ansichten dieses Bereichs. */
export const de: Texts<typeof en> = {
  password: {
    label: 'Passwort',
    show: 'Passwort zeigen oder verbergen',
    hint: 'Mindestens 8 Zeichen. Mehrere Wörter hintereinander merkt man sich leicht.',
    strength: {
      short: 'Zu kurz',
      weak: 'Leicht zu erraten',
      fair: 'Brauchbar, länger ist besser',
      good: 'Gut',
      strong: 'Stark',
    },
  },
  register: {
    username: 'Benutzername',
    usernameHint: '3 bis 32 Buchstaben, Ziffern, Punkte, Unterstriche oder Bindestriche',
    firstName: 'Vorname',
    lastName: 'Nachname',
    token: 'Einrichtungscode',
    tokenHint: 'Der Server hat ihn beim Start ausgegeben. Er belegt, dass es Ihr Server ist.',
    tokenWrong: 'Das ist nicht der Code, den der Server ausgegeben hat.',
    act: 'Konto anlegen',
  },
};
